"""Which elements of an HTML page a reader sees."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER = frozenset(
    "applet area audio base button canvas datalist embed frame frameset head iframe input link map math menu"
    " meta nav noframes noscript object option optgroup output param progress script select source style svg"
    " template textarea title track video".split()
)
_PAGE_FURNITURE = frozenset(("header", "footer", "aside", "form"))
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,5000})\}")
_SIMPLE_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?$", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Visibility:
    """Tells what is shown, from tags, attributes, inline styles and the page's own style sheets.

    Style sheets are read for their simple selectors (``p``, ``.class``, ``#id``, ``p.class``), at
    the top level: rules for print or small screens only hide for some readers.
    """

    def __init__(self, root: "_Element", whole_page: bool) -> None:
        self._whole_page = whole_page
        self._hidden: set[tuple[str, str, str]] = set()
        for sheet in root.iter("style"):
            self._read_sheet(sheet.text or "")

    def is_shown(self, element: "_Element") -> bool:
        """Say whether an element, its ancestors being shown, is shown and is content."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER:
            return False
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return False
        if tag == "dialog" and element.get("open") is None:
            return False
        if _HIDING.search(element.get("style") or ""):
            return False
        if self._is_furniture(element):
            return False
        return not self._is_hidden_by_sheet(element, tag)

    def _is_furniture(self, element: "_Element") -> bool:
        """Say whether an element is a banner, a footer or a side column of the whole page."""
        if element.get("role") in ("navigation", "banner", "contentinfo", "search"):
            return True
        if element.tag == "div" and element.get("title") in ("header", "footer"):  # as LibreOffice writes
            return True
        if not self._whole_page or element.tag not in _PAGE_FURNITURE:
            return False
        return not any(True for _ in element.iterancestors("article", "section", "main"))

    def _is_hidden_by_sheet(self, element: "_Element", tag: str) -> bool:
        if not self._hidden:
            return False
        marks = [("", "")]
        marks += [(".", name) for name in (element.get("class") or "").split()]
        marks += [("#", element.get("id") or "")]
        return any((own, *mark) in self._hidden for own in ("", tag) for mark in marks)

    def _read_sheet(self, sheet: str) -> None:
        sheet = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", _COMMENT.sub("", sheet)[:500_000])
        for rule in _RULE.finditer(sheet):
            if not _HIDING.search(rule[2]):
                continue
            for selector in rule[1].split(","):
                simple = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                if simple and simple[0]:
                    self._hidden.add(((simple[1] or "").lower(), simple[2] or "", simple[3] or ""))
