"""What the tabs work with: the library that answers now, what answers, and how many at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answers import Progress
from index.filters import Filters
from index.library import Library


class Responder(Protocol):
    """What answers a question, step by step: ``assistant.answering.steps``."""

    def __call__(
        self, library: Library, question: str, history: Sequence[str], filters: Filters
    ) -> Iterator[Progress]:
        """Answer a question; ``history`` holds the earlier ones, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tabs are given when they are built.

    ``library`` gives the library to answer from, each question anew; ``operated`` says whether this
    server lets an operator change it, ``reviewed`` whether operators can review opinions here.
    """

    library: Callable[[], Library]
    respond: Responder
    concurrency: int
    queue_size: int
    operated: bool = False
    reviewed: bool = False
