from math import log2
from pathlib import Path

import pytest

from evals.questions import Evidence, Question
from evals.trec import measured, ranking, read_qrels, read_ranking, relevance, write_qrels, write_ranking
from index.documents import Passage
from index.errors import UsageError

QUESTION = Question(
    "A",
    "?",
    type="list",
    evidence=((Evidence("a.txt", "un deux trois"),), (Evidence("a.txt", "sept huit neuf"),)),
)


def passage(passage_id: str, text: str, same_as: str = "") -> Passage:
    return Passage(passage_id, "a", "a.txt", "A", text, 0, len(text), same_as=same_as)


PASSAGES = [
    passage("a:1", "un deux trois"),
    passage("a:2", "rien du tout"),
    passage("a:3", "un deux trois sept huit neuf"),
    passage("a:4", "sept huit neuf"),
    passage("a:5", "un deux trois", same_as="a:1"),
]


def test_a_passage_is_worth_the_groups_it_gives_and_a_copy_counts_once() -> None:
    grades = relevance([QUESTION, Question("B", "?", type="list")], {"a.txt": PASSAGES})
    assert grades == {"A": {"a:1": 1, "a:3": 2, "a:4": 1}}


def test_measures_by_hand() -> None:
    pytest.importorskip("ir_measures")
    grades = {"A": {"a:1": 1, "a:3": 2, "a:4": 1}, "B": {"b:1": 1}}
    figures = measured(grades, ranking({"A": ["a:2", "a:3", "a:1"]}))
    ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert figures["A"]["nDCG@10"] == pytest.approx((2 / log2(3) + 1 / log2(4)) / ideal)
    assert figures["A"]["RR@10"] == 0.5
    assert figures["A"]["R@5"] == pytest.approx(2 / 3)
    assert figures["B"] == {"nDCG@10": 0.0, "RR@10": 0.0, "R@5": 0.0, "R@20": 0.0}, "nothing found"


def test_what_is_exported_is_imported(tmp_path: Path) -> None:
    grades, run = {"A": {"a:1": 2, "a:2": 1}}, ranking({"A": ["a:2", "a:1"], "B": ["x"]})
    write_qrels(tmp_path / "q", grades)
    write_ranking(tmp_path / "r", run)
    assert (tmp_path / "q").read_text() == "A 0 a:1 2\nA 0 a:2 1\n"
    assert (tmp_path / "r").read_text().splitlines()[0] == "A Q0 a:2 1 2 tisserand"
    assert read_qrels(tmp_path / "q") == grades
    assert read_ranking(tmp_path / "r") == run


@pytest.mark.parametrize(("text", "message"), [("A 0 b\n", "ligne 1"), ("\nA 0 b c\n", "ligne 2.*nombre")])
def test_a_line_that_is_not_trec_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "q").write_text(text)
    with pytest.raises(UsageError, match=message):
        read_qrels(tmp_path / "q")
