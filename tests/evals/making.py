"""Runs made by hand, for tests of what reads runs."""

from collections.abc import Mapping

from assistant.runs import AnswerRecord, CitationRecord
from evals.questions import Evidence, Question
from evals.running import Run
from evals.runs import MeasuredRun
from evals.scorers import score_answers, score_search
from index.runs import PassageRecord, SearchRecord

SOURCE = "a.txt"
TEXT = "un deux trois quatre cinq six sept huit neuf dix"


def asked(
    query_id: str, kind: str = "factoid", quote: str = "un deux trois", fact: str = "rouge"
) -> Question:
    """Return a question whose evidence is a quote; without one, it has no answer."""
    evidence = ((Evidence(SOURCE, quote),),) if quote else ()
    return Question(query_id, f"question {query_id}\u00a0?", type=kind, facts=((fact,),), evidence=evidence)


def found(query_id: str, *texts: str, ms: float = 1.0) -> SearchRecord:
    """Return a search record of passages with these texts, best first."""
    passages = [
        PassageRecord(
            source=SOURCE, text=text, start=0, end=9, page=3, section=["I. Titre"], score=1.0 - at / 100
        )
        for at, text in enumerate(texts)
    ]
    return {"id": query_id, "ms": ms, "passages": passages}


def said(query_id: str, text: str, *quotes: str, status: str = "answered", ms: float = 2.0) -> AnswerRecord:
    """Return an answer record."""
    citations = [
        CitationRecord(n=at, source=SOURCE, quote=quote, start=0, end=9, page=3)
        for at, quote in enumerate(quotes, start=1)
    ]
    return {"id": query_id, "ms": ms, "status": status, "answer": text, "citations": citations}


def measured(
    name: str, cases: list[Question], search: list[SearchRecord], answers: list[AnswerRecord]
) -> MeasuredRun:
    """Return a scored run; what is found and said is as given."""
    run = Run({one["id"]: one for one in search}, {one["id"]: one for one in answers})
    groups: dict[str, dict[str, list[str]]] = {"type": {}, "tag": {}, "document": {}, "speaker": {}}
    for case in cases:
        groups["type"].setdefault(case.type, []).append(case.id)
    ran: Mapping[str, object] = {"date": "2026-11-21T10:00:00+0000", "seed": 1, "groups": groups}
    return MeasuredRun(
        name,
        tuple(cases),
        run,
        score_search(cases, run.search),
        score_answers(cases, run.answers, lambda quote, source: source == SOURCE and quote in TEXT),
        ran,
    )


def twins(count: int, worse: int = 0) -> tuple[MeasuredRun, MeasuredRun]:
    """Return two runs of as many questions, the second missing the evidence of the last ``worse`` ones."""
    cases = [asked(f"Q{number:02}", "list" if number % 2 else "factoid") for number in range(count)]
    good = [found(case.id, "un deux trois") for case in cases]
    right = [said(case.id, "rouge [1]", "un deux trois") for case in cases]
    lost = {case.id for case in cases[count - worse :]}
    bad = [
        found(case.id, "rien") if case.id in lost else record
        for case, record in zip(cases, good, strict=True)
    ]
    wrong = [
        said(case.id, "bleu [1]", "quatre cinq") if case.id in lost else record
        for case, record in zip(cases, right, strict=True)
    ]
    return measured("avant", cases, good, right), measured("après", cases, bad, wrong)
