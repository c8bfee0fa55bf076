"""Means by type and overall, worked out by hand."""

import pytest

from assistant.runs import AnswerRecord, CitationRecord
from evals.questions import Evidence, Question
from evals.scorers import missing_sources, quote_check, score_answers, score_search
from index.documents import Document
from index.runs import PassageRecord, SearchRecord


def asked(query_id: str, kind: str, *quotes: str) -> Question:
    evidence = tuple((Evidence("a.txt", quote),) for quote in quotes)
    return Question(query_id, "?", type=kind, facts=(("rouge",),) if quotes else (), evidence=evidence)


def found(query_id: str, ms: float, *texts: str) -> SearchRecord:
    passages = [
        PassageRecord(source="a.txt", text=text, start=0, end=1, page=None, section=[], score=1.0)
        for text in texts
    ]
    return {"id": query_id, "ms": ms, "passages": passages}


def said(query_id: str, status: str, text: str, *quotes: str) -> AnswerRecord:
    citations = [
        CitationRecord(n=1, source="a.txt", quote=quote, start=0, end=1, page=None) for quote in quotes
    ]
    return {"id": query_id, "ms": 10.0, "status": status, "answer": text, "citations": citations}


def document(doc_id: str, source: str, text: str) -> Document:
    return Document(doc_id, source, doc_id, text, digest="", body=(0, len(text)))


QUESTIONS = [
    asked("A", "factoid", "un deux trois"),
    asked("B", "factoid", "quatre cinq six", "sept huit neuf"),
    asked("C", "list", "dix onze douze"),
    asked("D", "unanswerable"),
]


def test_search_figures_by_type_and_overall() -> None:
    run = {
        "A": found("A", 4.0, "un deux trois"),
        "B": found("B", 3.0, "rien", "sept huit neuf"),
        "D": found("D", 2.0, "rien"),
    }
    scores = score_search(QUESTIONS, run)
    assert scores.questions["B"] == {
        "r@1": 0.0,
        "r@5": 0.5,
        "r@10": 0.5,
        "r@20": 0.5,
        "r@5w": 0.5,
        "mrr@10": 0.5,
    }
    assert scores.types["factoid"]["n"] == 2
    assert scores.types["factoid"]["r@5"] == 0.75
    assert scores.types["list"]["mrr@10"] == 0.0, "C is not in the run: nothing was found"
    assert "unanswerable" not in scores.types, "there is nothing to find for D"
    assert (scores.overall["n"], scores.overall["r@5"], scores.overall["r@1"]) == (3, 0.5, 0.3333)


def test_only_the_first_twenty_passages_are_scored() -> None:
    run = {"A": found("A", 1.0, *["rien"] * 20, "un deux trois")}
    assert score_search(QUESTIONS[:1], run).overall["r@20"] == 0.0


def test_times_are_of_all_questions_of_the_run() -> None:
    run = {str(at): found(str(at), float(at)) for at in range(1, 101)}
    overall = score_search(QUESTIONS, run).overall
    assert (overall["ms_p50"], overall["ms_p95"]) == (51.0, 96.0)


def test_answer_figures_by_type_and_overall() -> None:
    run = {
        "A": said("A", "answered", "rouge et vert", "un deux trois", "un quatre"),
        "B": said("B", "related", "rien"),
        "D": said("D", "answered", "invention", "un deux"),
    }
    scores = score_answers(QUESTIONS, run, quote_check([document("a", "a.txt", "Un deux\ntrois")]))
    assert scores.questions["A"] == {
        "verbatim": 0.5,
        "refused": 0.0,
        "facts": 1.0,
        "cited": 1.0,
        "precision": 0.5,
        "words": 3.0,
    }
    assert scores.questions["D"] == {"verbatim": 1.0, "false_answer": 1.0}
    assert scores.types["factoid"] == {
        "n": 2,
        "verbatim": 0.5,
        "refused": 0.5,
        "facts": 0.5,
        "cited": 0.5,
        "precision": 0.5,
        "words": 2.0,
    }
    assert scores.types["list"]["refused"] == 1.0, "C is not in the run: it was not answered"
    assert (scores.overall["n"], scores.overall["verbatim"], scores.overall["refused"]) == (4, 0.75, 0.6667)


def test_a_quote_is_looked_for_in_every_document_of_that_name() -> None:
    stands_in = quote_check([document("a", "a.txt", "un"), document("a-2", "a.txt", "deux l’été")])
    assert stands_in("Deux  l'été", "a.txt")
    assert not stands_in("deux", "b.txt")
    assert not stands_in("trois", "a.txt")
    assert not stands_in("* *", "a.txt"), "an empty quote proves nothing"


def test_a_document_that_the_questions_need_and_the_index_lacks_is_named() -> None:
    assert missing_sources(QUESTIONS, [document("b", "b.txt", "")]) == ["a.txt"]
    assert missing_sources(QUESTIONS, [document("a", "a.txt", "")]) == []


def test_without_questions_there_are_no_means() -> None:
    assert score_search([], {}).overall == {"n": 0}
    assert score_search(QUESTIONS, {}).overall["r@20"] == pytest.approx(0.0)
