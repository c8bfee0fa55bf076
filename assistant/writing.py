"""Quotes as they are shown: numbered, checked in their document, in reading order, under headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Block, Statement
from assistant.citations import cite, one_line, stands_in
from assistant.listing import lead_of
from assistant.quotable import masked
from assistant.selecting import Sentence
from index.documents import Passage
from index.instructions import speaks_to_a_machine
from index.kinds import PassageKind
from index.library import Library

LONGEST_EXCERPT = 85  # words of sentences quoted in one piece
_ONE_PLACE = 2_500  # characters between two excerpts of one place: a page
_HEADING = 90  # characters
_ENDS = (".", "!", "?", "…", "»", "”", ")")
# Titles that stand over a part of any text: they tell nothing of its theme.
_FORMULA = re.compile(
    r"(?:pourquoi|comment|pour|constats?|propositions?|préconisations?|recommandations?|exposé des motifs"
    r"|introduction|conclusion|avant-propos|contexte(?: et enjeux)?|enjeux|objectifs?|notes"
    r"|synthèse|fiches mesures"
    r"|annexe \d+.*|en constat|en débat|exemples?)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of text to quote: one sentence, or a few that follow each other."""

    sentence: Sentence
    start: int
    end: int
    words: int


class Writer:
    """Turns excerpts into statements, numbered in the order they are written."""

    def __init__(self, library: Library, sentences: Sequence[Sentence]) -> None:
        self._library = library
        self._sentences = sentences
        self._marker = 0

    def plain(self, chosen: Iterable[Excerpt]) -> tuple[Block, ...]:
        """Return the excerpts as they come, items of one list together under what introduces it."""
        groups: dict[tuple[str, int], list[Excerpt]] = {}
        for number, excerpt in enumerate(_joined(_in_order(chosen))):
            listed = excerpt.sentence.quotable.listed
            key = (excerpt.sentence.passage.passage_id, listed) if listed >= 0 else ("", -number - 1)
            groups.setdefault(key, []).append(excerpt)
        blocks: list[Block | None] = []
        for (_, listed), group in groups.items():
            lead = lead_of(group[0].sentence, self._sentences) if listed >= 0 else None
            if lead or len(group) > 1:
                blocks.append(self._list(lead, group))
            else:
                blocks.append(Block(shown) if (shown := self._each(group)) else None)
        return tuple(block for block in blocks if block)

    def by_section(self, chosen: Iterable[Excerpt]) -> tuple[Block, ...]:
        """Return the excerpts under the headings of their sections."""
        groups: dict[str, list[Excerpt]] = {}
        for excerpt in chosen:
            groups.setdefault(heading(excerpt.sentence.passage, excerpt.start), []).append(excerpt)
        blocks = ((title, self.statements(group)) for title, group in groups.items())
        return tuple(Block(statements, heading=title) for title, statements in blocks if statements)

    def listed(self, whole: Sequence[Sentence]) -> Block | None:
        """Return a list with the words that introduce it, or the title it stands under."""
        lead = next((one for one in whole if one.quotable.leads), None)
        items = [Excerpt(one, one.start, one.end, 0) for one in whole if one is not lead]
        block = self._list(lead, items)
        title = heading(whole[0].passage, whole[0].start)
        return block if lead or block is None else replace(block, heading=title)

    def statements(self, chosen: Iterable[Excerpt]) -> tuple[Statement, ...]:
        """Return the excerpts as statements: by passage as they come, then in reading order."""
        return self._each(_joined(_in_order(chosen)))

    def _each(self, excerpts: Iterable[Excerpt]) -> tuple[Statement, ...]:
        """Return each excerpt as a statement with a marker of its own."""
        found = []
        for one in excerpts:
            if statement := self._statement(one, self._marker + 1):
                self._marker += 1
                found.append(statement)
        return tuple(found)

    def _list(self, lead: Sentence | None, items: Iterable[Excerpt]) -> Block | None:
        """Return a list, all of it under one marker: its lead and its items are pieces of one quote."""
        marker = self._marker + 1
        led = self._statement(Excerpt(lead, lead.start, lead.end, 0), marker) if lead else None
        shown = tuple(one for item in items if (one := self._statement(item, marker)))
        if not shown:
            return None
        self._marker = marker
        return Block(shown, listed=True, lead=led)

    def _statement(self, excerpt: Excerpt, marker: int) -> Statement | None:
        """Return the quote of a place.

        ``None`` when it does not stand there word for word, or speaks to a machine, not to a reader.
        """
        passage = excerpt.sentence.passage
        pieces = cite(marker, passage, excerpt.start, excerpt.end, excerpt.sentence.also)
        document = self._library.document(passage.doc_id)
        if document is None or not pieces:
            return None
        if not all(stands_in(piece.quote, document.text[piece.start : piece.end]) for piece in pieces):
            return None
        text = " ".join(piece.quote for piece in pieces)
        return None if speaks_to_a_machine(text) else Statement(text, tuple(pieces))


def _in_order(chosen: Iterable[Excerpt]) -> list[Excerpt]:
    """Return excerpts with those that stand near each other together, in reading order.

    The places come in the order of the best excerpt of each.
    """
    places: list[list[Excerpt]] = []
    for excerpt in chosen:
        near = next((place for place in places if any(_near(excerpt, other) for other in place)), None)
        if near is None:
            places.append([excerpt])
        else:
            near.append(excerpt)
    return [excerpt for place in places for excerpt in sorted(place, key=lambda one: one.start)]


def _near(one: Excerpt, other: Excerpt) -> bool:
    same = one.sentence.passage.doc_id == other.sentence.passage.doc_id
    return same and abs(one.start - other.start) <= _ONE_PLACE


def _joined(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Return excerpts with those that follow each other, or overlap, as one."""
    joined: list[Excerpt] = []
    for excerpt in excerpts:
        last = joined[-1] if joined else None
        if last and last.sentence.passage.passage_id == excerpt.sentence.passage.passage_id:
            passage = excerpt.sentence.passage
            gap = masked(passage)[last.end - passage.start : max(0, excerpt.start - passage.start)]
            words = last.words + excerpt.words
            follows = not gap.strip() and _follow(last.sentence, excerpt.sentence)
            if (excerpt.start <= last.end or follows) and words <= LONGEST_EXCERPT:
                joined[-1] = Excerpt(last.sentence, last.start, max(last.end, excerpt.end), words)
                continue
            if excerpt.end <= last.end:
                continue
        joined.append(excerpt)
    return joined


def _follow(one: Sentence, other: Sentence) -> bool:
    """Say whether two sentences can be read as one piece: not the items of a list, or titles."""
    listed = one.quotable.listed >= 0 or other.quotable.listed >= 0
    return not listed and one.text.rstrip().endswith(_ENDS) and not other.text[:1].islower()


def heading(passage: Passage, offset: int) -> str:
    """Return the title over a place of a passage, the organisation that speaks before it."""
    section = [_clean(title) for title in passage.place_at(offset).section]
    telling = (one for one in reversed(section) if 3 <= len(one) <= _HEADING and not _FORMULA.match(one))
    title = next(telling, "")
    # An account of experience is told by those who lived it, whoever publishes it.
    speaker = "" if passage.kind == PassageKind.EXPERIENCE else passage.speaker
    if not speaker or speaker.lower() in title.lower():
        return title or one_line(passage.title)
    return f"{speaker}\u00a0: {title}" if title else speaker


def _clean(title: str) -> str:
    title = re.sub(r"^(?:\W|\d+[.)]?|[IVX]+\s?[-–.)]|[A-Z]\s?[/)])+\s*", "", one_line(title)).rstrip(" :.")
    return title.capitalize() if title.isupper() else title[:1].upper() + title[1:]
