"""The reply of a language model, read while it is written: sentences and the passages they cite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations import one_line
from index.french import fold
from index.sentences import sentence_spans

SILENCE = "LES PASSAGES NE LE DISENT PAS"  # what a model writes when they hold no answer
_MARKER = r"\[(?:passages?\s*)?\d{1,3}(?:\s*(?:,|;|et)\s*\d{1,3})*\]"
_MARKERS = re.compile(rf"(?:\s*{_MARKER})+", re.IGNORECASE)
_TRAILING = re.compile(rf"([.!?…]+(?:[ \u00a0\u202f]?[»”\")])*)((?:\s*{_MARKER})+)", re.IGNORECASE)
_UNFINISHED = re.compile(r"\s*\[[^\[\]]{0,40}$")
_ITEM = re.compile(r"\s*(?:[-–—*•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|\*\*[^*]+\*\*\s*:?|-{3,}|`{3}.*)\s*")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_MARKUP = re.compile(r"https?:|www\.|\](?=\()|!\[|</?[a-z!]|&[a-z]+;|&#\d|`|\|\s*-{3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence or list item as the model wrote it, its markers apart.

    ``numbers`` are the passages it cites, counted from 1; ``listed`` says that it is a list item;
    ``markup`` that it holds a link, an image, HTML or code, which no answer has.
    """

    text: str
    numbers: tuple[int, ...]
    listed: bool = False
    markup: bool = False


def sentences(pieces: Iterator[str]) -> Iterator[Written]:
    """Yield each sentence of a reply as soon as it is finished; headings are left out."""
    rest = ""
    for piece in pieces:
        rest += piece.replace("\r", "")
        *lines, rest = rest.split("\n")
        for line in lines:
            yield from _of_line(line)
        done, rest = _finished(rest)
        if done:
            yield from _of_line(done)
    yield from _of_line(rest)


def is_silence(text: str) -> bool:
    """Say whether a model wrote that the passages do not tell, and nothing else."""
    letters = re.sub(r"[^a-z ]", "", fold(_MARKERS.sub("", text))).strip()
    return letters == fold(SILENCE)


def _finished(line: str) -> tuple[str, str]:
    """Return the sentences of an unfinished line that are finished, and the rest of it.

    A list item is only known to be one from the start of its line, so it is waited for.
    """
    open_marker = _UNFINISHED.search(line)
    sure = line[: open_marker.start()] if open_marker else line
    if _ITEM.match(sure) or _HEADING.fullmatch(sure):
        return "", line
    moved = _TRAILING.sub(r"\2\1", sure)
    spans = sentence_spans(moved)
    if len(spans) < 2:
        return "", line
    cut = spans[-1][0]
    return moved[:cut], moved[cut:] + line[len(sure) :]


def _of_line(line: str) -> Iterator[Written]:
    if not line.strip() or _HEADING.fullmatch(line):
        return
    item = _ITEM.match(line)
    body = _TRAILING.sub(r"\2\1", line[item.end() :] if item else line)
    if item:
        yield _written(body, listed=True)
        return
    for start, end in sentence_spans(body):
        yield _written(body[start:end])


def _written(text: str, listed: bool = False) -> Written:
    numbers = [int(number) for marker in _MARKERS.findall(text) for number in re.findall(r"\d+", marker)]
    plain = _MARKERS.sub("", text)
    shown = one_line(_EMPHASIS.sub("", plain))
    return Written(shown, tuple(dict.fromkeys(numbers)), listed, bool(_MARKUP.search(text)))
