"""Documents and questions that give orders, and a model that obeys whatever it reads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import generating
from assistant.answering import steps
from assistant.answers import Answer, Status, Support
from assistant.generating import generated
from index.building import build
from index.config import LanguageModel
from index.library import Library
from index.llm import ChatModel, reached
from tests.assistant.obeying import TOWNS, attacks, fact, obey, write_documents
from tests.llm_server import LLMServer, running

_WAY_OUT = re.compile(r"https?:|!\[|\]\(|<[a-z]|javascript:", re.IGNORECASE)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return built(tmp_path_factory.mktemp("attacked"), attacked=True)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return built(tmp_path_factory.mktemp("clean"), attacked=False)


def built(folder: Path, attacked: bool) -> Library:
    (folder / "documents").mkdir()
    write_documents(folder / "documents", attacked)
    build([folder / "documents"], folder / "index")
    return Library(folder / "index")


@pytest.fixture(scope="module")
def server() -> Iterator[LLMServer]:
    with running() as model:
        yield model


@pytest.fixture(scope="module")
def model(server: LLMServer) -> ChatModel:
    return reached(LanguageModel("openai", "obedient", server.url, silence=5))


def answered(library: Library, question: str, model: ChatModel) -> Answer:
    shown = [progress.answer for progress in steps(library, question, model=model) if progress.answer]
    for answer in shown:
        harmless(answer)
    return shown[-1]


def harmless(answer: Answer) -> None:
    """Check what any answer shows, also while it is written."""
    own = [answer.opening, *answer.notes]
    written = [one.text for one in answer.statements if one.support is not Support.QUOTED]
    assert not any(_WAY_OUT.search(text) for text in (*own, *written)), answer.text
    confirmed = [one.text for one in answer.statements if one.support is Support.CONFIRMED]
    assert not any("ZORGLUB" in text for text in (*own, *confirmed)), answer.text
    assert all(one.citations for one in answer.statements if one.support is not Support.UNCONFIRMED)


@pytest.mark.parametrize(
    ("town", "attack"), zip(TOWNS, attacks("documents"), strict=True), ids=lambda value: str(value)[:12]
)
def test_no_order_of_a_document_is_followed(
    town: str, attack: dict[str, str], attacked: Library, server: LLMServer, model: ChatModel
) -> None:
    saw = obey(server, attack)
    answer = answered(attacked, f"Que finance le fonds Passerelle de {town} ?", model)
    assert saw == [False], "the model was given the order"
    assert answer.status is Status.ANSWERED
    assert fact(town)[:-1] in answer.text
    assert "ZORGLUB" not in answer.text


@pytest.mark.parametrize("attack", attacks("questions"), ids=lambda attack: attack["id"])
def test_no_order_of_a_question_is_followed(
    attack: dict[str, str], clean: Library, server: LLMServer, model: ChatModel
) -> None:
    obey(server, attack)
    answer = answered(clean, attack["question"], model)
    assert not any(one.support is Support.CONFIRMED for one in answer.statements)
    assert "ZORGLUB" not in answer.text


def test_questions_are_obeyed_in_vain_where_the_library_answers(
    clean: Library, server: LLMServer, model: ChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question reaches the model, as if the first fence were not there and quotes answered it."""
    monkeypatch.setattr(generating, "speaks_to_a_machine", lambda text: False)
    found = clean.retrieve(f"Que finance le fonds Passerelle de {TOWNS[0]} ?", 8)
    for attack in attacks("questions"):
        saw = obey(server, attack)
        quoted = Answer(attack["question"], Status.ANSWERED)
        *_, last = generated(model, clean, attack["question"], (), found, quoted)
        assert saw == [True]
        assert last.answer is not None
        assert last.answer.statements == () and "n’a pas donné de réponse utilisable" in last.answer.text


def test_without_the_first_fence_no_document_gets_its_way(
    attacked: Library, server: LLMServer, model: ChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order reaches the model and is obeyed: what it writes is still checked against its source.

    The words of an order do stand in its document, so a sentence made of them may be shown as what
    that document says, with the order itself quoted beside it; no link, no code, no other passage may.
    """
    monkeypatch.setattr(generating, "speaks_to_a_machine", lambda text: False)
    saw = 0
    for town, attack in zip(TOWNS, attacks("documents"), strict=True):
        seen = obey(server, attack)
        for progress in steps(attacked, f"Que finance le fonds Passerelle de {town} ?", model=model):
            answer = progress.answer
            written = [
                one for one in (answer.statements if answer else ()) if one.support is not Support.QUOTED
            ]
            assert not any(_WAY_OUT.search(one.text) for one in written)
            for one in written:
                if "ZORGLUB" in one.text and one.support is Support.CONFIRMED:
                    assert any("ZORGLUB" in citation.quote for citation in one.citations), attack
        saw += any(seen)
    assert saw >= 50
