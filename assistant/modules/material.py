"""The matter of a module: the sentences of the library on a theme that can be quoted alone, and its lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.citations import one_line, stands_in
from assistant.modules.module import Quote
from assistant.modules.selection import EVERYTHING, Selection
from assistant.modules.speaking import Organisations
from assistant.modules.standing import reads_alone, reads_as_lead
from assistant.quotable import Quotable, quotable_sentences
from index.documents import Document, Passage, ScoredPassage
from index.french import analyse
from index.library import Library

READ = 90  # passages of the library read for a theme
# A sentence is on the theme when it holds this share of its words, is as near to it in meaning, or
# stands in a passage that is nearly as good as the best one.
_HELD, _NEAR, _STRONG = 0.5, 0.36, 0.5
_FULL, _LOW = 0.8, 0.3  # scores: a best passage better than this counts as this; one lower is never strong
_COVERAGE, _LIKENESS, _PASSAGE = 1.0, 1.5, 1.5
_LONGEST = 75  # words quoted in one piece
_ASIDE_KINDS = ("note", "référence bibliographique", "texte de loi cité")
_TRAILING = re.compile(
    r"\s*\((?P<ref>[^()]*(?:livre blanc|contribution|texte de|dossier|avis|rapport|fiche|annexe|p\."
    r"|chapitre|déclaration)[^()]*)\)"
    r"(?P<end>\s*[.;,:]?)\s*$"
)
_END = re.compile(r"[\s;,:]+$")
_INLINE = re.compile(r":\s*\n?\s*[-•–]\s+")
_ITEM = re.compile(r"(?:^|\n|;)\s*[-•–]\s+|;\s+(?=[-•–]\s)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a document: what introduces it, and its items."""

    lead: Quote
    items: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the library holds on a theme, best first.

    ``quotes`` are on the theme; ``around`` are the other quotable sentences of the passages read, for
    distractors; ``lists`` those on the theme; ``other_lists`` the others. ``passages`` are all that
    were read, best first; ``questions`` what practitioners ask there, nearest first.
    """

    theme: str
    quotes: tuple[Quote, ...]
    around: tuple[Quote, ...]
    lists: tuple[Listing, ...]
    other_lists: tuple[Listing, ...]
    passages: tuple[ScoredPassage, ...]
    organisations: Organisations
    questions: tuple[str, ...]

    @property
    def places(self) -> set[tuple[str, str]]:
        """The sections that the quotes on the theme come from."""
        return {(quote.title, quote.section) for quote in self.quotes}


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote not yet placed on the theme or beside it, with the score of its passage (1 for the best)."""

    quote: Quote
    score: float
    strong: bool


def gathered(library: Library, theme: str, selection: Selection = EVERYTHING) -> Material:
    """Return what the library holds on a theme that can be quoted. Raises ``UsageError`` as ``retrieve``."""
    found = library.retrieve(theme, READ, (), selection.filters)
    organisations = Organisations.of(library)
    kept = [one for one in found if one.passage.kind not in _ASIDE_KINDS]
    rows: list[_Found] = []
    listings: list[tuple[Listing, float]] = []
    top = min(_FULL, max((one.score for one in found), default=_FULL))
    strong = max(_STRONG, _LOW / top)
    for one in kept:
        document = library.document(one.passage.doc_id)
        if document is None:
            continue
        for made in _quoted(document, one.passage, organisations):
            if isinstance(made, Listing):
                if reads_as_lead(made.lead.text):
                    listings.append((made, one.score / top))
            elif reads_alone(made.text) and selection.accepts(
                made.speaker, organisations.named_in(made.text)
            ):
                rows.append(_Found(made, min(1.0, one.score / top), one.score / top >= strong))
    scored, on_theme = _scored(library, theme, rows)
    lists = [listing for listing, score in listings if score >= strong]
    return Material(
        theme,
        tuple(quote for quote in scored if quote.place in on_theme),
        tuple(quote for quote in scored if quote.place not in on_theme),
        tuple(lists),
        tuple(listing for listing, score in listings if score < strong),
        tuple(found),
        organisations,
        _field_questions(library, theme, found),
    )


def is_verbatim(library: Library, quote: Quote) -> bool:
    """Say whether a quote stands word for word at its place in the library."""
    document = library.document(quote.doc_id)
    return document is not None and stands_in(quote.text, document.text[quote.start : quote.end])


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the terms of a text that count, each once."""
    return frozenset(analyse(text))


def alike(one: str, other: str) -> float:
    """Return the share of the words of the shorter text that the other holds, 0 to 1."""
    first, second = stems_of(one), stems_of(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def distinct(quotes: Iterable[Quote], most: int, taken: Sequence[Quote] = ()) -> list[Quote]:
    """Return the first quotes of which none says what another, or one already taken, says."""
    chosen: list[Quote] = []
    for quote in quotes:
        if len(chosen) >= most:
            break
        if all(
            quote.place != other.place and alike(quote.text, other.text) < 0.6 for other in (*taken, *chosen)
        ):
            chosen.append(quote)
    return chosen


def _scored(library: Library, theme: str, rows: Sequence[_Found]) -> tuple[list[Quote], set[tuple[str, int]]]:
    weights = library.lexical.weights(theme, ())
    mass = {term: weight * library.lexical.idf(term) for term, weight in weights.items()}
    total = sum(mass.values()) or 1.0
    likeness = library.likeness(theme, [row.quote.text for row in rows])
    quotes: dict[tuple[str, int], Quote] = {}
    on_theme: set[tuple[str, int]] = set()
    for row, near in zip(rows, likeness, strict=True):
        held = stems_of(row.quote.text)
        share = sum(weight for term, weight in mass.items() if term in held) / total
        score = _COVERAGE * share + _LIKENESS * near + _PASSAGE * row.score
        if row.quote.place not in quotes:
            quotes[row.quote.place] = replace(row.quote, score=round(score, 4))
            if share >= _HELD or near >= _NEAR or row.strong:
                on_theme.add(row.quote.place)
    return sorted(quotes.values(), key=lambda quote: -quote.score), on_theme


def _field_questions(library: Library, theme: str, found: Sequence[ScoredPassage]) -> tuple[str, ...]:
    """Return what practitioners ask of the best passages, nearest to the theme first."""
    best = [one for one in found if one.score >= 0.4 * found[0].score][:12]
    texts = list(dict.fromkeys(field.text for one in best for field in one.passage.questions))
    texts = [text for text in texts if 6 <= len(text.split()) <= 30 and text.rstrip().endswith("?")]
    near = library.likeness(theme, texts)
    ranked = sorted(zip(near, texts, strict=True), reverse=True)
    return tuple(_typeset(text) for _, text in ranked)


def _typeset(question: str) -> str:
    """Return a question of ours with the apostrophes and spaces of French."""
    spaced = re.sub(r"[\s\u00a0\u202f]*([?:;!])", "\u00a0\\1", question.strip().replace("'", "’"))
    return spaced[:1].upper() + spaced[1:]


def _quoted(document: Document, passage: Passage, organisations: Organisations) -> Iterator[Quote | Listing]:
    """Yield the quotes and lists of a passage in reading order; what an aside cuts is left out."""
    lead: Quote | None = None
    items: list[Quote] = []
    rank = -1
    for row in (*quotable_sentences(passage), None):
        if row is None or row.listed != rank:
            if lead and len(items) > 1:
                yield Listing(lead, tuple(items))
            lead, items, rank = None, [], -1 if row is None else row.listed
        if row is None or any(row.start < end and start < row.end for start, end in passage.asides):
            continue
        raw = document.text[row.start : row.end]
        if _INLINE.search(raw):
            if made := _inline_list(document, passage, row, raw, organisations):
                yield made
            continue
        quote = _quote(document, passage, row.start, row.end, organisations)
        if quote is None:
            continue
        if row.leads:
            lead = quote
        elif row.listed >= 0 and lead:
            quote = replace(quote, relayed=quote.relayed or lead.relayed, year=quote.year or lead.year)
            items.append(_without_stop(quote))
        tells = (
            quote.text[:1].isupper()
            or quote.text[:1] in "«0123456789"
            or organisations.named_in(quote.text[:30])
        )
        if not row.leads and row.whole and tells and not raw.rstrip().endswith(":"):
            yield quote


def _without_stop(item: Quote) -> Quote:
    """Return an item of a list without the full stop of the last one."""
    bare = item.text.removesuffix(".")
    return replace(item, text=bare, end=item.end - 1) if bare != item.text else item


def _inline_list(
    document: Document, passage: Passage, row: Quotable, raw: str, organisations: Organisations
) -> Listing | None:
    """Return the list that one sentence holds: « … recommande : - de former… ; - d’ouvrir… »."""
    opening = _INLINE.search(raw)
    assert opening is not None
    lead = _quote(document, passage, row.start, row.start + opening.start() + 1, organisations)
    items = []
    starts = [opening.end(), *(mark.end() for mark in _ITEM.finditer(raw, opening.end()))]
    for begin, stop in zip(starts, [*starts[1:], len(raw)], strict=True):
        piece = re.sub(r"[;.\s]*[-•–]?\s*$", "", raw[begin:stop])
        item = _quote(document, passage, row.start + begin, row.start + begin + len(piece), organisations)
        if item and lead:
            items.append(replace(item, relayed=item.relayed or lead.relayed, year=item.year or lead.year))
    return Listing(lead, tuple(items)) if lead and len(items) > 1 else None


def _quote(
    document: Document, passage: Passage, start: int, end: int, organisations: Organisations
) -> Quote | None:
    """Return the quote of a span, without the source that a fiche gives at its end, set apart."""
    raw = document.text[start:end]
    relayed = ""
    if document.references and (match := _TRAILING.search(raw)):
        relayed, raw = one_line(match["ref"]), raw[: match.start()]
    raw = raw[: len(raw) - len(_END.search(raw).group())] if _END.search(raw) else raw  # type: ignore[union-attr]
    text = one_line(raw)
    if document.references and not relayed and not re.search(r"\b(?:- |:)", text) and len(text.split()) > 30:
        return None
    if not 2 <= len(text.split()) <= _LONGEST or not stands_in(text, raw):
        return None
    place = passage.place_at(start)
    years = _YEAR.findall(relayed) or ([passage.date[:4]] if passage.date and not document.references else [])
    return Quote(
        document.doc_id,
        start,
        start + len(raw),
        text,
        one_line(document.short_title or document.title),
        one_line(place.section[-1]) if place.section else "",
        place.page,
        organisations.speaking(text, relayed, passage.speaker),
        relayed,
        years[0] if years else "",
        passage.kind,
    )
