"""The checks held to their figures on the pairs they were made with, the whole on pairs it never saw."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.verification import is_borne_out, verify
from assistant.verification.verifying import doubts_about
from index.config import shipped_corpus
from index.sentences import sentence_spans

PAIRS = Path(__file__).resolve().parents[3] / "evals" / "verification"
CERTAIN = ("figure", "date", "name", "negation")


def read(*files: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, Any], bool]]:
    pairs = read(PAIRS / "pairs.jsonl")
    return [(pair, is_borne_out(pair["sentence"], pair["passages"])) for pair in pairs]


@pytest.fixture(scope="module")
def held() -> list[tuple[dict[str, Any], bool]]:
    pairs = read(*sorted((PAIRS / "held").glob("*.jsonl")))
    return [(pair, verify(pair["sentence"], pair["passages"]).supported) for pair in pairs]


def share(judged: list[tuple[dict[str, Any], bool]], truth: bool) -> float:
    """Of the sentences that are so, the share judged so."""
    found = [kept for pair, kept in judged if pair["supported"] is truth]
    return sum(kept is truth for kept in found) / len(found)


@pytest.mark.parametrize("truth", [True, False])
def test_the_checks_alone_tell_the_pairs_they_were_made_with(
    judged: list[tuple[dict[str, Any], bool]], truth: bool
) -> None:
    assert share(judged, truth) >= 0.92


@pytest.mark.parametrize("family", CERTAIN)
def test_every_changed_figure_date_name_and_negation_is_doubted(
    judged: list[tuple[dict[str, Any], bool]], family: str
) -> None:
    missed = [
        pair["sentence"]
        for pair, kept in judged
        if kept and pair["family"] == family and not pair["supported"]
    ]
    assert missed == []


def test_pairs_never_seen_are_told_as_the_readme_says(held: list[tuple[dict[str, Any], bool]]) -> None:
    assert len(held) == 720
    assert share(held, False) >= 0.80
    assert share(held, True) >= 0.60


def test_a_figure_a_date_or_a_name_that_stands_nowhere_is_always_refused() -> None:
    sure = 0
    for pair in read(*sorted((PAIRS / "held").glob("*.jsonl"))):
        doubts, decided = doubts_about(pair["sentence"], pair["passages"])
        if any(doubt.sure for doubt in doubts.values()):
            sure += 1
            assert decided is False
            assert not verify(pair["sentence"], pair["passages"]).supported
    assert sure > 30


def _paragraphs() -> Iterator[str]:
    for fiche in sorted(shipped_corpus().glob("*.md")):
        body = fiche.read_text(encoding="utf-8").split("---", 2)[2].split("## Questions du terrain")[0]
        yield from (part for part in body.split("\n\n") if part.strip() and not part.startswith("#"))


def test_every_sentence_of_the_fiches_is_supported_by_its_paragraph() -> None:
    refused = []
    count = 0
    for paragraph in _paragraphs():
        for start, end in sentence_spans(paragraph):
            count += 1
            if not verify(paragraph[start:end], [paragraph]).supported:
                refused.append(paragraph[start:end])
    assert count > 500
    assert refused == []
