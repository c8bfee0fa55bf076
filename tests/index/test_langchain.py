import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.prompts import PromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from index.building import build
from index.langchain import TisserandRetriever
from index.library import Library

QUESTION = "Où l’équipe du CCAS tient-elle sa permanence ?"


@pytest.fixture
def retriever(library: Library) -> TisserandRetriever:
    return TisserandRetriever(library=library, k=2)


def test_documents_carry_the_passages_and_where_they_stand(
    retriever: TisserandRetriever, library: Library
) -> None:
    found = library.retrieve(QUESTION, 2)
    documents = retriever.invoke(QUESTION)
    assert [document.id for document in documents] == [scored.passage.passage_id for scored in found]
    first, metadata = documents[0], documents[0].metadata
    assert "permanence au marché" in first.page_content
    assert (metadata["source"], metadata["title"]) == ("aller-vers.md", "L’aller-vers")
    source = library.document(metadata["doc_id"])
    assert source is not None
    assert source.text[metadata["start"] : metadata["end"]] == found[0].passage.text
    assert metadata["section"] == list(found[0].passage.section)
    assert metadata["score"] == found[0].score > 0
    assert {"page", "speaker", "kind", "date", "also", "rank", "coverage"} <= metadata.keys()
    json.dumps(metadata)


def test_it_stands_in_a_chain(retriever: TisserandRetriever) -> None:
    def joined(documents: list[Document]) -> str:
        return "\n".join(document.page_content for document in documents)

    prompt = PromptTemplate.from_template("{question}\n---\n{context}")
    chain = {"context": retriever | RunnableLambda(joined), "question": RunnablePassthrough()} | prompt
    text = chain.invoke(QUESTION).to_string()
    assert text.startswith(f"{QUESTION}\n---\n")
    assert "permanence au marché" in text


def test_it_answers_several_at_once(retriever: TisserandRetriever) -> None:
    questions = [QUESTION, "quelle part de leur temps pour la paperasse ?"] * 4

    async def ask() -> list[list[Document]]:
        return await retriever.abatch(questions)

    assert asyncio.run(ask()) == [retriever.invoke(question) for question in questions]


def test_a_call_may_say_how_many_and_what_was_asked_before(
    retriever: TisserandRetriever, library: Library
) -> None:
    assert len(retriever.invoke(QUESTION, k=1)) == len(retriever.bind(k=1).invoke(QUESTION)) == 1
    history = ["combien de temps prend la charge administrative ?"]
    with_history = retriever.invoke("et en Haute-Brume ?", history=history)
    expected = library.retrieve("et en Haute-Brume ?", 2, history)
    assert [document.metadata["score"] for document in with_history] == [one.score for one in expected]
    assert with_history != retriever.invoke("et en Haute-Brume ?")
    assert asyncio.run(retriever.ainvoke("et en Haute-Brume ?", history=history)) == with_history


def test_it_searches_what_a_build_has_published_since(tmp_path: Path) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    (documents / "un.txt").write_text("La maraude passe chaque lundi soir sous le pont neuf.\n", "utf-8")
    build([documents], index)
    retriever = TisserandRetriever.from_index(index, k=1)
    assert retriever.invoke("la maraude")[0].metadata["source"] == "un.txt"
    text = "L’épicerie solidaire ouvre le mercredi aux familles du quartier.\n"
    (documents / "deux.txt").write_text(text, "utf-8")
    build([documents], index)
    assert retriever.invoke("l’épicerie solidaire")[0].metadata["source"] == "deux.txt"


def test_without_langchain_the_error_names_the_install_command() -> None:
    code = "import sys; sys.modules['langchain_core'] = None; import index.langchain"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 1
    assert "pip install 'tisserand[langchain]'" in result.stderr


def test_nothing_else_needs_langchain() -> None:
    code = (
        "import sys; import index.library, index.cli, assistant.cli; print('langchain_core' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
