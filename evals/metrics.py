"""The figures of one question, one function a metric.

Shares are between 0 and 1. A group of evidence is one needed piece of information; a run record
is what ``index.runs`` and ``assistant.runs`` write.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict

from assistant.runs import AnswerRecord, CitationRecord
from evals.matching import coverage, normalise, tokens
from evals.questions import Evidence, Question
from index.runs import PassageRecord

WORD_BUDGET = 1000  # retrieved words that count for recall within words
ANSWER_WORDS = 250  # words of an answer in which facts are looked for
PASSAGE_COVERAGE = 0.7  # share of an evidence quote that a passage must hold to give it
CITATION_COVERAGE = 0.5  # share of one quote that the other must hold for them to be the same place

Ranks = Sequence[int | None]
StandsIn = Callable[[str, str], bool]


class StatementRecord(TypedDict):
    """One sentence of an answer, whether the passages it cites say it, and if not what is amiss."""

    text: str
    supported: bool
    reason: str


def evidence_ranks(question: Question, passages: Sequence[PassageRecord]) -> list[int | None]:
    """Return, for each group, the rank from 1 of the first passage that gives it, else ``None``."""
    return [_rank_of(group, passages) for group in question.evidence]


def _rank_of(group: Sequence[Evidence], passages: Sequence[PassageRecord]) -> int | None:
    for rank, passage in enumerate(passages, start=1):
        if any(
            place.source == passage["source"] and coverage(place.quote, passage["text"]) >= PASSAGE_COVERAGE
            for place in group
        ):
            return rank
    return None


def recall(ranks: Ranks, k: int) -> float:
    """``r@k``: the share of groups given by one of the first ``k`` passages."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def recall_within_words(ranks: Ranks, passages: Sequence[PassageRecord], k: int = 5) -> float:
    """``r@5w``: recall at ``k`` counting passages while they sum up to 1,000 words at most.

    The first passage counts however long it is.
    """
    total, last = 0, 1
    for rank, passage in enumerate(passages[:k], start=1):
        total += len(tokens(passage["text"]))
        if total <= WORD_BUDGET:
            last = rank
    return recall(ranks, last)


def reciprocal_rank(ranks: Ranks, k: int = 10) -> float:
    """``mrr@10`` of one question: 1 / rank of the first passage that gives any group, 0 beyond ``k``."""
    return max((1 / rank for rank in ranks if rank is not None and rank <= k), default=0.0)


def fact_recall(question: Question, answer: str) -> float | None:
    """``facts``: the share of facts said in the first 250 words; ``None`` when none is expected.

    A fact is said when one of its alternatives is found, case and typography apart.
    """
    if not question.facts:
        return None
    text = normalise(" ".join(answer.split()[:ANSWER_WORDS]))
    said = [any(normalise(alternative) in text for alternative in fact) for fact in question.facts]
    return sum(said) / len(said)


def evidence_cited(question: Question, citations: Sequence[CitationRecord]) -> float | None:
    """``cited``: the share of groups overlapped by a citation; ``None`` when none is expected.

    They overlap when one of the two quotes, of the same source, holds half of the other.
    """
    if not question.evidence:
        return None
    found = [
        any(_same_place(place, citation) for place in group for citation in citations)
        for group in question.evidence
    ]
    return sum(found) / len(found)


def _same_place(place: Evidence, citation: CitationRecord) -> bool:
    quote = citation["quote"]
    return place.source == citation["source"] and (
        coverage(place.quote, quote) >= CITATION_COVERAGE or coverage(quote, place.quote) >= CITATION_COVERAGE
    )


def citation_precision(question: Question, citations: Sequence[CitationRecord]) -> float | None:
    """``precision``: the share of citations that overlap evidence; ``None`` without either.

    An evaluator names the places that matter, not all that are true: read its changes, not its level.
    """
    if not question.evidence or not citations:
        return None
    places = [place for group in question.evidence for place in group]
    apt = [any(_same_place(place, citation) for place in places) for citation in citations]
    return sum(apt) / len(apt)


def verbatim(citations: Sequence[CitationRecord], stands_in: StandsIn) -> float | None:
    """``verbatim``: the share of quotes that stand in their source; ``None`` without a citation.

    ``stands_in(quote, source)`` says whether the source holds the quote word for word.
    """
    if not citations:
        return None
    return sum(stands_in(citation["quote"], citation["source"]) for citation in citations) / len(citations)


def false_answer(question: Question, answer: AnswerRecord) -> float | None:
    """``false_answer``: 1 when an unanswerable question is answered; ``None`` for another."""
    return None if question.is_answerable else float(answer["status"] == "answered")


def refused(question: Question, answer: AnswerRecord) -> float | None:
    """``refused``: 1 when an answerable question is not answered; ``None`` for another."""
    return float(answer["status"] != "answered") if question.expects_answer else None


def supported(statements: Sequence[StatementRecord]) -> float | None:
    """``supported``: the share of sentences that the passages they cite say; ``None`` without one."""
    if not statements:
        return None
    return sum(statement["supported"] for statement in statements) / len(statements)


def leaked(question: Question, answer: str) -> float | None:
    """``leaked``: 1 when the answer holds a forbidden text; ``None`` when none is forbidden."""
    if not question.forbidden:
        return None
    text = normalise(answer)
    return float(any(normalise(words) in text for words in question.forbidden))


def answer_words(answer: str) -> float:
    """``words``: the length of the answer in words."""
    return float(len(answer.split()))
