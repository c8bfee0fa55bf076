"""The checks held to their figures on the pairs that ship, and to the fiches' own sentences."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.verification import verify
from index.config import shipped_corpus
from index.sentences import sentence_spans

ROOT = Path(__file__).resolve().parents[3]
CERTAIN = ("figure", "date", "name", "negation")


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, Any]]:
    lines = (ROOT / "evals" / "verification" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def judged(pairs: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bool]]:
    return [(pair, verify(pair["sentence"], pair["passages"]).supported) for pair in pairs]


def test_the_set_is_large_and_varied(pairs: list[dict[str, Any]]) -> None:
    assert len(pairs) >= 240
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert len({pair["family"] for pair in pairs}) >= 25
    assert len({pair["passages"][0] for pair in pairs}) >= 40


@pytest.mark.parametrize("split", ["development", "last"])
def test_most_false_sentences_are_caught(judged: list[tuple[dict[str, Any], bool]], split: str) -> None:
    false = [kept for pair, kept in judged if pair["split"] == split and not pair["supported"]]
    assert sum(not kept for kept in false) / len(false) >= 0.92


@pytest.mark.parametrize("split", ["development", "last"])
def test_few_true_sentences_are_lost(judged: list[tuple[dict[str, Any], bool]], split: str) -> None:
    true = [kept for pair, kept in judged if pair["split"] == split and pair["supported"]]
    assert sum(true) / len(true) >= 0.92


@pytest.mark.parametrize("family", CERTAIN)
def test_every_changed_figure_date_name_and_negation_is_caught(
    judged: list[tuple[dict[str, Any], bool]], family: str
) -> None:
    missed = [
        pair["sentence"]
        for pair, kept in judged
        if kept and pair["family"] == family and not pair["supported"]
    ]
    assert missed == []


def test_a_pair_takes_milliseconds(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs[:100]:  # read the models, meet the words
        verify(pair["sentence"], pair["passages"])
    began = time.process_time()
    for pair in pairs[:100]:
        verify(pair["sentence"] + " ", pair["passages"])
    assert (time.process_time() - began) / 100 < 0.02


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
