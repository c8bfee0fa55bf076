"""The date of a document: the one its first lines state, else the one in its metadata."""

import re

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_STATED = re.compile(
    r"(?:\b(?P<day>[0-3]?\d)(?:er)?[ \u00a0]+)?"
    rf"\b(?P<month>{'|'.join(_MONTHS)})[ \u00a0]+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?")
_COMPACT = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
_COVER_LINES, _COVER_LINE_CHARACTERS = 12, 90


def stated_date(text: str) -> str:
    """Return the first date that a short line of the opening states (« Rapport, mai 2023 »).

    As ``2022-07-12`` or ``2023-05``, ``""`` when there is none. A date inside a sentence is the
    date of something else.
    """
    lines = [line for line in text[:5_000].splitlines() if line.strip()][:_COVER_LINES]
    short = (line for line in lines if len(line) <= _COVER_LINE_CHARACTERS and not line.endswith("."))
    found = next(filter(None, map(_STATED.search, short)), None)
    if found is None:
        return ""
    month = _MONTHS.index(found["month"].lower()) + 1
    day = int(found["day"]) if found["day"] else 0
    return f"{found['year']}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else "")


def iso_date(value: str) -> str:
    """Return the day of a metadata date (``2023-05-04T…`` or ``D:20230504…``), ``""`` if it is none."""
    found = _ISO.match(value.strip()) or _COMPACT.match(value.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        return ""
    return "-".join(part for part in found.groups() if part)
