"""What the room for reviewing opinions needs, and who provides it.

The chat shows and asks; what becomes of an opinion is the business of those who evaluate. They stand
above this package, so they are not imported: the room is whatever an installed package announces
under the entry point ``review`` of the group ``tisserand.rooms`` (``evals.reviewing_room`` here).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from assistant.feedback import Feedback
from assistant.privacy import Detail
from index.documents import ScoredPassage
from index.library import Library

ROOMS = "tisserand.rooms"


@dataclass(frozen=True, slots=True)
class Proof:
    """A place of a file that answers: its ``quote``, or its first and last words."""

    source: str
    quote: str = ""
    begin: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """The case that an opinion becomes, as its reviewer has it before them.

    ``kind`` is a key of ``ReviewRoom.kinds``; ``answerable`` says whether the library answers the
    question; each of ``facts`` is « 7|sept » where either will do.
    """

    question: str
    history: tuple[str, ...] = ()
    kind: str = ""
    answerable: bool = True
    answer: str = ""
    facts: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """A case already there that asks nearly the same; ``share`` is how alike they are, 0 to 1."""

    case_id: str
    question: str
    share: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What is to be said of a draft: what it lacks, personal details in it, cases like it."""

    lacks: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    twins: tuple[Twin, ...] = ()


class ReviewRoom(Protocol):
    """What a reviewer can do; every method raises ``UsageError`` with the way out."""

    @property
    def kinds(self) -> Mapping[str, str]:
        """The types of question that a draft may have, with their names."""
        ...

    def waiting(self) -> Sequence[Feedback]:
        """Return the opinions that nobody has decided on, oldest first."""
        ...

    def dropped(self) -> Sequence[Feedback]:
        """Return the opinions that were dropped."""
        ...

    def opened(self, feedback_id: str) -> tuple[Feedback, CaseDraft]:
        """Return an opinion that waits and the case it suggests, without personal details."""
        ...

    def found(self, words: str, history: Sequence[str]) -> Sequence[ScoredPassage]:
        """Return passages that may answer, best first."""
        ...

    def marked(self, doc_id: str, words: str, span: tuple[int, int]) -> Proof:
        """Return the place of some words of a document; of a stretch of it when they are empty."""
        ...

    def advice(self, feedback_id: str, draft: CaseDraft) -> Advice:
        """Return what is to be said of a draft before it is saved."""
        ...

    def neutral(self, feedback_id: str, draft: CaseDraft) -> CaseDraft:
        """Return a draft with its personal details replaced by neutral words."""
        ...

    def save(self, feedback_id: str, draft: CaseDraft, author: str) -> str:
        """Save a draft as a case and return its id; a draft that lacks something is refused."""
        ...

    def drop(self, feedback_id: str, author: str) -> None:
        """Drop an opinion that waits."""
        ...

    def restore(self, feedback_id: str) -> None:
        """Have an opinion that was dropped wait again."""
        ...

    def cases(self) -> tuple[str, bytes]:
        """Return the name of the file of cases and what it holds, empty when there is none yet."""
        ...


def review_room(library: Callable[[], Library]) -> ReviewRoom | None:
    """Return the installed room, ``None`` when there is none; ``library`` gives the one to read now.

    Raises ``UsageError`` when a setting of the room cannot be used.
    """
    for point in entry_points(group=ROOMS, name="review"):
        room: ReviewRoom = point.load()(library)
        return room
    return None
