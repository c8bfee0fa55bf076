"""The answer from its sentences: how many, in what order, under which heading, by form of question.

A fact takes one sentence, a list the whole of it, a comparison one block for each side, a theme its
main points under headings. A sentence that leans on the one before is quoted with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Block
from assistant.asking import Asked, Form
from assistant.expecting import Expected, holds, is_figure
from assistant.listing import lead_of, whole_list
from assistant.quotable import Quotable, masked, quotable_sentences
from assistant.selecting import Sentence, is_orphan
from assistant.writing import LONGEST_EXCERPT, Excerpt, Writer
from index.library import Library

_CLOSE = 0.3  # below the best in score: as likely to answer
_MOST_CLOSE = 130  # words of such a sentence with those that it leans on
_LOOKED_BACK, _GAP = 2, 2  # sentences before one that leans on them; characters between, a note call apart
# What can be told from a sentence with certainty; that it holds a name tells less.
_SURE = frozenset(kind for kind in Expected if is_figure(kind)) | {Expected.DATE, Expected.LAW}
# Of score above the next sentence, of the question's words held: the first one answers alone.
_STANDS_OUT, _HOLDS = 0.8, 0.6
_ALIKE = 0.6  # share of the words of the shorter of two sentences, for them to say the same


@dataclass(frozen=True, slots=True)
class _Measure:
    """How much is quoted: sentences and words, and how near the best one in score the last may be.

    When those make a short answer, sentences further down bring it up to ``fill`` words: which one of
    them answers is seldom told by the score alone.
    """

    most: int
    words: int
    within: float
    fill: int = 0


_MEASURES = {
    Form.FACT: _Measure(3, 100, 1.0),
    Form.DECISION: _Measure(4, 130, 1.2, 120),
    Form.DEFINITION: _Measure(3, 120, 0.8, 110),
    Form.LIST: _Measure(5, 170, 1.2, 130),
    Form.HOWTO: _Measure(5, 160, 1.2, 125),
    Form.COMPARISON: _Measure(4, 130, 1.5, 120),
    Form.THEME: _Measure(6, 190, 2.5),
    Form.OPEN: _Measure(5, 160, 1.2, 140),
}
_VAGUE = _Measure(3, 120, 0.8, 120)  # a fact of a kind that the question does not tell
_FURTHER, _MORE = 1.6, 3  # below the best in score, and how many more sentences, to fill a short answer
_LEAST_ITEM = 5  # words of a list item quoted without the others
_LEAST_ROOM = 60  # words that a list leaves, for sentences beside it


def composed(library: Library, asked: Asked, sentences: Sequence[Sentence]) -> tuple[Block, ...]:
    """Return the blocks of an answer to a question, from the sentences scored for it, best first."""
    writer = Writer(library, sentences)
    if asked.form is Form.THEME:
        return writer.by_section(_chosen(asked, sentences, per_section=2))
    if whole := whole_list(library, asked, sentences):
        block = writer.listed(whole)
        return (*((block,) if block else ()), *writer.plain(_beside(asked, whole, sentences)))
    return writer.plain(_chosen(asked, sentences))


def headed(
    library: Library, sides: Sequence[tuple[str, Asked, Sequence[Sentence]]], room: int = 0
) -> tuple[Block, ...]:
    """Return one block for each side of a comparison or aspect of a theme, under its name.

    ``room`` is how many words each may hold, when not as many as its form calls for. What one block
    quotes, no later one does.
    """
    writer = Writer(library, [one for *_, found in sides for one in found])
    blocks, told = [], list[Excerpt]()
    for name, asked, sentences in sides:
        fresh = [one for one in sentences if not any(_holds(excerpt, one) for excerpt in told)]
        chosen = _chosen(asked, fresh, room=room)
        told += chosen
        if statements := writer.statements(chosen):
            blocks.append(Block(statements, heading=name))
    return tuple(blocks)


def _holds(excerpt: Excerpt, sentence: Sentence) -> bool:
    same = excerpt.sentence.passage.doc_id == sentence.passage.doc_id
    return same and excerpt.start <= sentence.start < excerpt.end


def _beside(asked: Asked, whole: Sequence[Sentence], sentences: Sequence[Sentence]) -> list[Excerpt]:
    """Return what to quote beside a list: nothing unless it is short."""
    room = _measure(asked).fill - sum(len(one.text.split()) for one in whole)
    if room < _LEAST_ROOM:
        return []
    listed = {one.place for one in whole}
    return _chosen(asked, [one for one in sentences if one.place not in listed], room=room)


def _chosen(
    asked: Asked, sentences: Sequence[Sentence], *, per_section: int = 0, room: int = 0
) -> list[Excerpt]:
    """Return the excerpts to quote, best first: near the best in score, none repeating another.

    ``room`` is how many words they may hold, when not as many as their form calls for.
    """
    measure = _measure(asked)
    most = measure.most + (asked.parts - 1 if asked.form is Form.FACT else 0)
    chosen: list[Excerpt] = []
    sections: dict[tuple[str, ...], int] = {}
    for sentence in sentences:
        below = chosen[0].sentence.score - sentence.score if chosen else 0.0
        if len(chosen) >= most + _MORE or below > max(measure.within, _FURTHER):
            break
        near = len(chosen) < most and below <= measure.within
        left = (room or (measure.words if near else measure.fill)) - sum(one.words for one in chosen)
        if chosen and (len(sentence.text.split()) > left or _suffices(asked, chosen, sentence)):
            continue
        if any(_alike(sentence, other.sentence) for other in chosen):
            continue
        excerpt = _standing_alone(sentence, close=below <= _CLOSE)
        if excerpt is None and _is_led(sentence, sentences):
            excerpt = Excerpt(sentence, sentence.start, sentence.end, len(sentence.text.split()))
        if excerpt is None or (chosen and excerpt.words > left):
            continue
        if (same := _overlapping(excerpt, chosen)) is not None:
            wider = excerpt.start <= chosen[same].start and chosen[same].end <= excerpt.end
            chosen[same] = excerpt if wider else chosen[same]
            continue
        section = (sentence.passage.doc_id, *sentence.passage.place_at(sentence.start).section[-1:])
        if per_section and sections.get(section, 0) >= per_section:
            continue
        sections[section] = sections.get(section, 0) + 1
        chosen.append(excerpt)
    return chosen


def _overlapping(excerpt: Excerpt, chosen: Sequence[Excerpt]) -> int | None:
    """Return the rank of a chosen excerpt that shares words with this one, ``None`` when none does."""
    for rank, other in enumerate(chosen):
        same = other.sentence.passage.doc_id == excerpt.sentence.passage.doc_id
        if same and excerpt.start < other.end and other.start < excerpt.end:
            return rank
    return None


def _measure(asked: Asked) -> _Measure:
    return _VAGUE if asked.form is Form.FACT and not asked.expected else _MEASURES[asked.form]


def _suffices(asked: Asked, chosen: Sequence[Excerpt], sentence: Sentence) -> bool:
    """Say whether what is chosen answers already, and this sentence adds no other fact."""
    if not chosen:
        return False
    best = chosen[0].sentence
    clear = best.score - sentence.score >= _STANDS_OUT or best.coverage >= _HOLDS
    if asked.form is not Form.FACT or len(chosen) < asked.parts or not clear:
        return False
    wanted = asked.expected - {Expected.REASON}
    if not wanted or not wanted <= _SURE:
        return False
    met = all(any(holds(kind, one.sentence.text) for one in chosen) for kind in wanted)
    other = any(is_figure(kind) and holds(kind, sentence.text) for kind in wanted)
    elsewhere = sentence.passage.speaker != chosen[0].sentence.passage.speaker
    return met and not (other and elsewhere)


def _is_led(item: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Say whether a list item that is no sentence can be quoted under the words that introduce it."""
    quotable = item.quotable
    if quotable.listed < 0 or quotable.leads or len(item.text.split()) < _LEAST_ITEM:
        return False
    return lead_of(item, sentences) is not None


def _standing_alone(sentence: Sentence, *, close: bool) -> Excerpt | None:
    """Return what to quote of a sentence: with the one before when it leans on it, nothing without it.

    ``close`` says that it scores like the best of an answer, for which more is quoted.
    """
    quotable = sentence.quotable
    if not quotable.whole or quotable.leads or quotable.text[:1].islower():
        return None
    start, words, text = sentence.start, len(sentence.text.split()), sentence.text
    for before in (*_before(sentence), None):
        if not is_orphan(text, sentence.asked):
            return Excerpt(sentence, start, sentence.end, words)
        if before is None:
            return None
        start, words, text = before.start, words + len(before.text.split()), before.text
        if words > (_MOST_CLOSE if close else LONGEST_EXCERPT):
            return None
    return None


def _before(sentence: Sentence) -> list[Quotable]:
    """Return the sentences right before, the nearest first, two at most, that nothing comes between."""
    passage, end = sentence.passage, sentence.start
    text = masked(passage)
    found: list[Quotable] = []
    for row in reversed([row for row in quotable_sentences(passage) if row.end <= sentence.start]):
        gap = text[row.end - passage.start : end - passage.start]
        if len(found) == _LOOKED_BACK or not row.whole or len(gap.strip(" \n\t0123456789")) > _GAP:
            break
        found.append(row)
        end = row.start
    return found


def _alike(one: Sentence, other: Sentence) -> bool:
    shared = len(one.terms & other.terms)
    return shared > _ALIKE * max(1, min(len(one.terms), len(other.terms)))
