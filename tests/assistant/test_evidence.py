"""The words of a passage that bear out a sentence."""

from dataclasses import replace

import pytest

from assistant.evidence import evidence
from index.documents import Passage

TEXT = (
    "La permanence se tient au marché chaque jeudi matin. Elle dure deux heures. "
    "Le département finance les deux postes depuis 2021. Le transport est pris en charge par la région."
)
PASSAGE = Passage("p", "d", "d.md", "La permanence", TEXT, 100, 100 + len(TEXT))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Chaque jeudi, la permanence se tient au marché.", ["La permanence se tient au marché"]),
        ("Deux postes sont financés par le département depuis 2021.", ["Le département finance"]),
        (
            "Le département finance les deux postes et la région prend en charge le transport.",
            ["Le département finance", "Le transport est pris"],
        ),
        ("Selon le rapport, « le transport est pris en charge ».", ["Le transport est pris"]),
        ("Les bananes mûrissent au soleil.", []),
        ("", []),
    ],
)
def test_finds_the_sentences_that_say_it(sentence: str, expected: list[str]) -> None:
    found = evidence(sentence, PASSAGE, lambda stem: 1.0)
    assert len(found) == len(expected)
    for row, start in zip(found, expected, strict=True):
        assert row.text.startswith(start)
        assert TEXT[row.start - 100 : row.end - 100] == row.text


def test_a_passage_without_sentence_bears_out_nothing() -> None:
    empty = replace(PASSAGE, text="   ", end=103)
    assert evidence("La permanence est au marché.", empty, lambda stem: 1.0) == []
