"""A conversation: its turns, each a question and what is known of its answer.

A conversation lives in the memory of the server for as long as the page is open, and nowhere
else. It is a tuple of turns, oldest first; a new one replaces it at each step.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answers import Answer, Progress, Status, Step
from index.filters import NO_FILTERS, Filters


class Stage(StrEnum):
    """How far a turn is."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    BUSY = "busy"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, what it was narrowed to, and its answer as far as it is written.

    ``narrowed`` tells the filters in words; ``step`` and ``passages`` say what is being done,
    ``seconds`` how long it has taken; ``told`` is why a question is refused, or what failed.
    """

    number: int
    question: str
    filters: Filters = NO_FILTERS
    narrowed: str = ""
    stage: Stage = Stage.PENDING
    step: Step = Step.SEARCHING
    passages: int = 0
    answer: Answer | None = None
    seconds: float = 0.0
    told: str = ""

    def advanced(self, progress: Progress, seconds: float) -> "Turn":
        """Return the turn with what one more step brought."""
        answer = progress.answer or self.answer
        passages = progress.passages or self.passages
        return replace(self, step=progress.step, passages=passages, answer=answer, seconds=seconds)


Conversation = tuple[Turn, ...]


def asked(
    conversation: Conversation, question: str, filters: Filters = NO_FILTERS, narrowed: str = ""
) -> Conversation:
    """Return the conversation with a new question, not answered yet."""
    return (*conversation, Turn(len(conversation) + 1, question, filters, narrowed))


def is_waiting(conversation: Conversation) -> bool:
    """Say whether the last question still waits for its answer."""
    return bool(conversation) and conversation[-1].stage is Stage.PENDING


def closed(conversation: Conversation, stage: Stage) -> Conversation:
    """Return the conversation with its waiting question, if any, brought to an end."""
    if not is_waiting(conversation):
        return conversation
    return with_last(conversation, replace(conversation[-1], stage=stage))


def with_last(conversation: Conversation, turn: Turn) -> Conversation:
    """Return the conversation with its last turn replaced."""
    return (*conversation[:-1], turn)


def earlier_questions(conversation: Conversation) -> list[str]:
    """Return the questions before the last one that the library knew something about."""
    return [
        turn.question
        for turn in conversation[:-1]
        if turn.answer is not None and turn.answer.status is not Status.NONE
    ]


def turn_numbered(conversation: Conversation, number: object) -> Turn | None:
    """Return the turn of a number that the browser gave, ``None`` when there is none."""
    return next((turn for turn in conversation if turn.number == number), None)
