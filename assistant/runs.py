"""What an answer run records of each question, one JSON object a line."""

from typing import TypedDict

from assistant.answers import Answer
from assistant.citations import Citation


class CitationRecord(TypedDict):
    """One quote of an answer, under the marker ``[n]``, and where it stands in its document."""

    n: int
    source: str
    quote: str
    start: int
    end: int
    page: int | None


class AnswerRecord(TypedDict):
    """The answer to one question, and the milliseconds it took; ``status`` as in ``Status``."""

    id: str
    ms: float
    status: str
    answer: str
    citations: list[CitationRecord]


def answer_record(query_id: str, ms: float, answer: Answer) -> AnswerRecord:
    """Return the record of one question; ``ms`` is its time with the index already open."""
    return {
        "id": query_id,
        "ms": round(ms, 3),
        "status": answer.status.value,
        "answer": answer.text,
        "citations": [_citation_record(citation) for citation in answer.citations],
    }


def _citation_record(citation: Citation) -> CitationRecord:
    return {
        "n": citation.marker,
        "source": citation.passage.source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "page": citation.page,
    }
