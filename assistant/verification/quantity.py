"""A figure, a date or a reference of a text, and when one gives the right to say another."""

from dataclasses import dataclass
from enum import StrEnum

DURATIONS = {
    "heure": 1 / 24,
    "jour": 1.0,
    "semaine": 7.0,
    "mois": 30.4375,
    "an": 365.25,
    "trimestre": 91.3125,
    "semestre": 182.625,
}


class Kind(StrEnum):
    """What a quantity is."""

    COUNT = "count"
    RANK = "rank"
    DATE = "date"
    DAY = "day"
    PERIOD = "period"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text and where it stands.

    ``unit`` is its measure, empty when it counts things; ``bound`` is « > » for « plus de », « >= »
    for « au moins »,
    « ~ » for « environ »; ``rough`` marks a part in words (« un tiers »); ``date`` is (day, month,
    year), 0 for what is not said.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: float = 0.0
    unit: str = ""
    rate: str = ""
    bound: str = ""
    rough: bool = False
    date: tuple[int, int, int] = (0, 0, 0)
    code: str = ""


_ROUGH = 0.32  # « plus de la moitié », of 58 %
_ROUGH_POINTS = 3.5  # between a part said in words and the part computed


def supports(source: Quantity, said: Quantity) -> bool:
    """Say whether a figure of a source gives the right to one that is said."""
    if source.kind != said.kind:
        return False
    if said.kind == Kind.DATE:
        return all(not mine or mine == theirs for mine, theirs in zip(said.date, source.date, strict=True))
    if said.kind == Kind.REFERENCE:
        return said.code in (source.code, source.code.lstrip("lrd"))
    if said.kind == Kind.PERIOD:
        return said.unit == source.unit
    if said.kind != Kind.COUNT:
        return bool(said.value == source.value)
    if said.rate and source.rate and said.rate != source.rate:
        return False
    value = _converted(source, said.unit)
    return value is not None and _agrees(value, source, said)


def part_supports(percent: float, said: Quantity) -> bool:
    """Say whether a share computed from two figures gives the right to one said in words (« un tiers »)."""
    near = abs(percent - said.value) <= _ROUGH_POINTS
    return near if said.bound in ("", "~") else _beyond(percent, said, _ROUGH)


def _converted(source: Quantity, unit: str) -> float | None:
    """Return the value of a figure in another unit, ``None`` when it has none."""
    if source.unit == unit:
        return source.value
    if source.unit in DURATIONS and unit in DURATIONS:
        return source.value * DURATIONS[source.unit] / DURATIONS[unit]
    return None


def _agrees(value: float, source: Quantity, said: Quantity) -> bool:
    if {source.bound[:1], said.bound[:1]} == {"<", ">"}:
        return False
    gap = abs(value - said.value) / max(abs(said.value), 1e-9)
    if source.unit != said.unit:
        fortnight = {(15, 2, "semaine"), (8, 1, "semaine")}  # « quinze jours », « huit jours »
        if gap < 0.02 or (source.value, said.value, said.unit) in fortnight:
            return True
        return _beyond(value, said, _ROUGH) or (said.bound == "~" and gap <= _ROUGH / 2)
    if said.unit == "%" and said.rough != source.rough:
        return abs(value - said.value) <= _ROUGH_POINTS or _beyond(value, said, _ROUGH)
    if said.bound == "~" or "un peu" in said.text:
        return gap <= 0.06 or (gap <= 0.12 and _rounded(value, said.value))
    if said.bound and said.bound != source.bound and not (len(said.bound) == 2 and gap < 1e-9):
        return _beyond(value, said)
    return gap < 1e-9 or (gap <= 0.015 and said.value == round(value) != value)


def _rounded(value: float, to: float) -> bool:
    """Say whether a value, rounded to the digits of another, is that one."""
    size = 10.0 ** (len(f"{to:.0f}") - len(f"{to:.0f}".rstrip("0")))
    return round(value / size) * size == to


def _beyond(value: float, said: Quantity, reach: float = 0.15) -> bool:
    """Say whether a value is over (under) the bound said, and not far from it."""
    if said.bound.startswith(">"):
        return said.value < value <= (1 + reach) * said.value
    return said.bound.startswith("<") and (1 - reach) * said.value <= value < said.value
