"""The time of a module: its half-days, the sequences of each, and minutes that sum to the duration."""

from collections.abc import Sequence as Ordered
from dataclasses import dataclass

from assistant.modules.module import SequenceKind as Kind
from assistant.modules.request import DAY, HALF_DAY

STEP = 5  # minutes to which a sequence is rounded
_BREAK_FROM = 150  # minutes of a half-day that has a break
_SHORT = 90  # minutes under which there is neither debate nor synthesis


@dataclass(frozen=True, slots=True)
class Slot:
    """A sequence to fill: its kind, its day from 1, its share of the time, the least it takes."""

    kind: Kind
    day: int
    weight: float
    least: int = STEP


def slots(minutes: int) -> list[tuple[Slot, int]]:
    """Return the sequences of a module in order, each with its minutes; their sum is ``minutes``."""
    timed: list[tuple[Slot, int]] = []
    halves = _halves(minutes)
    for rank, (day, length) in enumerate(halves):
        plan = _half_day(length, day, first=rank == 0, last=rank == len(halves) - 1)
        timed.extend(zip(plan, shared(length, [(slot.weight, slot.least) for slot in plan]), strict=True))
    return timed


def shared(minutes: int, parts: Ordered[tuple[float, int]]) -> list[int]:
    """Return minutes for parts of these weights and least lengths, in steps, summing to ``minutes``.

    The largest remainders are rounded up (Hamilton's method); what the steps leave over goes to the
    longest part. Raises ``ValueError`` when the least lengths do not fit.
    """
    spare = minutes - sum(least for _, least in parts)
    if spare < 0:
        raise ValueError(f"{minutes} minutes are fewer than the least lengths need")
    total = sum(weight for weight, _ in parts) or 1.0
    exact = [spare * weight / total / STEP for weight, _ in parts]
    steps = [int(value) for value in exact]
    left = spare // STEP - sum(steps)
    for place in sorted(range(len(parts)), key=lambda place: steps[place] - exact[place])[:left]:
        steps[place] += 1
    lengths = [least + STEP * count for (_, least), count in zip(parts, steps, strict=True)]
    lengths[max(range(len(parts)), key=lengths.__getitem__)] += minutes - sum(lengths)
    return lengths


def _halves(minutes: int) -> list[tuple[int, int]]:
    """Return the half-days of a module, each with its day and its minutes."""
    days = max(1, round(minutes / DAY + 0.2)) if minutes > HALF_DAY + 60 else 1
    lengths = shared(minutes, [(1.0, STEP)] * days)
    halves: list[tuple[int, int]] = []
    for day, length in enumerate(lengths, start=1):
        if length <= HALF_DAY + 30:
            halves.append((day, length))
        else:
            halves.extend((day, part) for part in shared(length, [(1.0, STEP)] * 2))
    return halves


def _half_day(minutes: int, day: int, *, first: bool, last: bool) -> list[Slot]:
    """Return the sequences of a half-day, in order."""
    plan = [Slot(Kind.WELCOME if first else Kind.RESUMPTION, day, 0.4, STEP)]
    plan.append(Slot(Kind.INPUT, day, 2.6, 10))
    if minutes >= _SHORT:
        plan.append(Slot(Kind.DEBATE, day, 1.8, 10))
    if minutes >= _BREAK_FROM:
        plan.append(Slot(Kind.BREAK, day, 0.0, 15))
    plan.append(Slot(Kind.CASE if first else Kind.GROUP, day, 2.6, 15))
    plan.append(Slot(Kind.REPORT, day, 1.6, 10))
    if last:
        plan.append(Slot(Kind.EVALUATION, day, 1.2, 10))
    elif minutes >= _SHORT:
        plan.append(Slot(Kind.SYNTHESIS, day, 0.5, STEP))
    return plan
