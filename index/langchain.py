"""The library as a LangChain retriever, for chains that others write.

The only file that imports ``langchain_core``; it comes with ``pip install 'tisserand[langchain]'``.
LangChain reports calls, questions included, to LangSmith when ``LANGSMITH_TRACING`` is set to true:
leave that variable alone wherever what is asked must stay on the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from index.config import index_folder
from index.documents import Passage, ScoredPassage
from index.library import Library

try:
    from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import run_in_executor
    from pydantic import Field
except ImportError as error:
    raise ImportError(
        "index.langchain demande langchain-core\u00a0: pip install 'tisserand[langchain]'"
    ) from error


class TisserandRetriever(BaseRetriever):
    """Searches a library; a ``Runnable``, so that it stands anywhere in a chain.

    ``invoke(question)`` returns ``k`` LangChain documents, best first: the prose of a passage, its
    id, and in ``metadata`` where it stands (``as_document``). ``k`` and ``history``, the earlier
    questions of the conversation, may also be given to a call, ``invoke(question, history=[…])``,
    or bound, ``retriever.bind(k=5)``. What a build publishes is searched from the next call on.
    """

    library: Library
    k: int = Field(default=10, ge=1)

    @classmethod
    def from_index(cls, index: Path | str | None = None, **settings: Any) -> Self:
        """Open the index of a folder, the configured one when none is given.

        Raises ``IndexUnavailable`` with the command that makes one.
        """
        return cls(library=Library(index_folder(str(index) if index else None)), **settings)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun | None = None,
        k: int | None = None,
        history: Sequence[str] = (),
    ) -> list[Document]:
        self.library = self.library.current()
        found = self.library.retrieve(query, self.k if k is None else k, history)
        return [as_document(scored) for scored in found]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun | None = None, **settings: Any
    ) -> list[Document]:
        return await run_in_executor(None, self._get_relevant_documents, query, **settings)


def as_document(scored: ScoredPassage) -> Document:
    """Return a passage found as a LangChain document.

    ``metadata`` holds ``source``, ``title``, ``page`` (as printed, ``None`` when unknown),
    ``section`` (headings, the outermost first), ``speaker``, ``kind``, ``date``, ``doc_id``,
    ``start`` and ``end`` (offsets in the text of the document), ``score`` (higher is better),
    ``rank``, ``coverage``, and ``also``: the other places that say the same.
    """
    metadata = {
        **_place(scored.passage),
        "score": scored.score,
        "rank": scored.rank,
        "coverage": scored.coverage,
        "also": [_place(passage) for passage in scored.also],
    }
    return Document(page_content=scored.passage.prose, metadata=metadata, id=scored.passage.passage_id)


def _place(passage: Passage) -> dict[str, Any]:
    return {
        "source": passage.source,
        "title": passage.title,
        "page": passage.page,
        "section": list(passage.section),
        "speaker": passage.speaker,
        "kind": passage.kind,
        "date": passage.date,
        "doc_id": passage.doc_id,
        "start": passage.start,
        "end": passage.end,
    }
