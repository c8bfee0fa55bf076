"""The lists that tell a name from a word: first names, surnames, words, names of public persons."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from Stemmer import Stemmer

from index.french import fold

_DATA = Path(__file__).parent / "data"
SURE, WORD, PLACE = "", "~", "="


@cache
def first_names() -> dict[str, str]:
    """Return each first name with what else it may be: ``SURE`` nothing, a ``WORD``, a ``PLACE``."""
    return {line.lstrip("~="): line[0] if line[0] in "~=" else SURE for line in _lines("first_names.txt")}


@cache
def surnames() -> dict[str, str]:
    """Return each surname with what else it may be: ``SURE`` nothing, or a ``WORD``."""
    return {line.lstrip("~"): line[0] if line[0] == WORD else SURE for line in _lines("surnames.txt")}


@cache
def public_names() -> frozenset[tuple[str, ...]]:
    """Return the names of public persons, as their folded words."""
    return folded_names(_lines("public_names.txt"))


@cache
def public_last_names() -> frozenset[str]:
    """Return the last words of the names of public persons, common surnames among them."""
    return frozenset(name[-1] for name in public_names())


@cache
def public_surnames() -> frozenset[str]:
    """Return the surnames of public persons that no list of common surnames or first names holds."""
    last = {name for name in public_last_names() if len(name) > 3}
    return frozenset(last - surnames().keys() - first_names().keys())


def folded_names(names: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return names as tuples of folded words, to be compared with those of a text."""
    return frozenset(words for name in names if (words := tuple(fold(name).replace("-", " ").split())))


def is_word(folded: str) -> bool:
    """Say whether a folded form is a French word of the field or of everyday life."""
    return folded in _stems() or fold(_stemmer().stemWord(folded)) in _stems()


@cache
def _stems() -> frozenset[str]:
    return frozenset(_lines("words.txt"))


@cache
def _stemmer() -> Stemmer:
    return Stemmer("french")


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
