"""The review of feedback in the chat: what its tab for operators works with (``assistant.chat.review``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.chat.review import Advice, CaseDraft, Proof, Twin
from assistant.feedback import Feedback, feedback_folder
from evals.cases import SUFFIXES
from evals.feedback import draft, facts_in, unanswerable
from evals.questions import TYPE_NAMES, UNANSWERABLE, Evidence, Question
from evals.reviewing import Review
from index.documents import ScoredPassage
from index.errors import UsageError
from index.library import Library

CASES_VARIABLE = "TISSERAND_CASES"
CASES_FILE = "cas.csv"
SHOWN_PASSAGES = 8


def open_room(library: Callable[[], Library]) -> FeedbackRoom:
    """Return the room over the opinions that the chat keeps; the entry point of the package.

    Cases go to the file that ``TISSERAND_CASES`` names, else to ``cas.csv`` beside the opinions.
    Raises ``UsageError`` for a name that cannot be one of cases.
    """
    folder = feedback_folder()
    chosen = os.environ.get(CASES_VARIABLE, "").strip()
    cases = Path(chosen).expanduser() if chosen else folder / CASES_FILE
    if cases.suffix not in SUFFIXES:
        raise UsageError(f"{CASES_VARIABLE}={cases}\u00a0: donnez un nom en .csv ou en .jsonl")
    if cases.suffix == ".jsonl" and cases.parent.resolve() == folder.resolve():
        raise UsageError(
            f"{CASES_VARIABLE}={cases}\u00a0: les .jsonl de ce dossier sont des avis\u00a0; "
            "donnez un .csv, ou un autre dossier"
        )
    return FeedbackRoom(library, folder, cases)


class FeedbackRoom:
    """A review whose reviewer comes and goes: each step starts from what stands on the disk."""

    kinds: Mapping[str, str] = {kind: name for kind, name in TYPE_NAMES.items() if kind != UNANSWERABLE}

    def __init__(self, library: Callable[[], Library], folder: Path, cases: Path) -> None:
        self._library = library
        self._folder = folder
        self._cases = cases

    def waiting(self) -> list[Feedback]:
        """Return the opinions that nobody has decided on, oldest first."""
        return self._work().waiting()

    def dropped(self) -> list[Feedback]:
        """Return the opinions that were dropped, oldest first."""
        return self._work().dropped()

    def opened(self, feedback_id: str) -> tuple[Feedback, CaseDraft]:
        """Return an opinion that waits and the case it suggests, without personal details."""
        feedback = self._waiting(feedback_id)
        return feedback, _draft_of(self._work().proposed(feedback))

    def found(self, words: str, history: Sequence[str]) -> list[ScoredPassage]:
        """Return passages that may answer, best first."""
        return self._library().retrieve(words, SHOWN_PASSAGES, history)

    def marked(self, doc_id: str, words: str, span: tuple[int, int]) -> Proof:
        """Return the place of some words of a document; of a stretch of it when they are empty."""
        return _proof_of(self._work().place(doc_id, words, span))

    def advice(self, feedback_id: str, draft: CaseDraft) -> Advice:
        """Return what a draft lacks, its personal details, the cases like it."""
        work, case = self._work(), self._case(self._waiting(feedback_id), draft)
        twins = (Twin(twin.case.id, twin.case.question, twin.likeness / 100) for twin in work.twins(case))
        return Advice(tuple(work.lacks(case)), tuple(work.details(case)), tuple(twins))

    def neutral(self, feedback_id: str, draft: CaseDraft) -> CaseDraft:
        """Return a draft with its personal details replaced by neutral words."""
        case = self._case(self._waiting(feedback_id), replace(draft, answerable=True))
        plain = _draft_of(self._work().anonymised(case))
        return replace(plain, kind=draft.kind, answerable=draft.answerable, proofs=draft.proofs)

    def save(self, feedback_id: str, draft: CaseDraft, author: str) -> str:
        """Save a draft as a case and return its id."""
        feedback = self._waiting(feedback_id)
        case = self._case(feedback, draft, author)
        self._work(author).keep(feedback, case)
        return case.id

    def drop(self, feedback_id: str, author: str) -> None:
        """Drop an opinion that waits."""
        self._work(author).drop(self._waiting(feedback_id))

    def restore(self, feedback_id: str) -> None:
        """Have an opinion that was dropped wait again."""
        for feedback in self.dropped():
            if feedback.id == feedback_id:
                self._work().restore(feedback)

    def cases(self) -> tuple[str, bytes]:
        """Return the name of the file of cases and what it holds, empty when there is none yet."""
        try:
            return self._cases.name, self._cases.read_bytes() if self._cases.exists() else b""
        except OSError as error:
            raise UsageError(f"{self._cases.name} ne peut pas être lu\u00a0; vérifiez ses droits") from error

    def _work(self, author: str = "") -> Review:
        return Review(self._library(), self._folder, self._cases, author)

    def _waiting(self, feedback_id: str) -> Feedback:
        for feedback in self.waiting():
            if feedback.id == feedback_id:
                return feedback
        raise UsageError(
            "ce retour a déjà été relu, peut-être par une autre personne\u00a0; revenez à la liste"
        )

    def _case(self, feedback: Feedback, given: CaseDraft, author: str = "") -> Question:
        """Return the case that a draft makes of an opinion: its id, tags and date are the opinion's."""
        if given.kind not in self.kinds:
            raise UsageError("choisissez le type de la question")
        case = replace(
            draft(feedback, author),
            question=given.question.strip(),
            history=given.history,
            type=given.kind,
            answer=given.answer.strip(),
            facts=facts_in(given.facts),
            evidence=tuple((_evidence_of(proof),) for proof in given.proofs),
            notes=given.notes.strip(),
        )
        return case if given.answerable else unanswerable(case)


def _draft_of(case: Question) -> CaseDraft:
    return CaseDraft(
        question=case.question,
        history=case.history,
        kind=case.type,
        answerable=case.is_answerable,
        answer=case.answer,
        facts=tuple("|".join(fact) for fact in case.facts),
        proofs=tuple(_proof_of(place) for group in case.evidence for place in group),
        notes=case.notes,
    )


def _proof_of(place: Evidence) -> Proof:
    if place.is_anchored:
        return Proof(place.source, begin=place.begin, end=place.end)
    return Proof(place.source, place.quote)


def _evidence_of(proof: Proof) -> Evidence:
    if proof.begin:
        return Evidence(proof.source, "", proof.begin, proof.end)
    return Evidence(proof.source, proof.quote)
