"""Text as HTML in which each sigle is explained, once, on focus, tap or hover."""

import re
from html import escape

from index.glossary import Glossary

_WORD = re.compile(r"\b[A-ZÀ-Ý][A-Za-zÀ-ÿ0-9-]+")


class Explained:
    """Turns text into HTML; the first time a known sigle is written, it can be opened."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._told: set[str] = set()

    def html(self, text: str) -> str:
        """Return a text as safe HTML."""
        html, done = [], 0
        for word in _WORD.finditer(text):
            key = word.group().upper()
            if key in self._told or not self._is_sigle(word.group()) or key not in self._glossary:
                continue
            self._told.add(key)
            html.append(escape(text[done : word.start()]))
            meanings = " ; ou ".join(self._glossary[key]).replace(" ;", "\u202f;")
            html.append(
                f'<button type="button" class="sigle" aria-expanded="false" '
                f'data-meaning="{escape(meanings)}">{escape(word.group())}</button>'
            )
            done = word.end()
        return "".join(html) + escape(text[done:])

    @staticmethod
    def _is_sigle(word: str) -> bool:
        return sum(letter.isupper() for letter in word) >= 2
