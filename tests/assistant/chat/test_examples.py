"""The examples of the first screen are promises: each is answered by the fiches that ship."""

from pathlib import Path

from assistant.answering import answer
from assistant.answers import Status
from assistant.chat.rendering import examples
from index.building import build
from index.config import shipped_corpus
from index.library import Library


def test_every_example_is_answered_by_the_shipped_fiches(tmp_path: Path) -> None:
    build([shipped_corpus()], tmp_path / "index")
    library = Library(tmp_path / "index")
    asked = [question for questions in examples().values() for question in questions]
    assert len(asked) >= 5
    assert {question: answer(library, question).status for question in asked} == dict.fromkeys(
        asked, Status.ANSWERED
    )
