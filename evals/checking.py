"""Which cases no longer match the documents, and what text now stands nearest to what they expect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from evals.anchors import WordText, located
from evals.matching import normalise
from evals.questions import Evidence, Question
from index.documents import Document

LIKELY = 80.0  # similarity, out of 100, from which the nearest text is offered in place of the old


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place of a case that is not in the documents any more.

    ``nearest`` is the place that reads most like it, ``None`` when nothing comes near; ``likeness``
    is how much alike they are, 0 to 100. ``source_missing`` says that no document bears its file name.
    """

    question_id: str
    place: Evidence
    source_missing: bool
    nearest: Evidence | None
    likeness: float


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """What was found: places that match no more, and remarks on cases, by case id."""

    checked: int
    mismatches: tuple[Mismatch, ...]
    remarks: tuple[tuple[str, str], ...]


def check_cases(questions: Sequence[Question], documents: Sequence[Document]) -> CaseCheck:
    """Look every place of evidence up in the documents, and read the cases for what is surely amiss."""
    held = [(document.source, WordText(document.text)) for document in documents]
    mismatches = []
    for question in questions:
        for group in question.evidence:
            for place in group:
                texts = [text for source, text in held if source == place.source]
                if located(place, texts) is None:
                    mismatches.append(_mismatch(question.id, place, held, bool(texts)))
    return CaseCheck(len(questions), tuple(mismatches), tuple(_remarks(questions)))


def corrected(questions: Iterable[Question], check: CaseCheck) -> list[Question]:
    """Return the cases with each lost place replaced by the text nearest to it, where one is likely."""
    better = {
        (mismatch.question_id, mismatch.place): mismatch.nearest
        for mismatch in check.mismatches
        if mismatch.nearest and mismatch.likeness >= LIKELY
    }

    def group(question: Question, places: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(better.get((question.id, place)) or place for place in places)

    return [
        replace(question, evidence=tuple(group(question, places) for places in question.evidence))
        for question in questions
    ]


def _mismatch(
    question_id: str, place: Evidence, held: Sequence[tuple[str, WordText]], has_source: bool
) -> Mismatch:
    wanted = place.quote or f"{place.begin} {place.end}"
    found = [(*_nearest(wanted, text.text), source) for source, text in held]
    # the same document counts a little more: sentences are moved less often than reworded
    best = max(found, key=lambda row: row[0] + 5 * (row[2] == place.source), default=None)
    if best is None or best[0] < LIKELY / 2:
        return Mismatch(question_id, place, not has_source, None, 0.0)
    return Mismatch(question_id, place, not has_source, Evidence(best[2], best[1]), best[0])


def _nearest(wanted: str, text: str) -> tuple[float, str]:
    """Return the likeness (0 to 100) and the words of the stretch of a text nearest to other words."""
    plain = _same_length(text)
    alignment = fuzz.partial_ratio_alignment(_same_length(wanted), plain, score_cutoff=LIKELY / 2)
    if alignment is None:
        return 0.0, ""
    start, end = alignment.dest_start, alignment.dest_end
    while start > 0 and not plain[start - 1].isspace():
        start -= 1
    while end < len(plain) and not plain[end].isspace():
        end += 1
    return alignment.score, " ".join(text[start:end].split())


@lru_cache(maxsize=256)
def _same_length(text: str) -> str:
    """Return a text in small letters, each character one character still."""
    plain = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return plain.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").replace("\n", " ")


def _remarks(questions: Sequence[Question]) -> Iterable[tuple[str, str]]:
    asked: dict[tuple[str, tuple[str, ...]], str] = {}
    for question in questions:
        key = (normalise(question.question), question.history)
        if key in asked:
            yield question.id, f"même question que {asked[key]}"
        asked.setdefault(key, question.id)
        if question.is_answerable and not question.evidence and question.expects_answer:
            yield question.id, "aucune preuve\u00a0: la recherche ne sera pas mesurée"
        if not question.is_answerable and question.evidence:
            yield question.id, "des preuves, alors que le type dit «\u00a0sans réponse\u00a0»"
        for fact in question.facts:
            if question.answer and not any(
                normalise(alternative) in normalise(question.answer) for alternative in fact
            ):
                yield (
                    question.id,
                    f"la réponse attendue ne contient pas le fait «\u00a0{'|'.join(fact)}\u00a0»",
                )
