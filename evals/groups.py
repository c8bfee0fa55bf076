"""What questions are grouped by when figures are given: type, tag, document, speaker."""

from collections.abc import Iterable, Mapping, Sequence

from evals.anchors import WordText, located, texts_by_source
from evals.questions import Evidence, Question
from index.documents import Document, Passage

AXES = ("type", "tag", "document", "speaker")
Groups = Mapping[str, Mapping[str, tuple[str, ...]]]  # question id -> axis -> names of its groups


def by_type(questions: Iterable[Question]) -> Groups:
    """Return the groups that need no library: types and tags."""
    return {question.id: {"type": (question.type,), "tag": question.tags} for question in questions}


def by_all(
    questions: Iterable[Question],
    documents: Sequence[Document],
    passages: Mapping[str, Sequence[Passage]],
) -> Groups:
    """Return the groups of each question; documents and speakers are those of its evidence.

    ``passages`` are those of each file name.
    """
    texts = texts_by_source(documents)

    def speaker(place: Evidence) -> str:
        held = texts(place.source)
        at = _offset(place, held)
        held_here = passages.get(place.source, ()) if at is not None else ()
        return next((one.speaker for one in held_here if one.start <= (at or 0) < one.end), "")

    groups = {}
    for question in questions:
        places = [place for group in question.evidence for place in group]
        groups[question.id] = {
            "type": (question.type,),
            "tag": question.tags,
            "document": tuple(dict.fromkeys(place.source for place in places)),
            "speaker": tuple(dict.fromkeys(filter(None, map(speaker, places)))),
        }
    return groups


def _offset(place: Evidence, texts: Sequence[WordText]) -> int | None:
    found = located(place, texts[:1])
    span = texts[0].find(found.quote) if found else None
    return span[0] if span else None
