"""All identifying details of a text, no two overlapping."""

import re
from collections.abc import Collection, Iterable

from assistant.privacy.detail import Detail, Kind, detail
from assistant.privacy.names import names
from assistant.privacy.numbers import numbers
from assistant.privacy.places import addresses, births
from assistant.privacy.vocabulary import folded_names

_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff\t]")


def details(text: str, known: Collection[str] = ()) -> list[Detail]:
    """Return the identifying details of persons in a text, in reading order, none overlapping.

    ``known`` holds the names that are no alarm: authors and organisations of the library.
    """
    plain = _ODD_BLANK.sub(" ", text).replace("‑", "-").replace("ʼ", "’")  # of the same length
    found = _apart([*numbers(plain), *_whole(plain, _apart(addresses(plain)))])
    people = [person for person in names(plain, folded_names(known)) if not _overlaps(person, found)]
    found = _apart([*births(plain, people), *found, *people])
    return [Detail(one.kind, text[one.start : one.end], one.start, one.end) for one in found]


def _whole(text: str, parts: list[Detail]) -> list[Detail]:
    """Return addresses with those that only a comma parts made one."""
    whole: list[Detail] = []
    for one in parts:
        if whole and not text[whole[-1].end : one.start].strip(" ,"):
            one = detail(Kind.ADDRESS, text, whole.pop().start, one.end)
        whole.append(one)
    return whole


def _apart(found: Iterable[Detail]) -> list[Detail]:
    """Return details in reading order; of those that overlap, the first given, or the longer of one kind."""
    kept: list[Detail] = []
    for one in found:
        rivals = [other for other in kept if _overlaps(one, [other])]
        beaten = any(other.kind is not one.kind or len(other.text) >= len(one.text) for other in rivals)
        if beaten and not _wider_address(one, rivals):
            continue
        kept = [other for other in kept if other not in rivals]
        kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _wider_address(one: Detail, rivals: list[Detail]) -> bool:
    return (
        one.kind is Kind.ADDRESS
        and all(one.start <= other.start and other.end <= one.end for other in rivals)
        and (all(len(one.text) > len(other.text) for other in rivals))
    )


def _overlaps(one: Detail, others: Iterable[Detail]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
