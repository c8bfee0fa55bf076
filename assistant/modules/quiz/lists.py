"""Questions on the lists of documents: which of these are in it, name two of them."""

import re
from collections.abc import Iterator, Sequence

from assistant.modules.material import Listing, Material, alike
from assistant.modules.module import Choice, Question, QuestionKind, Quote
from assistant.modules.quiz.checking import Checker
from index.library import Library
from index.prompting import wording

_RIGHT, _WRONG, _ITEM = 3, 6, 28  # items of each before they are checked, words of one
_LIKE, _NEAR = 0.3, 0.5  # share of words, cosine: an item nearer to one of the list might belong there
_FORM = re.compile(
    r"(?P<of>d[e’']\s?)?(?P<verb>(?:s[e’']\s?)?[a-zà-ÿ]+(?:er|ir|re)\b)?(?P<article>l[ae’]s?\b|des?\b"
    r"|une?\b)?",
    re.IGNORECASE,
)


def of_lists(library: Library, material: Material, checker: Checker) -> Iterator[Question]:
    """Yield questions of multiple choice on what stands in a list."""
    for listing in _fit(material.lists):
        if any(_names(item, material) for item in listing.items):
            continue
        right = _short(listing.items)[:_RIGHT]
        others = [
            item
            for other in _fit((*material.other_lists, *material.lists))
            if other is not listing and other.lead.text != listing.lead.text
            for item in _short(other.items)
            if _form(item.text) == _form(right[0].text) and not item.speaker and not _names(item, material)
        ]
        wrong: list[Quote] = []
        for item in _nearest(library, listing.lead, others):
            if len(wrong) >= _WRONG:
                break
            elsewhere = all((one.doc_id, one.section) != (item.doc_id, item.section) for one in wrong)
            if elsewhere and _is_foreign(library, item, listing, checker):
                wrong.append(item)
        if len(right) >= 2 and len(wrong) >= 2:
            proposed = [Choice(_plain(item.text), True, item.text, item) for item in right]
            proposed += [
                Choice(_plain(item.text), False, _claimed(listing, item), listing.lead) for item in wrong
            ]
            ordered = sorted(proposed, key=lambda choice: choice.text.casefold())
            stem = wording("quiz-liste").substitute()
            yield Question(
                QuestionKind.MULTIPLE, stem, (listing.lead, *listing.items), listing.lead.text, tuple(ordered)
            )


def to_cite(material: Material) -> Iterator[Question]:
    """Yield open questions: name two items of a list."""
    for listing in _fit(material.lists):
        if len(listing.items) >= 3:
            stem = wording("quiz-citer").substitute()
            yield Question(QuestionKind.SHORT, stem, (listing.lead, *listing.items), listing.lead.text)


def _fit(lists: Sequence[Listing]) -> list[Listing]:
    return [
        one
        for one in lists
        if 2 <= len(one.items) <= 8 and len(_short(one.items)) >= 2 and len(one.lead.text.split()) <= 40
    ]


def _short(items: Sequence[Quote]) -> list[Quote]:
    return [
        item
        for item in items
        if 3 <= len(item.text.split()) <= _ITEM
        and not re.search(r"\b(?:nous|notre|nos|cette|ces)\b|[a-z]\d", item.text)
    ]


def _names(item: Quote, material: Material) -> bool:
    return bool(material.organisations.named_in(item.text))


def _nearest(library: Library, lead: Quote, items: Sequence[Quote]) -> list[Quote]:
    """Return items, those that might follow a lead first: a distractor must be worth a thought."""
    near = library.likeness(f"{lead.text} {lead.title}", [item.text for item in items])
    return [items[place] for place in sorted(range(len(items)), key=lambda place: -near[place])]


def _is_foreign(library: Library, item: Quote, listing: Listing, checker: Checker) -> bool:
    """Say whether an item is neither in the list nor near any of its items, and nothing says it is."""
    if any(alike(item.text, own.text) > _LIKE for own in (listing.lead, *listing.items)):
        return False
    if max(library.likeness(item.text, [own.text for own in listing.items])) > _NEAR:
        return False
    return checker.is_false(_claimed(listing, item), listing.lead)


def _claimed(listing: Listing, item: Quote) -> str:
    return f"{listing.lead.text.rstrip(' :')} {item.text}"


def _form(text: str) -> tuple[bool, bool, bool]:
    """Return how an item begins, so that a wrong one is not told by its form."""
    match = _FORM.match(text)
    assert match is not None
    return bool(match["of"]), bool(match["verb"]), bool(match["article"])


def _plain(text: str) -> str:
    return text.rstrip(" ;.,")
