"""What of a passage can be quoted: its sentences, its lists with the words that introduce them.

A list is told by its marks, by what ends its items, or by items that begin alike (« Développer… »,
« Créer… », « Proposition 14 »). A heading, a question, a bare address or a fragment is no sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citations import one_line
from assistant.verbs import has_verb
from index.documents import Passage
from index.sentences import sentence_spans
from index.structure.lines import ITEM, SPACED_ITEM

_LEAST, _MOST = 5, 100  # words: a sentence shorter says nothing alone, a longer one is no answer
_MOST_UNSPLIT = 60  # words: a longer sentence is cut into the items of the list it holds
_UNENDED = 9  # words: what has no end mark and is shorter is a title
INNER = 1000  # added to the rank of a block for the list that stands inside it
_MARKS = re.compile(r"(?:[\s•●▪◦‣➢➤►✓✔❖\uf0a7\uf0b7\uf0d8\uf0fc\uf02d*–—−#>-]|o\s{1,3}(?=[A-ZÀ-Ý]))*")
_NUMBER = re.compile(r"\d{1,3}\s+(?=[A-ZÀ-Ý][’'a-zà-ÿ])")  # of a note or of a page, stuck to what follows
_OPENS = re.compile(r"[A-ZÀ-Ý0-9«“\"(\[]|o ")
_ENDED = (".", ";", "!", "»", "…", ")", "%", "”", "”.", "».")
_PRESENTS = re.compile(r"[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý][\w’'-]+, [a-zà-ÿ]")
_TRAILS = re.compile(r"(?:Et |Ou |Mais )?(?:[Dd]e |[Dd][’'])[^,:]*$")
_DEBRIS = re.compile(
    r"https?:|www\.|@|\bIbid\b|\bop\. ?cit|^\W*(?:cf\.|voir|source|crédit|photo|figure|tableau)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"^(?:[A-ZÀ-Ý’'-]{2,}\s+){4,}")
_TRAILING_MARKS = re.compile(r"[\s•●▪◦➢➤✓\uf0a7\uf0b7\uf0d8\uf0fc*−–-]+$|\s+o\s*$")
# « … des départements.12 », « … des départements12. »
_NOTE_CALL = re.compile(r"[.!?…»”)](\d{1,3})$|(?<=[^\W\d_]{4})(\d{1,3})\W?$")
_ASSERTS = re.compile(r"(?:\S+\s+){7,}\S+ ?: ")  # « … autour d’une question : comment… ? » tells something
_BULLETS = " \n\t•●▪◦➢➤✓\uf0a7\uf0b7\uf0d8\uf0fc−–-o"
_ASKS = re.compile(r"\?[\s»”\")]*$")
_INNER_MARK = re.compile(
    r"(?:(?<=[:;,.])\s+|\n\s*)(?:[•●▪◦➢➤✓\uf0a7\uf0b7\uf0d8\uf0fc−–-]|o)\s+(?=\w)|(?<=;)[ \t]*\n\s*(?=\w)"
)
_SEMICOLON = re.compile(r";\s+(?=\w)")
_INFINITIVE = re.compile(r"(?:\w\)\s*)?(?:Se |S’|Ne pas |Mieux )?([A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re))\b")
_NUMBERED = re.compile(
    r"((?:Proposition|Recommandation|Mesure|Axe|Résolution|Préconisation)s?) ?(?:n°)? ?\d+", re.I
)
_LONGEST_ITEM = 110  # words


@dataclass(frozen=True, slots=True)
class Quotable:
    """A sentence of a passage: ``[start, end)`` in the document, its text on one line.

    ``before`` and ``after`` are its neighbours in the passage. ``block`` is the rank of the block it
    stands in; ``listed`` the rank of the list of the passage it belongs to, -1 when to none; ``leads``
    says that it introduces that list; ``whole`` that it is a sentence, not a title or a fragment.
    """

    start: int
    end: int
    text: str
    block: int
    before: str = ""
    after: str = ""
    listed: int = -1
    leads: bool = False
    whole: bool = True


def quotable_sentences(passage: Passage) -> list[Quotable]:
    """Return the sentences and list items of a passage, in reading order.

    What stands aside in the passage is left out of the text. A sentence that a page or a blank line
    cuts in two blocks is one.
    """
    text = masked(passage)
    rows: list[Quotable] = []
    for rank, start, end in _runs(passage, text):
        for first, last in sentence_spans(text, start, end):
            rows.extend(_quotables(passage, text, first, last, rank))
    rows = _in_lists(passage, text, rows)
    texts = ["", *(row.text for row in rows), ""]
    return [replace(row, before=texts[place], after=texts[place + 2]) for place, row in enumerate(rows)]


def masked(passage: Passage) -> str:
    """Return the text of a passage with blanks over what stands aside, lengths kept."""
    text = passage.text
    for first, last in passage.asides:
        at, until = first - passage.start, last - passage.start
        text = text[:at] + " " * (until - at) + text[until:]
    return text


def _runs(passage: Passage, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the ``(rank, start, end)`` of the blocks in the text, those that one sentence joins as one."""
    blocks = [(start - passage.start, end - passage.start) for start, end in passage.blocks] or [
        (0, len(text))
    ]
    rank, (start, end) = 0, blocks[0]
    # A block that holds only what stands aside is blank here.
    for following, (first, last) in enumerate(blocks[1:], start=1):
        goes_on = (
            not text[start:end].rstrip().endswith((*_ENDED, ":", "?", ",")) and not text[end:first].strip()
        )
        if goes_on and text[first:last].lstrip()[:1].islower() and not _marked(text[first:last].lstrip()):
            end = last
            continue
        yield rank, start, end
        rank, start, end = following, first, last
    yield rank, start, end


def _quotables(passage: Passage, text: str, first: int, last: int, block: int) -> Iterator[Quotable]:
    """Yield a sentence, or the items of the list that a very long one is."""
    long = len(text[first:last].split()) > _MOST_UNSPLIT
    bounds = [mark.end() for mark in _INNER_MARK.finditer(text, first, last)]
    if len(bounds) < 2 and long:
        bounds = [mark.end() for mark in _SEMICOLON.finditer(text, first, last)]
    introduced = bool(bounds) and text[first : bounds[0]].rstrip(_BULLETS).endswith(":")
    if len(bounds) < 2 or not (long or introduced):
        yield from _quotable(passage, text, first, last, block)
        return
    for place, (begin, stop) in enumerate(zip([first, *bounds], [*bounds, last], strict=True)):
        for row in _quotable(passage, text, begin, stop, block, inner=True):
            yield replace(row, listed=INNER + block, leads=introduced and not place)


def _quotable(
    passage: Passage, text: str, first: int, last: int, block: int, *, inner: bool = False
) -> Iterator[Quotable]:
    first += len(_MARKS.match(text, first, last).group())  # type: ignore[union-attr]
    if number := _NUMBER.match(text, first, last):
        first += len(number.group())
    last = first + len(_TRAILING_MARKS.sub("", text[first:last]))
    if call := _NOTE_CALL.search(text, first, last):
        last = call.start(1) if call.group(1) else call.start(2)
    shown = one_line(text[first:last])
    if not shown or _DEBRIS.search(shown):
        return
    words = len(shown.split())
    ended = shown.endswith(_ENDED) or (words >= _UNENDED and not shown.endswith((":", "?", ",")))
    asks = _ASKS.search(shown) is not None
    tells = (ended and not asks) or (asks and _ASSERTS.match(shown) is not None)
    opens = inner or _OPENS.match(shown) is not None
    whole = opens and tells and _LEAST <= words <= _MOST and not _CAPITALS.match(shown) and _tells(shown)
    yield Quotable(passage.start + first, passage.start + last, shown, block, whole=whole)


def _tells(text: str) -> bool:
    """Say whether a text is more than a name or a call: « Mathieu Klein, président », « De sens. »."""
    if len(text.split()) >= _UNENDED:
        return True
    return not _PRESENTS.match(text) and (not _TRAILS.match(text) or has_verb(text))


def _in_lists(passage: Passage, text: str, rows: Sequence[Quotable]) -> list[Quotable]:
    """Return the sentences with the lists they belong to."""
    lists = _lists(passage, text)
    placed = list(rows)
    for number, (lead, items) in enumerate(lists):
        leads = [place for place, row in enumerate(placed) if row.block == lead]
        for place, row in enumerate(placed):
            if row.block in items and row.listed < 0:
                placed[place] = replace(row, listed=number)
        if leads:
            placed[leads[-1]] = replace(placed[leads[-1]], listed=number, leads=True)
    return placed


def _lists(passage: Passage, text: str) -> list[tuple[int, frozenset[int]]]:
    """Return the lists of a passage: the block that introduces each (-1: none), those of its items."""
    blocks = [text[start - passage.start : end - passage.start] for start, end in passage.blocks]
    found: list[tuple[int, frozenset[int]]] = []
    rank = 0
    while rank < len(blocks):
        lead = _introduces(blocks[rank])
        first = rank + 1 if lead else rank
        items = _items(blocks, first, introduced=lead)
        if len(items) >= (2 if lead else 3):
            found.append((rank if lead else -1, frozenset(items)))
            rank = items[-1] + 1
        else:
            rank += 1
    return found


def _introduces(block: str) -> bool:
    return block.rstrip().endswith(":")


def _items(blocks: Sequence[str], first: int, *, introduced: bool) -> list[int]:
    """Return the ranks of the blocks from ``first`` on that make one list."""
    items: list[int] = []
    for rank in range(first, len(blocks)):
        block = blocks[rank]
        if _introduces(block) and items and not _marked(block):
            break
        if len(block.split()) > _LONGEST_ITEM or (
            items and not _follows(blocks[items[-1]], block, blocks[first])
        ):
            break
        if not items and not introduced and not (_marked(block) or _form(block)):
            break
        items.append(rank)
    return items


def _follows(before: str, block: str, first: str) -> bool:
    """Say whether a block goes on with the list that the block before belongs to."""
    if _marked(first):
        return _marked(block)
    if before.rstrip().endswith((";", ",")):
        return True
    return bool(_form(first)) and _form(block) == _form(first)


def _marked(block: str) -> bool:
    return ITEM.match(block) is not None or SPACED_ITEM.match(block) is not None


def _form(block: str) -> str:
    """Return what items that begin alike share: an infinitive, a numbered proposal."""
    text = _MARKS.sub("", block, count=1)
    if numbered := _NUMBERED.match(text):
        return numbered.group(1).lower()
    return "infinitive" if _INFINITIVE.match(text) else ""
