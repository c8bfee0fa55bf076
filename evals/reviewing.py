"""The review of feedback, whatever its interface: each step whole, on a library, opinions and cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.feedback import Feedback
from assistant.privacy import Detail
from evals.anchors import located
from evals.cases import read_cases
from evals.feedback import (
    Choice,
    Duplicate,
    anonymised,
    decide,
    draft,
    dropped,
    duplicates,
    identifying,
    missing,
    pending,
    restore,
    save_case,
)
from evals.marking import place_of_span, place_of_words, word_text
from evals.questions import Evidence, Question
from index.documents import Document
from index.errors import UsageError
from index.library import Library


@dataclass(frozen=True, slots=True)
class Review:
    """Opinions of ``folder`` becoming cases of the file ``cases``, read by ``author``."""

    library: Library
    folder: Path
    cases: Path
    author: str = ""

    def waiting(self) -> list[Feedback]:
        """Return the opinions that nobody has decided on, oldest first."""
        return pending(self.folder)

    def dropped(self) -> list[Feedback]:
        """Return the opinions that were dropped, oldest first."""
        return dropped(self.folder)

    def proposed(self, feedback: Feedback) -> Question:
        """Return the case that an opinion suggests, without personal details."""
        return self.anonymised(draft(feedback, self.author))

    def anonymised(self, case: Question) -> Question:
        """Return a case with the personal details found in it replaced by neutral words."""
        return anonymised(case, self._known)

    def details(self, case: Question) -> list[Detail]:
        """Return the personal details found in a case; the organisations of the library are none."""
        return identifying(case, self._known)

    def twins(self, case: Question) -> list[Duplicate]:
        """Return the cases of the file that ask nearly the same. Raises ``UsageError``."""
        return duplicates(case, read_cases(self.cases)) if self.cases.exists() else []

    def lacks(self, case: Question) -> list[str]:
        """Return what a case lacks before it can be saved; its evidence must stand in the library."""
        lost = [place for group in case.evidence for place in group if not self._holds(place)]
        return missing(case, self._known) + [
            f"«\u00a0{place.quote or place.begin}\u00a0» n’est pas dans {place.source}, marquez-en un autre"
            for place in lost
        ]

    def place(self, doc_id: str, words: str = "", span: tuple[int, int] = (0, 0)) -> Evidence:
        """Return the place of some words of a document, of a stretch of it when there are no words.

        Raises ``UsageError`` when they do not stand there.
        """
        document = self.library.document(doc_id)
        if document is None:
            raise UsageError("ce document n’est plus dans la bibliothèque\u00a0; choisissez un autre passage")
        return place_of_words(document, words) if words.strip() else place_of_span(document, *span)

    def keep(self, feedback: Feedback, case: Question) -> None:
        """Save a case and say so of its opinion. Raises ``UsageError`` for one that is not ready."""
        if lacks := self.lacks(case):
            raise UsageError(f"le cas {case.id} n’est pas prêt\u00a0: {' ; '.join(lacks)}")
        save_case(self.cases, case)
        decide(self.folder, feedback, Choice.CASE, self.author, case.id)

    def drop(self, feedback: Feedback) -> None:
        """Drop an opinion."""
        decide(self.folder, feedback, Choice.DROPPED, self.author)

    def restore(self, feedback: Feedback) -> None:
        """Take back that an opinion was dropped."""
        restore(self.folder, feedback)

    def _holds(self, place: Evidence) -> bool:
        texts = (word_text(one.text) for one in self._documents(place.source))
        return located(place, texts) is not None

    def _documents(self, source: str) -> list[Document]:
        found = (self.library.document(one.doc_id) for one in self.library.heads() if one.source == source)
        return [one for one in found if one is not None]

    @property
    def _known(self) -> set[str]:
        heads = self.library.heads()
        names = {one.publisher for one in heads} | {part.speaker for one in heads for part in one.parts}
        return names - {""}
