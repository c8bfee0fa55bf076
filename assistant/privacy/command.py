"""``tisserand screen``: the identifying details of each text of a file, and a wording without them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from index.jsonl import at_line, read_records, write_records

if TYPE_CHECKING:
    from index.documents import Document


class FoundRecord(TypedDict):
    """One detail: ``start`` and ``end`` are offsets in characters of the text."""

    kind: str
    text: str
    start: int
    end: int


class ScreenRecord(TypedDict):
    """What was found in one text, and the text in neutral words."""

    id: str
    found: list[FoundRecord]
    reworded: str


def add_screen(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--texts", type=Path, required=True, metavar="F.jsonl", help="textes : id, text")
    parser.add_argument(
        "--run", type=Path, required=True, metavar="OUT.jsonl", dest="out", help="fichier où écrire"
    )
    parser.add_argument(
        "--index", metavar="DOSSIER", help="ne pas signaler les noms que porte cette bibliothèque"
    )
    parser.set_defaults(run=screen)


def screen(options: Namespace) -> int:
    """Screen a file of texts; the names that the library bears are no alarm when an index is given."""
    known = library_names(options.index) if options.index else frozenset()
    records = []
    for number, record in read_records(options.texts):
        text = record.get("text")
        if not isinstance(text, str):
            raise at_line(options.texts, number, "pas de texte sous « text »")
        records.append(screen_record(str(record.get("id", number)), text, known))
    write_records(options.out, records)
    alarms = sum(bool(record["found"]) for record in records)
    print(f"{len(records)} textes, {alarms} avec des données personnelles, dans {options.out}")
    return 0


def screen_record(text_id: str, text: str, known: Collection[str] = ()) -> ScreenRecord:
    """Return what a run records of one text."""
    from assistant.privacy import details, reworded

    found = details(text, known)
    return {
        "id": text_id,
        "found": [
            {"kind": one.kind.value, "text": one.text, "start": one.start, "end": one.end} for one in found
        ],
        "reworded": reworded(text, found),
    }


def library_names(folder: str) -> frozenset[str]:
    """Return the names that the documents of an index bear: their authors, publishers and speakers."""
    from index.config import index_folder
    from index.library import Library

    library = Library(index_folder(folder))
    try:
        return frozenset(name for document in library.heads() for name in _names(document) if name)
    finally:
        library.close()


def _names(document: "Document") -> Iterator[str]:
    yield from (document.publisher, document.speaker, document.short_title)
    yield from (part.speaker for part in document.parts)
    yield from (reference.publisher for reference in document.references)
