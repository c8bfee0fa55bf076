"""Which documents and speakers a module may use, from what the request names or leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.modules.request import ModuleRequest
from assistant.modules.speaking import Organisations
from index.errors import UsageError
from index.filters import NO_FILTERS, Filters
from index.french import fold
from index.library import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """What may be used: ``filters`` of the documents, ``speakers`` wanted (all when empty) and left out.

    Speakers are told sentence by sentence: a fiche gives the positions of several.
    """

    filters: Filters = NO_FILTERS
    speakers: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def accepts(self, speaker: str, named: Sequence[str]) -> bool:
        """Say whether a sentence may be used, from who speaks in it and the organisations it names."""
        if self.without & {speaker, *named}:
            return False
        return not self.speakers or speaker in self.speakers


EVERYTHING = Selection()


def selection_of(library: Library, request: ModuleRequest) -> Selection:
    """Return what a request lets be used. Raises ``UsageError`` naming what the library does not hold."""
    documents = {
        one.doc_id: (one.doc_id, one.title, one.short_title, one.source) for one in library.documents()
    }
    kept = frozenset[str]()
    if request.documents or request.without_documents:
        wanted = _matching(documents, request.documents, "document") or set(documents)
        kept = frozenset(wanted - _matching(documents, request.without_documents, "document"))
        if not kept:
            raise UsageError("il ne reste aucun document à utiliser")
    speakers = {name: (name,) for name in Organisations.of(library).names}
    return Selection(
        Filters(documents=kept),
        frozenset(_matching(speakers, request.speakers, "organisation")),
        frozenset(_matching(speakers, request.without_speakers, "organisation")),
    )


def _matching(known: Mapping[str, tuple[str, ...]], names: Iterable[str], what: str) -> set[str]:
    """Return the keys that hold one of the names, in whole or in part."""
    found: set[str] = set()
    for name in names:
        asked = fold(name.strip())
        matching = {
            key for key, titles in known.items() if any(asked in fold(title) for title in titles if title)
        }
        if not asked or not matching:
            raise UsageError(
                f"« {name} » : {what} absent de la bibliothèque ; la liste : tisserand-index status"
            )
        found |= matching
    return found
