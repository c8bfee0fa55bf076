"""Quotes: what stands between « » must stand word for word in a passage.

Only layout is normalised: blanks, words cut at the end of a line, ligatures, the forms of quote
marks, apostrophes and dashes, and the case of the first letter.
"""

import re

_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "œ": "oe", "Œ": "OE"})
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-", "‐": "-"}
)
_CUT = re.compile(r"(?<=[^\W\d_])(?:\u00ad\s*|-[ \t]*\n\s*)(?=[^\W\d_])")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_])")
_INSIDE = re.compile(r'\s*"\s*')
_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|“\s*([^“”]+?)\s*”")
_ELLIPSIS = re.compile(r"\s*[\[(](?:…|\.\.\.)[\])]\s*")
_LEAST = 4  # letters: a shorter quote says nothing


def quoted_in(quote: str, text: str) -> bool:
    """Say whether a quote is found word for word in a text, layout apart.

    A word that a line end cuts may be one word or a compound, so both readings of the text are
    tried. A quote shortened with « […] » is found when its pieces are, in order.
    """
    readings = {_flat(_CUT.sub("", text)), _flat(_HYPHEN_AT_LINE_END.sub("-", text))}
    pieces = [_flat(_CUT.sub("", piece)).strip(" \"'") for piece in _ELLIPSIS.split(quote)]
    pieces = [piece for piece in pieces if piece]
    return bool(pieces) and any(_in_order(pieces, reading) for reading in readings)


def quotes_of(sentence: str) -> list[str]:
    """Return what a sentence quotes, of four letters or more."""
    found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence))
    return [quote for quote in found if sum(map(str.isalpha, quote)) >= _LEAST]


def _in_order(pieces: list[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        at = _find(piece, text, at)
        if at < 0:
            return False
    return True


def _find(piece: str, text: str, start: int) -> int:
    """Return where a piece ends in a text, as whole words, -1 when it is not there."""
    first = f"[{re.escape(piece[0].lower())}{re.escape(piece[0].upper())}]"
    pattern = rf"(?<!\w){first}{re.escape(piece[1:])}(?!\w)"
    match = re.compile(pattern).search(text, start)
    return match.end() if match else -1


def _flat(text: str) -> str:
    text = text.translate(_LIGATURES).translate(_MARKS)
    return " ".join(_INSIDE.sub(' " ', text).split())
