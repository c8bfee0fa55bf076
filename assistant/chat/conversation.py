"""A conversation: its turns, each a question and what is shown for it.

A conversation lives in the memory of the server for as long as the page is open, and nowhere
else. It is a tuple of turns, oldest first; a new one replaces it at each step.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answers import Answer, Status


class Stage(StrEnum):
    """How far a turn is."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer; ``body`` is the answer as safe HTML, as far as it is written."""

    number: int
    question: str
    stage: Stage = Stage.PENDING
    answer: Answer | None = None
    body: str = ""


Conversation = tuple[Turn, ...]


def asked(conversation: Conversation, question: str) -> Conversation:
    """Return the conversation with a new question, not answered yet."""
    return (*conversation, Turn(len(conversation) + 1, question))


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
