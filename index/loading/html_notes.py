"""The footnotes of an HTML page: numbers that link to a note elsewhere in the page."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.loading.composing import inline, note_label
from index.loading.html_visibility import Visibility

if TYPE_CHECKING:
    from lxml.etree import _Element

_CALL = re.compile(r"\s*[\[(]?\s*(\d{1,3}|[ivxlc]{1,6}|[a-z]|\*{1,3})\s*[\])]?\s*", re.IGNORECASE)
_NOTE_TAGS = ("li", "p", "dd", "td", "aside", "div", "tr")
_NOTE_CHARACTERS = 4_000
_BACK_LINK_CHARACTERS = 5  # « 1 », « [1] », « ↩ »
_LEADING_NUMBER = re.compile(r"^\s*[\[(]?\d{1,3}[\])]?[.:]?\s+")


@dataclass(slots=True)
class Notes:
    """The calls by element, the bodies by label, and the elements that hold nothing but a note."""

    calls: "dict[_Element, str]" = field(default_factory=dict)
    bodies: "dict[str, _Element]" = field(default_factory=dict)
    containers: "set[_Element]" = field(default_factory=set)


def find_notes(root: "_Element") -> Notes:
    """Pair the calls of a page with their notes; links back from a note are no calls."""
    targets = _targets(root)
    notes = Notes()
    for link in root.iter("a"):
        href = link.get("href") or ""
        number = _CALL.fullmatch("".join(map(str, link.itertext()))) if href.startswith("#") else None
        if number is None or any(above in notes.containers for above in link.iterancestors(*_NOTE_TAGS)):
            continue
        body = _body(targets.get(href[1:]), link)
        if body is None:
            continue
        label = note_label(number[1])
        if notes.bodies.setdefault(label, body) is body:
            notes.calls[link] = label
            notes.containers.add(body)
    return notes


def note_text(body: "_Element", visibility: Visibility) -> str:
    """Return the text of a note without its number and its link back."""
    shown = inline("".join(_pieces(body, visibility)))
    return _LEADING_NUMBER.sub("", shown)


def _pieces(element: "_Element", visibility: Visibility) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if visibility.is_shown(child) and not _is_back_link(child):
            pieces += _pieces(child, visibility)
        pieces.append(child.tail or "")
    return [*pieces, " "] if element.tag in _NOTE_TAGS else pieces


def _is_back_link(element: "_Element") -> bool:
    inside = (element.get("href") or "").startswith("#")
    return (
        element.tag == "a"
        and inside
        and len("".join(map(str, element.itertext())).strip()) <= _BACK_LINK_CHARACTERS
    )


def _targets(root: "_Element") -> "dict[str, _Element]":
    found: dict[str, _Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _body(target: "_Element | None", link: "_Element") -> "_Element | None":
    """Return the block that holds the note at the end of a link, ``None`` when it is no note."""
    if target is None:
        return None
    above = [target, *target.iterancestors()]
    body = next((element for element in above if element.tag in _NOTE_TAGS), None)
    if body is None or body in link.iterancestors():
        return None
    outer = body.getparent()
    if body.tag == "p" and outer is not None and outer.tag in ("li", "aside"):
        body = outer
    elif body.tag == "p" and outer is not None and "footnote" in (outer.get("id") or ""):
        body = outer  # LibreOffice writes one div for each note
    holds_headings = next(body.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
    long = sum(map(len, map(str, body.itertext()))) > _NOTE_CHARACTERS
    return None if holds_headings or long else body
