"""What the index is made of: documents, the passages cut from them, and search results.

Offsets everywhere count characters of ``Document.text``, the text as it was stored;
``document.text[passage.start:passage.end] == passage.text`` always holds.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """One source that a fiche relies on, as its front matter gives it."""

    title: str
    publisher: str = ""
    year: int | None = None
    page: int | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins in the text: its rank in the file from 1, its printed number if known."""

    offset: int
    number: int
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document with a voice of its own: ``document.text[start:end]``.

    ``speaker`` is the organisation that speaks, empty when that is not certain; ``kind`` what the
    part is (contribution, déclaration, bibliographie…).
    """

    start: int
    end: int
    title: str = ""
    speaker: str = ""
    kind: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report or fiche.

    ``doc_id`` is stable across builds; ``source`` is the file name the reader knows;
    ``text`` is what every offset points into; ``body`` is where its readable part begins and
    ends (front matter and the list of field questions lie outside). ``markup`` says how its
    structure is written: ``plain`` (a text dump, read by its layout) or ``markdown``. ``pages``
    is empty when the format tells nothing of pages. ``short_title``, ``speaker`` (who speaks where
    no part says otherwise), ``url`` and ``parts`` are known for the documents that
    ``sources.toml`` describes. ``unread_pages`` counts the scanned pages that gave no text.
    """

    doc_id: str
    source: str
    title: str
    text: str
    digest: str
    body: tuple[int, int]
    theme: str = ""
    kind: str = ""
    publisher: str = ""
    date: str = ""
    references: tuple[Reference, ...] = ()
    field_questions: tuple[str, ...] = ()
    markup: str = "plain"
    pages: tuple[PageStart, ...] = ()
    unread_pages: int = 0
    short_title: str = ""
    speaker: str = ""
    url: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What holds in a passage from an offset of the document on: printed page, headings above."""

    start: int
    page: int | None = None
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """A question in the words of practitioners, and the span of the document that answers it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved and cited: a run of whole blocks of one document.

    ``asides`` are spans inside the passage (offsets in the document) that interrupt it without
    belonging to it: page numbers, running headers, footnotes. ``page`` is the printed page on
    which the passage starts, ``None`` when it is not known for certain. ``speaker`` is the
    organisation whose voice it is, ``kind`` what it is (constat, recommandation, définition…),
    both empty when the text does not tell. ``same_as`` is the id of the passage of the library
    that says the same and comes first, empty when there is none. ``questions`` are what it answers,
    in the words of practitioners: searched, never shown as text of the source. ``places`` tells
    where the page or the section changes inside; ``blocks`` are its paragraphs and list items,
    headings left out: no sentence runs over the end of one.
    """

    passage_id: str
    doc_id: str
    source: str
    title: str
    text: str
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    asides: tuple[tuple[int, int], ...] = ()
    speaker: str = ""
    kind: str = ""
    date: str = ""
    same_as: str = ""
    questions: tuple[FieldQuestion, ...] = ()
    places: tuple[Place, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()

    def place_at(self, offset: int) -> Place:
        """Return the page and the section in which an offset of the document stands."""
        here = Place(self.start, self.page, self.section)
        for place in self.places:
            if place.start <= offset:
                here = place
        return here

    @property
    def text_id(self) -> str:
        """What copies of one text share: the id of the first of them."""
        return self.same_as or self.passage_id

    @property
    def prose(self) -> str:
        """The text without what stands aside in it."""
        return "".join(self.text[first - self.start : last - self.start] for first, last in self.spans)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The parts of the passage between its asides, as offsets in the document."""
        bounds = [self.start, *(offset for aside in self.asides for offset in aside), self.end]
        pairs = zip(bounds[::2], bounds[1::2], strict=True)
        return [(first, last) for first, last in pairs if first < last]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its score (higher is better) and its rank, counted from 1.

    ``coverage`` is the share of the question that the passage holds in any of its fields, each
    word weighing by its rarity: 1.0 when every word is there. ``also`` holds the other places that
    say the same, word for word or nearly.
    """

    passage: Passage
    score: float
    rank: int
    coverage: float = 0.0
    also: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, with the reason in words for the operator."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: documents by what happened to them, passages, files not read, seconds.

    ``moved`` are those whose file was renamed, ``removed`` those whose file is gone; ``repaired``
    says, one line each, what of the index was damaged or of another version and was made again.
    """

    documents: int
    passages: int
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
