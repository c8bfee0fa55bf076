"""Which documents a library holds after a build: those kept, those read again, those that left."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from index.catalogue import Catalogue, Listed
from index.chunking import chunk
from index.documents import Document, Skipped
from index.errors import UnreadableDocument
from index.field_questions import attach
from index.loading import read_document
from index.records import Entry
from index.recovering import Start
from index.scanning import Register, Scan, Seen, look, reading_conditions
from index.sources import Sources
from index.writing import Progress, Writing

_REMOVED = "retiré de la bibliothèque ; pour le remettre, donnez son chemin à tisserand-index build"
_LOST = "document {} perdu : ni son fichier ni sa copie ne peuvent être lus ; remettez le fichier"


def background_fingerprint(sources: Sources, questions: Sequence[Path]) -> str:
    """Return what changes when documents, though the same, must give other passages."""
    digest = hashlib.sha256(repr(sources).encode("utf-8"))
    for file in questions:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class Reading:
    """The documents of the library, by path, and what happened to them; ``writing`` gets what changes.

    ``named`` are the files that the operator gave one by one: what could not be read or was taken
    out before is tried again for them. ``questions`` are the files of questions on documents.
    """

    def __init__(
        self,
        start: Start,
        register: Register,
        sources: Sources,
        questions: Sequence[Path],
        named: Collection[str],
        writing: Writing,
        progress: Progress,
    ) -> None:
        self.start = start
        self.register = register
        self.sources = sources
        self.questions = questions
        self._retried = register.conditions != reading_conditions()
        self._named = named
        self._writing = writing
        self._progress = progress
        self._library: Catalogue | None = None
        self._made: set[str] = set()
        self._moves: dict[str, list[Listed]] = {}
        self._passages = 0
        self.documents: dict[str, Listed] = dict(start.listed)
        self.seen: dict[str, Seen] = dict(register.files)
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.moved: list[str] = []
        self.removed: list[str] = []
        self.skipped: list[Skipped] = []

    @property
    def changed(self) -> bool:
        """Whether the library is another one than before."""
        return bool(self.added or self.updated or self.moved or self.removed)

    def close(self) -> None:
        """Release the files of the library before."""
        if self._library is not None:
            self._library.close()

    def read(self, files: Sequence[Path]) -> None:
        """Read the files that changed; all of them when the library must be read again."""
        present = {str(file) for file in files}
        for document in self.documents.values():
            if document.path not in present and not Path(document.path).exists():
                self._moves.setdefault(document.bytes_digest, []).append(document)
        for number, file in enumerate(files):
            self._progress(f"{self._passages} passages, {file.name}", number, len(files))
            try:
                self._read_one(file)
            except UnreadableDocument as error:
                self._skip(str(file), str(error))
        if self.start.reread:
            self._restore()

    def leave_out_gone(self, scan: Scan, roots: Iterable[Path]) -> None:
        """Let the documents leave whose files are gone from folders that were looked into."""
        folders = [root for root in roots if root.is_dir()]
        present = {str(file) for file in scan.files}
        for path, document in list(self.documents.items()):
            if path not in present and scan.covers(path, folders) and not Path(path).exists():
                self._drop(path)
                self.removed.append(document.doc_id)

    def remove(self, doc_ids: Collection[str]) -> None:
        """Take documents out, and remember that the operator did."""
        for path, document in list(self.documents.items()):
            if document.doc_id in doc_ids:
                seen = self.seen.get(path) or Seen(0, 0, 0, document.bytes_digest)
                self._drop(path)
                self.seen[path] = replace(seen, doc_id="", removed=True)
                self.removed.append(document.doc_id)

    def identify_again(self) -> None:
        """Make the passages of the documents kept anew, after ``sources.toml`` has changed."""
        for path in list(self.documents):
            if path in self._made:
                continue
            stored = self._stored(path)
            try:
                entry = self._entry(stored.read, path, stored.bytes_digest)
            except UnreadableDocument:
                continue  # nothing left of it: its passages of before are better than none
            if entry != stored:
                self._put(entry)
                self.updated.append(stored.document.doc_id)
        self.unchanged = [doc_id for doc_id in self.unchanged if doc_id not in self.updated]

    def register_files(self) -> dict[str, Seen]:
        """Return what is to be remembered of files: none that is gone and is no document."""
        for path, document in self.documents.items():
            if path in self.seen:
                self.seen[path] = replace(self.seen[path], doc_id=document.doc_id)
        return {
            path: seen
            for path, seen in self.seen.items()
            if path in self.documents or seen.removed or Path(path).exists()
        }

    def _read_one(self, file: Path) -> None:
        path, before = str(file), self.documents.get(str(file))
        seen = self.seen[path] = look(file, self.seen.get(path))
        tried_again = path in self._named or self._retried
        if before is not None and before.bytes_digest == seen.digest and not self.start.reread:
            self.unchanged.append(before.doc_id)
        elif before is None and seen.removed and path not in self._named:
            self._skip(path, _REMOVED)
        elif seen.reason and not tried_again:
            self._skip(path, seen.reason)
        elif before is None and (moved := self._moved_from(seen)) is not None:
            self._move(moved, file)
        else:
            try:
                self._renew(file, seen, before)
            except UnreadableDocument as error:
                self.seen[path] = replace(seen, reason=str(error))
                raise

    def _renew(self, file: Path, seen: Seen, before: Listed | None) -> None:
        """Read a file that is new or has changed, or whose document must be made again."""
        path = str(file)
        taken = {document.doc_id for document in self.documents.values() if document.path != path}
        read = read_document(file)
        lost = seen.doc_id if self.start.library is None and seen.doc_id not in taken else ""
        doc_id = before.doc_id if before else lost or _free(read.doc_id, taken)
        self._put(self._entry(replace(read, doc_id=doc_id), path, seen.digest))
        self.seen[path] = replace(seen, reason="", removed=False)
        if (before and before.bytes_digest == seen.digest) or (before is None and lost):
            self.unchanged.append(doc_id)
        else:
            (self.updated if before else self.added).append(doc_id)

    def _moved_from(self, seen: Seen) -> Listed | None:
        """Return the document of the same bytes whose file is gone, if there is one."""
        known = self._moves.get(seen.digest)
        return known.pop() if known else None

    def _move(self, before: Listed, file: Path) -> None:
        """Give a document its new path; it is read again when its name, and so its title, changed."""
        stored, path = self._stored(before.path), str(file)
        if file.name == Path(before.path).name and not self.start.reread:
            entry = replace(stored, path=path)
        else:
            try:
                read = replace(read_document(file), doc_id=before.doc_id)
            except UnreadableDocument:
                read = stored.read
            entry = self._entry(read, path, before.bytes_digest)
        self._drop(before.path)
        self._put(entry)
        self.moved.append(before.doc_id)

    def _restore(self) -> None:
        """Make the documents whose file could not be read again from their stored text."""
        for path in list(self.documents):
            if path in self._made:
                continue
            stored = self._stored(path)
            try:
                self._put(self._entry(stored.read, path, stored.bytes_digest))
            except UnreadableDocument as error:
                self._drop(path)
                self._skip(path, str(error))
        if self.start.library is None:
            for path, seen in list(self.seen.items()):
                if seen.doc_id and path not in self.documents and not Path(path).exists():
                    del self.seen[path]
                    self._skip(path, _LOST.format(seen.doc_id))

    def _entry(self, read: Document, path: str, bytes_digest: str) -> Entry:
        document = self.sources.identify(read)
        passages = attach(document, chunk(document), self.questions).passages
        if not passages:
            raise UnreadableDocument("aucun texte à indexer")
        return Entry(document, read, path, bytes_digest, passages)

    def _put(self, entry: Entry) -> None:
        self._writing.put(entry)
        self._made.add(entry.path)
        self._passages += len(entry.passages)
        self.documents[entry.path] = Listed(entry.document.doc_id, entry.path, entry.bytes_digest)

    def _drop(self, path: str) -> None:
        document = self.documents.pop(path, None)
        if document is not None:
            self._writing.drop(document.doc_id)
        self.seen.pop(path, None)
        self._made.discard(path)

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def _stored(self, path: str) -> Entry:
        """Return the document of the library before that was read at this path, as it was made."""
        if self.start.library is None:
            return self.start.salvaged[path]
        if self._library is None:
            self._library = Catalogue(self.start.library)
        entry = self._library.entry(path)
        return replace(entry, passages=tuple(replace(one, same_as="") for one in entry.passages))


def _free(doc_id: str, taken: set[str]) -> str:
    """Return the id, numbered when another document of that name is in the library."""
    candidate, number = doc_id, 2
    while candidate in taken:
        candidate, number = f"{doc_id}-{number}", number + 1
    return candidate
