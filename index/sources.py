"""Who published a document, when, and who speaks in its parts: what ``sources.toml`` knows.

A file is recognised by what its text says, whatever its name. One ``[[document]]`` is one report,
one ``[[document.part]]`` a part of it with its own speaker, listed in reading order and found by
its first words. Operators add documents in a ``sources.toml`` of their own, without code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from index.documents import Document, Part
from index.source_entries import KnownDocument, KnownPart, read_entries
from index.wording import Wording

SOURCES_FILE = "sources.toml"


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents known; of two entries that recognise a text, the first one counts."""

    documents: tuple[KnownDocument, ...] = ()

    def identify(self, document: Document) -> Document:
        """Return the document with what is known of it: title, publisher, date, kind, parts.

        A document that no entry recognises keeps what its own content says; its speaker is its
        publisher, empty when there is none.
        """
        wording = Wording(document.text)
        known = next((entry for entry in self.documents if entry.recognises(wording)), None)
        if known is None:
            return replace(document, speaker=document.speaker or document.publisher)
        return replace(
            document,
            title=known.title,
            short_title=known.short_title,
            publisher=known.publisher,
            kind=known.kind,
            date=known.date,
            url=known.url,
            speaker=known.speaker,
            parts=tuple(_spans(known, wording, document)),
        )


def known_sources(path: Path) -> Sources:
    """Read one ``sources.toml``.

    Raises ``UsageError`` with the file, the line and what is wrong with the entry.
    """
    return Sources(tuple(read_entries(path)))


def library_sources(folders: Iterable[Path]) -> Sources:
    """Read the ``sources.toml`` of each folder that has one, the first folder's entries first."""
    files = (folder / SOURCES_FILE for folder in folders)
    found = [known_sources(file) for file in dict.fromkeys(files) if file.is_file()]
    return Sources(tuple(entry for sources in found for entry in sources.documents))


def parts_of(document: Document) -> tuple[Part, ...]:
    """Return the parts of a document in reading order, covering all of its body.

    What stands before the first part known, and the whole of a document without parts, is a part
    that speaks with the voice of the document.
    """
    start, end = document.body
    first = document.parts[0].start if document.parts else end
    own = Part(start, first, "", document.speaker or document.publisher, document.kind, document.date)
    return ((own,) if start < first else ()) + document.parts


def _spans(known: KnownDocument, wording: Wording, document: Document) -> Iterator[Part]:
    """Find each part after the one before it.

    Where a part listed is not found, nobody knows where the one before it ends: that stretch gets
    no speaker rather than a wrong one.
    """
    begun: list[tuple[int, KnownPart | None]] = []
    position = document.body[0]
    for part in known.parts:
        start = wording.find(part.begins, position)
        if start is None or start >= document.body[1]:
            if begun:
                begun[-1] = (begun[-1][0], None)
            continue
        position = start + 1
        begun.append((document.text.rfind("\n", 0, start) + 1, part))
    bounds = [*begun, (document.body[1], None)]
    for (start, found), (end, _) in pairwise(bounds):
        if found is None:
            yield Part(start, end)
            continue
        speaker, kind = found.speaker or known.speaker, found.kind or known.kind
        yield Part(start, end, found.title, speaker, kind, found.date or known.date)
