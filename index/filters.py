"""Narrowing a search: by document, kind, speaker or year."""

from dataclasses import dataclass, fields

from index.documents import Document, Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must be to be found; an empty field lets everything through.

    ``documents`` holds ids; ``kinds`` those of passages or of documents (constat, rapport…);
    ``speakers`` names as ``tisserand-index status`` gives them; ``years`` those of the passage, else
    of its document. Case does not count.
    """

    documents: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is left out."""
        return any(getattr(self, field.name) for field in fields(self))

    def accepts(self, passage: Passage, document: Document) -> bool:
        """Say whether a passage of a document is let through."""
        facets = (
            (self.documents, (document.doc_id,)),
            (self.kinds, (passage.kind, document.kind)),
            (self.speakers, (passage.speaker,)),
            (self.years, ((passage.date or document.date)[:4],)),
        )
        return all(
            not wanted or {value.casefold() for value in values} & {one.casefold() for one in wanted}
            for wanted, values in facets
        )


NO_FILTERS = Filters()
