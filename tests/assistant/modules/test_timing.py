import pytest

from assistant.modules.module import SequenceKind
from assistant.modules.timing import STEP, shared, slots

_MINUTES = [60, 61, 75, 90, 120, 137, 180, 185, 210, 240, 300, 360, 420, 421, 840, 1260]
_DAYS = [(120, 1, 0), (180, 1, 1), (420, 1, 2), (840, 2, 4), (1260, 3, 6)]


@pytest.mark.parametrize("minutes", _MINUTES)
def test_the_sequences_sum_to_the_duration(minutes: int) -> None:
    timed = slots(minutes)
    assert sum(length for _, length in timed) == minutes
    assert all(length >= STEP for _, length in timed)


@pytest.mark.parametrize(("minutes", "days", "breaks"), _DAYS)
def test_days_and_breaks(minutes: int, days: int, breaks: int) -> None:
    timed = slots(minutes)
    assert {slot.day for slot, _ in timed} == set(range(1, days + 1))
    assert sum(slot.kind is SequenceKind.BREAK for slot, _ in timed) == breaks


def test_a_day_is_never_longer_than_another_by_more_than_a_step() -> None:
    lengths: dict[int, int] = {}
    for slot, minutes in slots(1260):
        lengths[slot.day] = lengths.get(slot.day, 0) + minutes
    assert max(lengths.values()) - min(lengths.values()) <= STEP


def test_shares_follow_weights_and_leave_nothing_over() -> None:
    assert sum(shared(100, [(1, 5), (3, 5)])) == 100
    assert shared(90, [(1, 5), (3, 5)]) == [25, 65]
    assert shared(62, [(1, 5), (1, 5)]) == [32, 30]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer"):
        shared(10, [(1, 5), (1, 10)])
