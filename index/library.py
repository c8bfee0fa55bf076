"""An index opened for reading: its documents, and the passages that answer a question."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path

from index.catalogue import Catalogue
from index.documents import Document, Passage, ScoredPassage
from index.embedding import configured_embedder
from index.errors import IndexMismatch, IndexUnavailable, StoreError, cause
from index.filters import NO_FILTERS, Filters
from index.french import fold, stem
from index.generations import LEXICAL, LIBRARY, Manifest, current_generation, damaged, hold, pointer
from index.glossary import Glossary, library_glossary
from index.lexical import LexicalIndex
from index.lexicon import Lexicon, lexicon_file
from index.reranking import configured_reranker
from index.retrieval import Retriever
from index.spelling import written
from index.verifying import check_served, open_vectors


class Library:
    """Read access to one generation of an index; keeps answering while a new one is built.

    ``glossary`` holds the sigles of the library and of the field, each with its meanings.
    """

    def __init__(self, index: Path) -> None:
        """Open the index. Raises ``IndexUnavailable`` with the command that makes one."""
        generation = self._generation = current_generation(index)
        self._release = weakref.finalize(self, os.close, hold(index, generation.folder))
        check_served(index, generation)
        self.index = index
        self.manifest: Manifest = generation.manifest
        self.lexical = LexicalIndex(generation.folder / LEXICAL)
        self._catalogue = Catalogue(generation.folder / LIBRARY)
        self.glossary: Glossary = library_glossary(self._catalogue.definitions())
        self._opening = threading.Lock()
        self._opened: Retriever | None = None

    def close(self) -> None:
        """Release the files."""
        if self._opened is not None:
            self._opened.close()
        self._catalogue.close()
        self._release()

    def is_current(self) -> bool:
        """Say whether no build has published since this library was opened (reads one short file)."""
        try:
            return pointer(self.index) == self._generation.folder.name
        except IndexUnavailable:
            return True  # no other one to open

    def current(self) -> Library:
        """Return the library to answer from now: this one, or the one published since.

        This one stays open for those who still read it. Where the new one cannot be opened, this
        one goes on answering.
        """
        if self.is_current():
            return self
        try:
            return type(self)(self.index)
        except IndexUnavailable:
            return self

    def documents(self) -> list[Document]:
        """Return all documents, by title; reads all texts (``heads`` reads none)."""
        return self._catalogue.documents()

    def heads(self) -> list[Document]:
        """Return all documents without their texts, which stay on the disk."""
        return self._catalogue.heads()

    def document(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` when there is none of that id."""
        return self._catalogue.document(doc_id)

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return the passages of one document in reading order."""
        return self._catalogue.passages_of(doc_id)

    def retrieve(
        self,
        query: str,
        k: int = 20,
        history: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
    ) -> list[ScoredPassage]:
        """Return the ``k`` passages that best answer a question, best first.

        ``history`` holds the earlier questions of the conversation, oldest first; their words
        count less than those of the question. Copies of a passage are given once. Raises
        ``UsageError`` when the model that the index was built with cannot be had, or when no passage
        is let through by ``filters``, ``IndexUnavailable`` when its vectors can no longer be read.
        """
        try:
            return self._retriever.retrieve(query, k, history, filters)
        except StoreError as error:
            raise damaged(self.index, cause(error)) from error

    def written(self, question: str) -> str:
        """Return a question with its words as French writes them, when it is typed loosely."""
        return written(question, self._knows)

    def _knows(self, word: str) -> bool:
        """Say whether a passage holds a word in small letters, or it is a sigle of the field."""
        terms = {stem(word), fold(word)}
        return word.upper() in self.glossary or any(map(self.lexical.holds, terms))

    def likeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text with a question, by the model of the index."""
        return self._retriever.likeness(query, texts)

    @property
    def _retriever(self) -> Retriever:
        """The search, opened when it is first needed, once for all threads."""
        with self._opening:
            if self._opened is None:
                self._opened = self._open_retriever()
            return self._opened

    def _open_retriever(self) -> Retriever:
        embedder = configured_embedder()
        if embedder.name != self.manifest.embedder:
            raise IndexMismatch(
                f"l’index {self.index} a été construit avec le modèle {self.manifest.embedder}, "
                f"le réglage donne {embedder.name} ; pour le reconstruire : "
                f"tisserand-index build --index {self.index}"
            )
        store = open_vectors(self.index, self._generation)
        lexicon = Lexicon(lexicon_file(), self.glossary)
        reranker = configured_reranker()
        return Retriever(self._catalogue, self.lexical, store, embedder, lexicon, reranker=reranker)
