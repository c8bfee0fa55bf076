"""Narrowing a search: what the library can be narrowed to, and what a person chose."""

from collections.abc import Iterable, Mapping
from html import escape

from index.documents import Document
from index.filters import Filters
from index.kinds import PassageKind

_NAMES = {"documents": "Document", "kinds": "Nature", "speakers": "Voix", "years": "Année"}
_LONG_LIST = 12


def facets(documents: Iterable[Document]) -> dict[str, dict[str, str]]:
    """Return what can be chosen: for each field of ``Filters``, its values and how they are shown."""
    held = list(documents)
    voices = {part.speaker for one in held for part in one.parts} | {one.speaker for one in held}
    kinds = {one.kind for one in held} | {str(kind) for kind in PassageKind}
    years = {date[:4] for one in held for date in (one.date, *(part.date for part in one.parts))}
    return {
        "documents": {one.doc_id: one.short_title or one.title for one in held},
        "kinds": _shown(kinds),
        "speakers": _shown(voices),
        "years": dict(sorted(_shown(years).items(), reverse=True)),
    }


def chosen(values: Mapping[str, object]) -> Filters:
    """Return the filters of what the browser sent; anything that makes no sense is left out."""

    def names(field: str) -> frozenset[str]:
        value = values.get(field)
        return frozenset(str(one)[:300] for one in value[:500]) if isinstance(value, list) else frozenset()

    return Filters(names("documents"), names("kinds"), names("speakers"), names("years"))


def narrowed_to(filters: Filters, documents: Iterable[Document]) -> str:
    """Return in words what a question was narrowed to, empty when to nothing."""
    titles = {
        one.doc_id: one.short_title or one.title for one in documents if one.doc_id in filters.documents
    }
    held = (filters.speakers, filters.kinds, filters.years, frozenset(titles.values()))
    return ", ".join(name for names in held for name in sorted(names))


def facets_html(documents: Iterable[Document]) -> str:
    """Return the boxes to tick, a group for each kind of filter."""
    groups = facets(documents)
    fields = "".join(
        _group_html(field, groups[field])
        for field in ("speakers", "kinds", "years", "documents")
        if groups[field]
    )
    return (
        f'<div class="facets">{fields}</div>'
        '<p class="facets-end"><button type="button" data-unnarrow>Tout décocher</button></p>'
    )


def _group_html(field: str, values: Mapping[str, str]) -> str:
    boxes = "".join(
        f'<li><label><input type="checkbox" name="{field}" value="{escape(value)}">'
        f"<span>{escape(shown)}</span></label></li>"
        for value, shown in values.items()
    )
    name = _NAMES[field]
    search = ""
    if len(values) > _LONG_LIST:
        search = (
            f'<input type="search" class="facet-search" data-sift aria-label="Chercher dans\u00a0: {name}" '
            'placeholder="Chercher…" autocomplete="off">'
        )
    return (
        f'<fieldset class="facet"><legend>{name}</legend>{search}'
        f'<ul tabindex="0" aria-label="{name}">{boxes}</ul></fieldset>'
    )


def _shown(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in sorted(set(values), key=str.casefold) if value}
