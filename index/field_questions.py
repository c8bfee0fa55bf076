"""The questions that passages answer, indexed with them.

Practitioners do not talk like reports. A passage searched together with the questions it answers
(document expansion, Nogueira et al. 2019, arXiv:1904.08375) is found in their words, and the
understanding costs nothing when they ask. A fiche carries its questions; those of a known report
stand in ``corpus/questions/*.jsonl``, those that ``enrich`` had a model write for other documents in
the folder ``questions`` of the index, tied to the text by the first and last words of the part they
ask about, so that they survive another chunking.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index.config import shipped_corpus
from index.documents import Document, FieldQuestion, Passage
from index.jsonl import at_line, read_records
from index.wording import Wording

_LONGEST = 3  # a part found is at most this many times as long as the words it was written for
_CHARACTERS_PER_WORD = 8
_SHARED = 0.5  # share of the part, or of the passage, that must be common to both


@dataclass(frozen=True, slots=True)
class Anchored:
    """Questions on one part of a report: its first words, its last words, its length in words."""

    begins: str
    ends: str
    words: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """Passages with their questions, and how many parts the text no longer holds."""

    passages: tuple[Passage, ...]
    unmatched: int = 0


def known_questions(index: Path) -> list[Path]:
    """Return the files of questions of an index: those that ship, then those written for it."""
    return [*shipped_questions(), *sorted(enriched_folder(index).glob("*.jsonl"))]


def enriched_folder(index: Path) -> Path:
    """Return the folder of the questions written for the documents of an index, a file for each."""
    return index / "questions"


def shipped_questions() -> list[Path]:
    """Return the files of questions on known reports that ship with the product."""
    return sorted((shipped_corpus().parent / "questions").glob("*.jsonl"))


def read_anchored(path: Path) -> tuple[Anchored, ...]:
    """Read one file of questions. Raises ``UsageError`` with the line of a bad entry."""
    seen = path.stat()
    return _read_anchored(path, seen.st_mtime_ns, seen.st_size)


@cache
def _read_anchored(path: Path, modified: int, size: int) -> tuple[Anchored, ...]:
    """Read one file once for each state of it."""
    found = []
    for number, record in read_records(path):
        try:
            questions = tuple(str(question) for question in record["questions"])
            entry = Anchored(record["from"], record["to"], int(record["words"]), questions)
        except (KeyError, TypeError, ValueError) as error:
            raise at_line(path, number, "il faut from, to, words et questions") from error
        found.append(entry)
    return tuple(found)


def attach(document: Document, passages: Sequence[Passage], files: Iterable[Path]) -> Attached:
    """Return the passages with the questions they answer.

    A file speaks of this document when the first or the last of its parts stands in it; several may.
    A part printed several times gives its questions to each of its places.
    """
    if document.field_questions:
        own = tuple(FieldQuestion(text, *document.body) for text in document.field_questions)
        return Attached(tuple(replace(passage, questions=own) for passage in passages))
    wording = Wording(document.text)
    known: list[Anchored] = []
    for file in files:
        parts = read_anchored(file)
        if parts and any(wording.holds(part.begins) for part in (parts[0], parts[-1])):
            known.extend(parts)
    return _attach(passages, known, wording) if known else Attached(tuple(passages))


def _attach(passages: Sequence[Passage], parts: Sequence[Anchored], wording: Wording) -> Attached:
    collected: dict[str, dict[str, FieldQuestion]] = {passage.passage_id: {} for passage in passages}
    unmatched = 0
    for part in parts:
        places = list(_places(part, wording))
        unmatched += not places
        for start, end in places:
            for passage in passages:
                if _common(passage, start, end):
                    for text in part.questions:
                        collected[passage.passage_id][text] = FieldQuestion(text, start, end)
    given = (
        replace(passage, questions=tuple(collected[passage.passage_id].values())) for passage in passages
    )
    return Attached(tuple(given), unmatched)


def _places(part: Anchored, wording: Wording) -> Iterator[tuple[int, int]]:
    """Yield the ``(start, end)`` of each place of a part: its first words, then its last."""
    longest = _LONGEST * _CHARACTERS_PER_WORD * part.words
    start = wording.find(part.begins)
    while start is not None:
        end = wording.find(part.ends, start)
        if end is not None and end - start <= longest:
            yield start, end + len(part.ends)
        start = wording.find(part.begins, start + 1)


def _common(passage: Passage, start: int, end: int) -> bool:
    shared = min(passage.end, end) - max(passage.start, start)
    return shared >= _SHARED * min(passage.end - passage.start, end - start)
