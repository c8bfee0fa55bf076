"""From what people said of answers to cases: what becomes of an opinion, and the case it makes.

The chat leaves one JSON object a line (``assistant.feedback``). A reviewer goes through the
``pending`` ones: drops an opinion (``decide``; ``restore`` takes that back), or makes a case of it
(``draft``, corrected, anonymised, with the right passage ``marked``) and saves it. Decisions are kept
beside the opinions, so that nothing is reviewed twice. ``evals.reviewing`` does each step whole.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock
from rapidfuzz import fuzz

from assistant.feedback import DECISIONS_FILE, Feedback, read_feedback
from assistant.privacy import Detail, details, reworded
from evals.cases import read_cases, write_cases
from evals.matching import normalise
from evals.questions import UNANSWERABLE, Evidence, Question, alternatives
from index.errors import UsageError
from index.jsonl import read_records, write_records
from index.reasons import reason

FEEDBACK_TAG = "retour"
ALIKE = 88.0  # likeness, out of 100, from which two questions are taken for one
_Key = tuple[str, tuple[str, ...], str]


class Choice(StrEnum):
    """What became of an opinion: made a case, or dropped."""

    CASE = "cas"
    DROPPED = "écarté"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that asks nearly the same, with the likeness of the two questions, 0 to 100."""

    case: Question
    likeness: float


def pending(folder: Path) -> list[Feedback]:
    """Return the opinions that nobody has decided on, the same one left twice being given once."""
    decided = decisions(folder)
    return _once(one for one in read_feedback(folder) if one.id not in decided)


def dropped(folder: Path) -> list[Feedback]:
    """Return the opinions that a reviewer dropped, each once."""
    decided = decisions(folder)
    return _once(
        one for one in read_feedback(folder) if decided.get(one.id, {}).get("choice") == Choice.DROPPED.value
    )


def decisions(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what was decided, by the id of the opinion."""
    file = folder / DECISIONS_FILE
    return {str(record.get("id")): record for _, record in read_records(file)} if file.exists() else {}


def decide(folder: Path, feedback: Feedback, choice: Choice, author: str = "", case_id: str = "") -> None:
    """Keep a decision on an opinion, and on the others that say the same of the same question."""
    with _alone(folder / DECISIONS_FILE):
        known = decisions(folder)
        for one in read_feedback(folder):
            if _key(one) == _key(feedback) and one.id not in known:
                known[one.id] = {
                    "id": one.id,
                    "choice": choice.value,
                    "case": case_id,
                    "author": author,
                    "date": time.strftime("%Y-%m-%d"),
                }
        write_records(folder / DECISIONS_FILE, known.values())


def restore(folder: Path, feedback: Feedback) -> None:
    """Take back that an opinion, and those that say the same, were dropped."""
    with _alone(folder / DECISIONS_FILE):
        same = {one.id for one in read_feedback(folder) if _key(one) == _key(feedback)}
        kept = [
            record
            for one_id, record in decisions(folder).items()
            if one_id not in same or record.get("choice") != Choice.DROPPED.value
        ]
        write_records(folder / DECISIONS_FILE, kept)


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


def identifying(case: Question, known: Collection[str] = ()) -> list[Detail]:
    """Return the personal details found in the words of a case, notes and facts included.

    ``known`` holds the names that are no alarm: the organisations of the library.
    """
    facts = (alternative for fact in case.facts for alternative in fact)
    texts = (case.question, *case.history, case.notes, case.answer, *facts)
    return [detail for text in texts for detail in details(text, known)]


def anonymised(case: Question, known: Collection[str] = ()) -> Question:
    """Return the case with the personal details found in its words replaced by neutral ones."""

    def plain(text: str) -> str:
        found = details(text, known)
        return reworded(text, found) if found else text

    return replace(
        case,
        question=plain(case.question),
        history=tuple(map(plain, case.history)),
        notes=plain(case.notes),
        answer=plain(case.answer),
        facts=tuple(tuple(map(plain, fact)) for fact in case.facts),
    )


def marked(case: Question, place: Evidence) -> Question:
    """Return the case with a place as one more needed piece of information."""
    kept = tuple(group for group in case.evidence if group != (place,))
    return replace(case, evidence=(*kept, (place,)))


def facts_in(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return facts written one a text, « 7|sept » for either. Raises ``UsageError`` for an empty one."""
    try:
        return tuple(alternatives(text.strip()) for text in texts if text.strip())
    except TypeError as error:
        raise UsageError(
            "un fait a une alternative vide\u00a0; écrivez par exemple «\u00a07|sept\u00a0»"
        ) from error


def duplicates(case: Question, cases: Sequence[Question]) -> list[Duplicate]:
    """Return the cases that ask nearly the same after the same history, nearest first."""
    wanted = normalise(case.question)
    found = [
        Duplicate(other, float(fuzz.token_sort_ratio(wanted, normalise(other.question))))
        for other in cases
        if other.history == case.history and other.id != case.id
    ]
    return sorted((one for one in found if one.likeness >= ALIKE), key=lambda one: -one.likeness)


def missing(case: Question, known: Collection[str] = ()) -> list[str]:
    """Return what a case lacks before it can be saved, in French."""
    lacks = []
    if not case.question.strip():
        lacks.append("la question est vide")
    if case.is_answerable and not case.evidence:
        lacks.append("aucun passage marqué (ou dites que la bibliothèque ne répond pas)")
    if identifying(case, known):
        lacks.append("des détails personnels y restent (anonymisez)")
    return lacks


def save_case(file: Path, case: Question) -> None:
    """Add a case to a file, in place of the one of the same id. Raises ``UsageError``."""
    with _alone(file):
        known = {one.id: one for one in read_cases(file)} if file.exists() else {}
        write_cases(file, list((known | {case.id: case}).values()))


def _key(feedback: Feedback) -> _Key:
    return normalise(feedback.question), feedback.history, feedback.reason


def _once(opinions: Iterable[Feedback]) -> list[Feedback]:
    kept: dict[_Key, Feedback] = {}
    for one in opinions:
        kept.setdefault(_key(one), one)
    return list(kept.values())


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold the right to rewrite a file, so that two reviewers lose nothing of each other's."""
    lock = FileLock(file.with_name(f".{file.name}.lock"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise UsageError(
            f"impossible d’écrire dans {file.parent} ({reason(error)})\u00a0; donnez-en le droit"
        ) from error
    try:
        yield
    finally:
        lock.release()
