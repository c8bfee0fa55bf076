"""What the verification of a sentence says."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a sentence is not supported by the passages it cites."""

    EMPTY = "empty"
    QUOTE = "quote"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    DIRECTION = "direction"
    MODAL = "modal"
    ATTRIBUTION = "attribution"
    CAUSE = "cause"
    ROLES = "roles"
    SCOPE = "scope"
    CONDITION = "condition"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether passages support a sentence; when not, why: ``reason`` is French, for the reader.

    ``sure`` marks a difference that no reading of the whole can outweigh: a quote, a figure, a date or
    a name that stands nowhere. The others are doubts, weighed together (``weighing.py``).
    """

    supported: bool
    reason: str = ""
    kind: Reason | None = None
    sure: bool = False


SUPPORTED = Verdict(True)


def refused(kind: Reason, reason: str, sure: bool = False) -> Verdict:
    """Return the verdict of a sentence that is not supported."""
    return Verdict(False, reason, kind, sure)
