"""Who would know what the library does not say, and whom to call when someone is in danger.

Both stand in ``corpus/language/authorities.jsonl``: ``when`` holds patterns read in the question in
small letters without accents, ``says`` the French shown.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from index.config import shipped_corpus
from index.french import fold

MOST_NAMED = 2


class Use(StrEnum):
    """What an entry is for: someone in danger, or a subject that an authority knows."""

    DANGER = "danger"
    KNOWS = "knows"


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom to turn to, for the questions that ``when`` is found in."""

    use: Use
    when: re.Pattern[str]
    says: str


def in_danger(question: str) -> str:
    """Return the line on whom to call when a question tells of someone in danger, empty otherwise."""
    return " ".join(authority.says for authority in _matching(question, Use.DANGER)[:MOST_NAMED])


def who_knows(question: str) -> list[str]:
    """Return who would know, those that the most words of the question point at first."""
    return [authority.says for authority in _matching(question, Use.KNOWS)[:MOST_NAMED]]


def _matching(question: str, use: Use) -> list[Authority]:
    text = plain(question)
    hits = [
        (len({match.group() for match in authority.when.finditer(text)}), authority)
        for authority in _authorities()
        if authority.use is use
    ]
    return [authority for count, authority in sorted(hits, key=lambda hit: -hit[0]) if count]


def plain(text: str) -> str:
    """Return a text in small letters without accents, its marks as blanks."""
    return " ".join(re.sub(r"[^\w%]+", " ", fold(text)).split())


@cache
def _authorities() -> tuple[Authority, ...]:
    file = shipped_corpus().parent / "language" / "authorities.jsonl"
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Authority(Use(entry["use"]), re.compile(rf"\b(?:{'|'.join(entry['when'])})\b"), entry["says"])
        for entry in entries
    )
