"""What a search run records of each question, one JSON object a line."""

from collections.abc import Sequence
from typing import TypedDict

from index.documents import ScoredPassage
from index.jsonl import write_records

__all__ = ["PassageRecord", "SearchRecord", "search_record", "write_records"]


class PassageRecord(TypedDict):
    """One passage found: its prose, where it stands in its document, its score."""

    source: str
    text: str
    start: int
    end: int
    page: int | None
    section: list[str]
    score: float


class SearchRecord(TypedDict):
    """The passages found for one question, best first, and the milliseconds it took."""

    id: str
    ms: float
    passages: list[PassageRecord]


def search_record(query_id: str, ms: float, scored: Sequence[ScoredPassage]) -> SearchRecord:
    """Return the record of one question; ``ms`` is its time with the index already open."""
    return {"id": query_id, "ms": round(ms, 3), "passages": [_passage_record(found) for found in scored]}


def _passage_record(found: ScoredPassage) -> PassageRecord:
    passage = found.passage
    return {
        "source": passage.source,
        "text": passage.prose,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "section": list(passage.section),
        "score": round(found.score, 6),
    }
