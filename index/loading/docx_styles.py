"""What the styles and numbering of a DOCX make of a paragraph: title, heading, item, text."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|titre)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = {"title", "titre"}
_CONTENTS_NAME = re.compile(r"(?:toc|tm|table of contents|table des matières)\b", re.IGNORECASE)
_INHERITED = 20  # styles followed upwards, so that a cycle ends
_ORDERED = {"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero", "ordinal"}


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is; ``level`` counts from 1 for a heading, from 0 for an item."""

    name: str
    level: int = 0
    marker: str = "-"


@dataclass(slots=True)
class _Style:
    name: str = ""
    parent: str = ""
    outline: int | None = None
    numbering: str = ""
    hidden: bool = False


class Styles:
    """The styles of one document, asked paragraph by paragraph in reading order."""

    def __init__(self, styles: "_Element | None", numbering: "_Element | None") -> None:
        self._styles: dict[str, _Style] = {}
        for style in styles.iter(W + "style") if styles is not None else ():
            self._styles[attribute(style, "styleId")] = _style(style)
        self._formats = dict(_formats(numbering)) if numbering is not None else {}
        self._counts: dict[tuple[str, int], int] = {}

    def role(self, paragraph: "_Element") -> Role:
        """Return what a paragraph is, from its own settings, then from its styles."""
        properties = paragraph.find(W + "pPr")
        chain = self._chain(_child_value(properties, "pStyle"))
        names = [style.name for style in chain]
        if any(_CONTENTS_NAME.match(name) for name in names[:1]):
            return Role("contents")
        level = self._heading_level(properties, chain)
        if level:
            return Role("heading", level)
        if any(name.lower() in _TITLE_NAMES for name in names[:2]):
            return Role("title")
        return self._item(properties, chain) or Role("text")

    def is_hidden(self, run: "_Element") -> bool:
        """Say whether a run is hidden text."""
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        for name in ("vanish", "webHidden"):
            mark = properties.find(W + name)
            if mark is not None:
                return attribute(mark, "val") not in ("0", "false", "off")
        return any(style.hidden for style in self._chain(_child_value(properties, "rStyle")))

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self._styles and len(chain) < _INHERITED:
            chain.append(self._styles[style_id])
            style_id = chain[-1].parent
        return chain

    def _heading_level(self, properties: "_Element | None", chain: list[_Style]) -> int:
        own = _child_value(properties, "outlineLvl")
        if own.isdigit():
            return int(own) + 1 if int(own) < 9 else 0
        for style in chain:
            named = _HEADING_NAME.match(style.name)
            if named:
                return int(named.group(1))
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
        return 0

    def _item(self, properties: "_Element | None", chain: list[_Style]) -> Role | None:
        own = properties.find(W + "numPr") if properties is not None else None
        number = _child_value(own, "numId") or next((s.numbering for s in chain if s.numbering), "")
        if number in ("", "0"):
            return None
        depth = _child_value(own, "ilvl")
        level = min(int(depth), 8) if depth.isdigit() else 0
        if self._formats.get((number, level), "bullet") not in _ORDERED:
            return Role("item", level)
        count = self._counts.get((number, level), 0) + 1
        self._counts[number, level] = count
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        return Role("item", level, f"{count}.")


def attribute(element: "_Element", name: str) -> str:
    """Return an attribute of the main namespace, ``""`` when it is not there."""
    return str(element.get(W + name) or "")


def _child_value(parent: "_Element | None", name: str) -> str:
    child = parent.find(W + name) if parent is not None else None
    return attribute(child, "val") if child is not None else ""


def _style(style: "_Element") -> _Style:
    properties, run = style.find(W + "pPr"), style.find(W + "rPr")
    outline = _child_value(properties, "outlineLvl")
    numbering = properties.find(W + "numPr") if properties is not None else None
    return _Style(
        name=_child_value(style, "name"),
        parent=_child_value(style, "basedOn"),
        outline=int(outline) if outline.isdigit() else None,
        numbering=_child_value(numbering, "numId"),
        hidden=run is not None and run.find(W + "vanish") is not None,
    )


def _formats(numbering: "_Element") -> "list[tuple[tuple[str, int], str]]":
    """Return the format of each level of each list."""
    abstract = {attribute(item, "abstractNumId"): item for item in numbering.iter(W + "abstractNum")}
    found = []
    for number in numbering.iter(W + "num"):
        base = abstract.get(_child_value(number, "abstractNumId"))
        for level in base.iter(W + "lvl") if base is not None else ():
            depth = attribute(level, "ilvl")
            if depth.isdigit():
                found.append(((attribute(number, "numId"), int(depth)), _child_value(level, "numFmt")))
    return found
