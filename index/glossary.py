"""Sigles and what they stand for: definitions found in the texts, and those that ship.

A definition is « Haut Conseil du travail social (HCTS) » or « HCTS (Haut Conseil du travail
social) ». It counts only when the letters of the sigle are found in the words in their order, so
that « réunie hier (CAF) » defines nothing (after Schwartz and Hearst, « A simple algorithm for
identifying abbreviation definitions », 2003, made stricter: content words are all used).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from index.documents import Document
from index.structure import clean

MOST_WORDS = 16
MOST_EXPANSIONS = 3
_SIGLE = r"[A-ZÀ-Ý][A-Za-zÀ-ÿ0-9&-]{1,11}"
_AFTER = re.compile(rf"\(\s*({_SIGLE})\s*[),;:]")
_BEFORE = re.compile(rf"\b({_SIGLE})\s*\(([^()]{{8,160}})\)")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?;:()«»•●\uf0b7]|\n\s*\n")
_PREFIX = 4  # letters of the sigle that one word can give (« FORmation » in UNAFORIS)
_SMALL = frozenset(
    "à a au aux avec ce ces d dans de des du en entre et l la le les leur leurs ou par pour qu que sa se ses "
    "son sous sur un une vers y n s".split()
)
Glossary = Mapping[str, tuple[str, ...]]


def find(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the sigles that a document defines, each with its meanings, the commonest first."""
    start, end = document.body
    return _ranked(definitions(document.text[start:end]))


def library_glossary(found: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the sigles of these definitions (``definitions``), completed with those that ship."""
    return {**shipped(), **_ranked(found)}


@cache
def shipped() -> dict[str, tuple[str, ...]]:
    """Return the sigles of the field that ship with the product, with their meanings."""
    meanings: dict[str, list[str]] = defaultdict(list)
    lines = files("index").joinpath("data", "sigles.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        sigle, meaning = line.split("\t")
        meanings[sigle].append(meaning)
    return {sigle: tuple(own) for sigle, own in meanings.items()}


def stands_for(sigle: str, expansion: str) -> bool:
    """Say whether the letters of a sigle are found in the words of an expansion, in order."""
    words = _WORD.findall(expansion)
    return bool(words) and _matches(_fold(sigle), [_fold(word) for word in words])


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sigle that a text defines with its meaning, as often as it does."""
    for match in _AFTER.finditer(text):
        expansion = _expansion_before(text, match.start(), match.group(1))
        if expansion:
            yield _key(match.group(1)), expansion
    for match in _BEFORE.finditer(text):
        expansion = re.split(r"[,;:]", match.group(2))[0]
        if _is_sigle(match.group(1)) and stands_for(match.group(1), expansion):
            yield _key(match.group(1)), _tidy(expansion)


def _expansion_before(text: str, end: int, sigle: str) -> str:
    """Return the shortest run of words before ``end`` that the sigle stands for, empty if none."""
    if not _is_sigle(sigle):
        return ""
    before = text[max(0, end - 240) : end]
    breaks = list(_BREAK.finditer(before))
    before = before[breaks[-1].end() :] if breaks else before
    words = list(_WORD.finditer(before))
    for word in reversed(words[-MOST_WORDS:]):
        expansion = before[word.start() :]
        if word.group().casefold() not in _SMALL and stands_for(sigle, expansion):
            return _tidy(expansion)
    return ""


def _is_sigle(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and (sum(letter.isupper() for letter in letters) >= 2 or len(letters) >= 4)


def _matches(letters: str, words: Sequence[str]) -> bool:
    """Say whether the words give the letters: each word its first ones, small words one or none."""
    given = {0}  # how many letters the words read so far can have given
    for word in words:
        small = word in _SMALL
        sizes = range(1, 2 if small else min(_PREFIX, len(word)) + 1)
        given = (given if small else set()) | {
            done + size for done in given for size in sizes if letters[done : done + size] == word[:size]
        }
    return len(letters) in given


def _ranked(definitions: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, str] = {}
    for sigle, expansion in definitions:
        folded = _fold(" ".join(_WORD.findall(expansion)), keep=" ")
        forms.setdefault(folded, expansion)
        counts[sigle][folded] += 1
    return {
        sigle: tuple(forms[folded] for folded, _ in own.most_common(MOST_EXPANSIONS))
        for sigle, own in sorted(counts.items())
    }


def _tidy(expansion: str) -> str:
    text = clean(re.sub(r"\s+", " ", expansion)).strip(" ,-–—*_'’\"“”")
    return re.sub(r"(?<=\w)- (?=\w)", "-", text)


def _key(sigle: str) -> str:
    return sigle.upper()


def _fold(text: str, keep: str = "") -> str:
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or letter in keep)


def meanings_in(text: str, glossary: Glossary) -> dict[str, tuple[str, ...]]:
    """Return the sigles written in a text that the glossary knows, in the order of the text."""
    written: Sequence[str] = re.findall(r"[A-ZÀ-Ý][A-Za-zÀ-ÿ0-9-]+", text)
    sigles = (word for word in written if _is_sigle(word))
    return {key: glossary[key] for key in dict.fromkeys(map(_key, sigles)) if key in glossary}
