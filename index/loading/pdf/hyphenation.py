"""Words cut at the end of a line: mended, their true hyphens kept."""

import re
from collections import Counter
from collections.abc import Iterable

from index.loading.pdf.text_layer import LINE_HYPHEN

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDING = re.compile(rf"([^\W\d_]+(?:-[^\W\d_]+)*)[-{LINE_HYPHEN}]$")
_BEGINNING = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First and last parts that keep their hyphen in French when the document does not say otherwise.
_KEEPING = frozenset(
    "non quasi semi demi vice après celui celle ceux celles lui elle elles eux nous vous peut savoir médico"
    " sud nord saint sainte chef outre là vingt trente quarante cinquante soixante quatre aller".split()
)
_KEPT_ENDINGS = frozenset("même mêmes là delà dessus dessous".split())
_LONGEST_WORD = 60
_NEVER_APART = "ment"  # quasiment


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Count the words of a document that stand whole within a line."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_WORD.findall(text.lower()))
    return words


def join_lines(lines: Iterable[str], words: Counter[str]) -> str:
    """Join the lines of a paragraph, words cut at their ends made whole."""
    joined = ""
    for line in lines:
        joined = join(joined, line, words) if joined else line
    return joined.replace(LINE_HYPHEN, "-")


def join(before: str, after: str, words: Counter[str]) -> str:
    """Join two pieces of a paragraph; a hyphen at the seam is kept or dropped."""
    before = before.rstrip()
    marks = after[: len(after) - len(after.lstrip("\f"))]  # a page that begins inside the word
    after = after[len(marks) :].lstrip()
    ending = _ENDING.search(before[-_LONGEST_WORD:]) if before.endswith(("-", LINE_HYPHEN)) else None
    beginning = _BEGINNING.match(after)
    if ending is None:
        return f"{before} {marks}{after}"
    if beginning is None:
        return f"{before}{marks}{after}" if after[:1].isdigit() else f"{before} {marks}{after}"
    keep = _keeps_hyphen(ending[1], beginning[0], words)
    return f"{before if keep else before[:-1]}{marks}{after}"


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Decide by the words seen elsewhere in the document, else by what French does."""
    if second[:1].isupper():
        return True
    whole, hyphened = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if words[whole] != words[hyphened]:
        return words[hyphened] > words[whole]
    *inverted, last = first.lower().split("-")
    if bool(inverted) and last == "t":
        return True  # « va-t-il »
    return (last in _KEEPING and second.lower() != _NEVER_APART) or second.lower() in _KEPT_ENDINGS
