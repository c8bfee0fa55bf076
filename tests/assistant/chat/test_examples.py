"""The examples of the first screen are promises: each is answered by the fiches that ship."""

from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.answers import Status
from assistant.prompting import wording
from index.building import build
from index.config import shipped_corpus
from index.library import Library


def test_every_example_is_answered_by_the_shipped_fiches(tmp_path: Path) -> None:
    corpus = shipped_corpus()
    if not list(corpus.rglob("*.md")):
        pytest.skip("no fiche in this checkout yet")
    build([corpus], tmp_path / "index")
    library = Library(tmp_path / "index")
    examples = [line.lstrip("- ") for line in wording("exemples").template.splitlines()]
    assert {example: answer(library, example).status for example in examples} == dict.fromkeys(
        examples, Status.ANSWERED
    )
