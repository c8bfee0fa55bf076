"""Where the sentences of a French text begin and end."""

import re

_ABBREVIATIONS = frozenset(
    """
    m mm mr mme mmes mlle mlles dr pr me cf ex art al p pp vol n no éd coll dir chap fig tab env av bd
    st ste etc op cit ibid id réf tél max min
    """.split()
)
_BOUNDARY = re.compile(r"[.!?…]{1,12}(?:[ \u00a0\u202f]?[»”\")\]]){0,4}(?:\d{1,3})?(?=\s+|$)")
_LONGEST_WORD = 40  # characters looked back at for an abbreviation
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.$")
_OPENS = re.compile(r"\s+[«“\"(\[–—−•-]*\s*[A-ZÀ-ÝŒ0-9]")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of each sentence of ``text[start:end]``, blanks left out.

    A full stop ends a sentence when a capital, a figure or an opening mark follows, unless the
    word before is an abbreviation (« M. », « cf. », « etc. » before a small letter) or an initial.
    """
    end = len(text) if end is None else end
    spans, begin = [], start
    for match in _BOUNDARY.finditer(text, start, end):
        if match.end() < end and not _OPENS.match(text, match.end(), end):
            continue
        if _abbreviated(text[max(begin, match.end() - _LONGEST_WORD) : match.end()], match.group()):
            continue
        spans.append(_trim(text, begin, match.end()))
        begin = match.end()
    if text[begin:end].strip():
        spans.append(_trim(text, begin, end))
    return [span for span in spans if span[0] < span[1]]


def _abbreviated(sentence: str, mark: str) -> bool:
    if mark != ".":
        return False
    word = _WORD_BEFORE.search(sentence)
    if word is None:
        return False
    initial = len(word.group(1)) == 1 and word.group(1).isupper()
    return initial or (word.group(1).lower() in _ABBREVIATIONS and word.group(1).lower() != "etc")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
