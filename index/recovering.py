"""What a build starts from: the library as it stands, or what can be saved of it.

A generation whose files are as its manifest says is taken as it is. Where only derived parts are
damaged they are made again from ``library.sqlite``. Where that is damaged too, or of another
version, every document is read again from its file, or else from the text that was stored; each
stored document carries its own checksum, and the generation before is still there.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.catalogue import Listed, list_documents, salvage
from index.errors import IndexMismatch, IndexUnavailable
from index.generations import (
    CHROMA,
    LEXICAL,
    LIBRARY,
    MANIFEST,
    READING_VERSION,
    Manifest,
    generations,
    is_newer,
    manifest_hints,
    pointer,
    read_generation,
    wanted_versions,
)
from index.records import Entry
from index.verifying import damages, misplaced, part_is_whole


@dataclass(frozen=True, slots=True)
class Start:
    """The library before a build.

    ``listed`` holds its documents by path; ``reread`` says that they are all to be read again,
    those whose file is gone from ``salvaged``. ``lexical`` and ``vectors`` are the derived parts that
    are whole, and of this version. ``repaired`` says why a new generation must be written even if no
    file has changed.
    """

    folder: Path | None = None
    library: Path | None = None
    lexical: Path | None = None
    vectors: Path | None = None
    listed: dict[str, Listed] = field(default_factory=dict)
    salvaged: dict[str, Entry] = field(default_factory=dict)
    repaired: tuple[str, ...] = ()
    reread: bool = False
    roots: tuple[str, ...] = ()
    sources: str = ""
    documents: int = 0
    passages: int = 0


def starting_point(index: Path) -> Start:
    """Return what a build of this index starts from; nothing is written.

    Raises ``IndexMismatch`` when it was built by a later version of the product.
    """
    try:
        generation = read_generation(index, pointer(index), versions=("format", "schema"))
    except IndexMismatch as error:
        named = _named(index)
        if named is not None and is_newer(manifest_hints(named)):
            raise
        return _salvaged(index, str(error).partition(" ; ")[0])
    except IndexUnavailable as error:
        if not any((folder / MANIFEST).exists() for folder in generations(index)) and not _named(index):
            return Start()
        return _salvaged(index, str(error).partition(" ; ")[0])
    problems = damages(generation)
    if not part_is_whole(problems, LIBRARY):
        return _salvaged(index, *problems)
    manifest = generation.manifest
    library = generation.folder / LIBRARY
    elsewhere = misplaced(generation)
    reread = manifest.reading != READING_VERSION
    versions = wanted_versions()

    def derived(part: str, made: str, wanted: str) -> Path | None:
        whole = part_is_whole(problems, part) and made == wanted and not reread
        return generation.folder / part if whole else None

    return Start(
        folder=generation.folder,
        library=library,
        lexical=derived(LEXICAL, manifest.analyser, versions["analyser"]),
        vectors=None if elsewhere else derived(CHROMA, manifest.embedder, versions["embedder"]),
        listed={document.path: document for document in list_documents(library)},
        repaired=(*problems, *elsewhere, *_older(manifest)),
        reread=reread,
        roots=manifest.roots,
        sources=manifest.sources,
        documents=manifest.documents,
        passages=manifest.passages,
    )


def _older(manifest: Manifest) -> list[str]:
    """Say which versions of a manifest are not those of today, one line each."""
    wanted = {**wanted_versions(), "reading": READING_VERSION}
    made = asdict(manifest)
    return [
        f"{name} = {made[name]}, cette version attend {name} = {value}"
        for name, value in wanted.items()
        if made[name] != value
    ]


def _named(index: Path) -> Path | None:
    """Return the folder that the pointer names, if it is there."""
    try:
        folder = index / "generations" / pointer(index)
    except IndexUnavailable:
        return None
    return folder if folder.is_dir() else None


def _salvaged(index: Path, *problems: str) -> Start:
    """Return the documents that are whole in the generation that answers.

    Where some are not, those of the generation before are added: a document out of date is better
    than one lost, and its file, when it is there, is read again anyway.
    """
    found: dict[str, Entry] = {}
    folders = list(_candidates(index))
    for folder in folders:
        entries, whole = salvage(folder / LIBRARY)
        taken = {entry.document.doc_id for entry in found.values()}
        for entry in entries:
            if entry.document.doc_id not in taken:
                found.setdefault(entry.path, entry)
        if whole and entries:
            break
    roots = next((hints["roots"] for folder in folders if "roots" in (hints := manifest_hints(folder))), ())
    return Start(
        folder=folders[0] if folders else None,
        listed={
            path: Listed(entry.document.doc_id, path, entry.bytes_digest) for path, entry in found.items()
        },
        salvaged=found,
        repaired=problems,
        reread=True,
        roots=tuple(str(root) for root in roots) if isinstance(roots, list) else (),
    )


def _candidates(index: Path) -> Iterable[Path]:
    """Yield the generation that answers, then the others that were complete, newest first."""
    named = _named(index)
    if named is not None:
        yield named
    for folder in generations(index):
        if folder != named and (folder / MANIFEST).exists():
            yield folder
