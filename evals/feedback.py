"""From what people said of answers to cases: the logic of a review, without any interface.

The chat leaves one JSON object a line (``assistant.feedback``). A reviewer, on the terminal
(``evals.reviewing``) or in the operators' tab, goes through the ``pending`` ones: drops an opinion,
or makes a case of it (``draft``, corrected, anonymised, with the right passage marked) and
saves it. Decisions are kept beside the opinions, so that nothing is reviewed twice.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from assistant.feedback import FEEDBACK_FILE
from assistant.privacy import Detail, details, reworded
from assistant.runs import CitationRecord
from evals.anchors import WordText
from evals.cases import read_cases, write_cases
from evals.matching import normalise
from evals.questions import UNANSWERABLE, Evidence, Question
from index.documents import Passage
from index.errors import UsageError
from index.jsonl import at_line, read_records, write_records

DECISIONS_FILE = "decisions.jsonl"
FEEDBACK_TAG = "retour"
ALIKE = 88.0  # likeness, out of 100, from which two questions are taken for one
_FIELDS = ("id", "question", "reason")


class Choice(StrEnum):
    """What became of an opinion: made a case, or dropped."""

    CASE = "cas"
    DROPPED = "écarté"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person said of one answer, as the chat kept it."""

    id: str
    date: str
    question: str
    history: tuple[str, ...]
    answer: str
    status: str
    citations: tuple[CitationRecord, ...]
    reason: str
    word: str = ""
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that asks nearly the same, with the likeness of the two questions, 0 to 100."""

    case: Question
    likeness: float


def read_feedback(folder: Path) -> list[Feedback]:
    """Return the opinions left in a folder, oldest first. Raises ``UsageError`` with the line."""
    files = sorted(file for file in folder.glob("*.jsonl") if file.name != DECISIONS_FILE)
    if not files:
        raise UsageError(
            f"{folder} ne contient aucun avis ({FEEDBACK_FILE})\u00a0; donnez le dossier où le chat les garde"
        )
    found: dict[str, Feedback] = {}
    for file in files:
        for number, record in read_records(file):
            one = _feedback(file, number, record)
            found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.date, one.id))


def pending(folder: Path) -> list[Feedback]:
    """Return the opinions that nobody has decided on, the same one left twice being given once."""
    decided = decisions(folder)
    kept: dict[tuple[str, tuple[str, ...], str], Feedback] = {}
    for one in read_feedback(folder):
        if one.id not in decided:
            kept.setdefault((normalise(one.question), one.history, one.reason), one)
    return list(kept.values())


def decisions(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what was decided, by the id of the opinion."""
    file = folder / DECISIONS_FILE
    return {str(record.get("id")): record for _, record in read_records(file)} if file.exists() else {}


def decide(folder: Path, feedback: Feedback, choice: Choice, author: str = "", case_id: str = "") -> None:
    """Keep a decision on an opinion, and on the others that say the same of the same question."""
    known = decisions(folder)
    key = (normalise(feedback.question), feedback.history, feedback.reason)
    for one in read_feedback(folder):
        if (normalise(one.question), one.history, one.reason) == key and one.id not in known:
            known[one.id] = {
                "id": one.id,
                "choice": choice.value,
                "case": case_id,
                "author": author,
                "date": time.strftime("%Y-%m-%d"),
            }
    write_records(folder / DECISIONS_FILE, known.values())


def draft(feedback: Feedback, author: str = "") -> Question:
    """Return the case that an opinion suggests, to be corrected.

    A right answer (« bien ») is its own evidence. A wrong one keeps its remark as a note and
    expects nothing yet: the reviewer marks the right passage, or says that there is none.
    """
    right = feedback.reason == "bien" and feedback.status == "answered"
    evidence = tuple((Evidence(one["source"], one["quote"]),) for one in feedback.citations) if right else ()
    note = f"retour\u00a0: {feedback.reason}" + (f" — {feedback.word}" if feedback.word else "")
    return Question(
        id=f"R-{feedback.id[:8]}",
        question=feedback.question,
        history=feedback.history,
        type="followup" if feedback.history else "factoid",
        evidence=evidence[:1],
        tags=(FEEDBACK_TAG, feedback.reason),
        notes=note,
        author=author,
        date=time.strftime("%Y-%m-%d"),
    )


def unanswerable(case: Question) -> Question:
    """Return the case of a question that the library does not answer."""
    return replace(case, type=UNANSWERABLE, evidence=(), facts=(), answer="")


def identifying(case: Question) -> list[Detail]:
    """Return the personal details found in the words of a case, notes included."""
    texts = (case.question, *case.history, case.notes, case.answer)
    return [detail for text in texts for detail in details(text)]


def anonymised(case: Question) -> Question:
    """Return the case with the personal details found in its words replaced by neutral ones."""

    def plain(text: str) -> str:
        found = details(text)
        return reworded(text, found) if found else text

    return replace(
        case,
        question=plain(case.question),
        history=tuple(map(plain, case.history)),
        notes=plain(case.notes),
        answer=plain(case.answer),
    )


def marked(case: Question, passage: Passage, words: str = "") -> Question:
    """Return the case with a place of a passage as one more group of evidence.

    ``words`` are words of the passage, or « premiers mots … derniers mots »; without any, the whole
    passage is the evidence, by its first and last words. Raises ``UsageError`` when the passage does not
    hold them.
    """
    text = WordText(passage.prose)
    begin, dots, end = (part.strip() for part in words.replace("...", "…").partition("…"))
    if not words.strip():
        found = passage.prose.split()
        place = Evidence(passage.source, "", " ".join(found[:8]), " ".join(found[-8:]))
        span = text.between(place.begin, place.end)
    elif dots and begin and end:
        place = Evidence(passage.source, "", begin, end)
        span = text.between(begin, end)
    else:
        place = Evidence(passage.source, words.strip())
        span = text.find(words)
    if span is None:
        raise UsageError(
            "ces mots ne sont pas dans le passage\u00a0; "
            "recopiez-les tels quels, ou «\u00a0début … fin\u00a0»"
        )
    kept = tuple(group for group in case.evidence if group != (place,))
    return replace(case, evidence=(*kept, (place,)))


def duplicates(case: Question, cases: Sequence[Question]) -> list[Duplicate]:
    """Return the cases that ask nearly the same after the same history, nearest first."""
    wanted = normalise(case.question)
    found = [
        Duplicate(other, float(fuzz.token_sort_ratio(wanted, normalise(other.question))))
        for other in cases
        if other.history == case.history and other.id != case.id
    ]
    return sorted((one for one in found if one.likeness >= ALIKE), key=lambda one: -one.likeness)


def missing(case: Question) -> list[str]:
    """Return what a case lacks before it can be saved, in French."""
    lacks = []
    if case.is_answerable and not case.evidence:
        lacks.append("aucun passage marqué (ou dites que la bibliothèque ne répond pas)")
    if identifying(case):
        lacks.append("des détails personnels y restent (anonymisez)")
    return lacks


def save_case(file: Path, case: Question) -> None:
    """Add a case to a file, in place of the one of the same id. Raises ``UsageError`` for one not ready."""
    lacks = missing(case)
    if lacks:
        raise UsageError(f"le cas {case.id} n’est pas prêt\u00a0: {' ; '.join(lacks)}")
    known = {one.id: one for one in read_cases(file)} if file.exists() else {}
    write_cases(file, list((known | {case.id: case}).values()))


def _feedback(path: Path, number: int, record: Mapping[str, Any]) -> Feedback:
    for name in _FIELDS:
        if not isinstance(record.get(name), str) or not record[name].strip():
            raise at_line(path, number, f"il manque le champ «\u00a0{name}\u00a0», un texte")
    history, citations = record.get("history") or [], record.get("citations") or []
    if not isinstance(history, list) or not isinstance(citations, list):
        raise at_line(
            path, number, "«\u00a0history\u00a0» et «\u00a0citations\u00a0» doivent être des listes"
        )
    return Feedback(
        id=record["id"],
        date=str(record.get("date") or ""),
        question=record["question"],
        history=tuple(map(str, history)),
        answer=str(record.get("answer") or ""),
        status=str(record.get("status") or ""),
        citations=tuple(citations),
        reason=record["reason"],
        word=str(record.get("word") or ""),
        corpus=str(record.get("corpus") or ""),
    )
