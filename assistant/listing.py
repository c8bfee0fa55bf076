"""The list that answers a question, whole: what introduces it, its items, those on the next page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.asking import Asked, Form
from assistant.quotable import INNER, quotable_sentences
from assistant.selecting import Sentence
from index.library import Library

_LISTING = (Form.LIST, Form.HOWTO)
_TRIED = 3  # best sentences whose list may be the answer
_NEAR_ITEM = 1.2  # below the best in score: an item that answers too
_MOST = 320  # words of a list shown whole
_SEAM = 6  # characters between the end of a list and that of its passage, when the passage cuts it


def whole_list(library: Library, asked: Asked, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the list that answers, in order, nothing when none does.

    It is one that a best sentence introduces, one that a single sentence holds, or, where a list is
    asked for, one whose items mostly are among the best. ``sentences`` are scored, best first.
    """
    for sentence in sentences[: _TRIED if asked.form in _LISTING else 1]:
        if sentence.quotable.listed < 0:
            continue
        same = _same_list(sentence, sentences)
        items = [one for one in same if not one.quotable.leads]
        near = [one for one in items if one.score >= sentences[0].score - _NEAR_ITEM]
        told = sentence.quotable.leads or sentence.quotable.listed >= INNER
        mostly = asked.form is Form.LIST and sentence is sentences[0] and 2 * len(near) >= len(items)
        if len(items) > 1 and (told or mostly):
            whole = [*same, *_beyond(library, same[-1])]
            return whole if sum(len(one.text.split()) for one in whole) <= _MOST else []
    return []


def lead_of(item: Sentence, sentences: Iterable[Sentence]) -> Sentence | None:
    """Return what introduces the list that a sentence is an item of."""
    return next((one for one in _same_list(item, sentences) if one.quotable.leads), None)


def _same_list(sentence: Sentence, sentences: Iterable[Sentence]) -> list[Sentence]:
    key = (sentence.passage.passage_id, sentence.quotable.listed)
    same = [one for one in sentences if (one.passage.passage_id, one.quotable.listed) == key]
    return sorted(same, key=lambda one: one.start)


def _beyond(library: Library, last: Sentence) -> list[Sentence]:
    """Return the items of a list that the next passage holds, when the end of a passage cuts it."""
    passage = last.passage
    if last.quotable.listed >= INNER or last.end < passage.start + len(passage.text.rstrip()) - _SEAM:
        return []
    following = (one for one in library.passages_of(passage.doc_id) if one.start > passage.start)
    after = next((one for one in following if one.end > passage.end), None)
    rows = [row for row in quotable_sentences(after) if row.start > last.end] if after else []
    if not after or not rows or rows[0].listed < 0 or rows[0].leads or after.section != passage.section:
        return []
    kept = [row for row in rows if row.listed == rows[0].listed and not row.leads]
    return [replace(last, passage=after, also=(), quotable=row) for row in kept]
