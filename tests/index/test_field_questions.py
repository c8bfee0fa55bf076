from pathlib import Path

import pytest

from index.chunking import chunk
from index.errors import UsageError
from index.field_questions import attach, read_anchored, shipped_questions
from index.loading import read_document

TEXT = "Premier titre\n\nLe bus social passe le lundi. Il s’arrête place du Marché.\n\n" + "Du texte. " * 200
ENTRY = (
    '{"from": "LE BUS SOCIAL passe", "to": "s\'arrête place du marché", "words": 10, '
    '"questions": ["il vient quand le camion ?"]}\n'
)
LOST = '{"from": "une phrase absente", "to": "du texte", "words": 5, "questions": ["quoi ?"]}\n'


def test_questions_find_their_passage_whatever_the_layout(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "r.jsonl").write_text(ENTRY + LOST, encoding="utf-8")
    document = read_document(tmp_path / "r.txt")
    attached = attach(document, chunk(document), [tmp_path / "r.jsonl"])
    assert attached.unmatched == 1
    holders = [passage for passage in attached.passages if passage.questions]
    (question,) = holders[0].questions
    assert question.text == "il vient quand le camion ?"
    assert document.text[question.start : question.end].startswith("Le bus social passe")
    assert len(holders) == 1


def test_questions_on_another_report_are_left_out(tmp_path: Path, library_folder: Path) -> None:
    (tmp_path / "r.jsonl").write_text(ENTRY, encoding="utf-8")
    document = read_document(library_folder / "rapport-paperasse.txt")
    attached = attach(document, chunk(document), [tmp_path / "r.jsonl"])
    assert attached.unmatched == 0
    assert not any(passage.questions for passage in attached.passages)


def test_a_bad_entry_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(ENTRY + '{"from": "a"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="ligne 2"):
        read_anchored(tmp_path / "r.jsonl")


def test_every_shipped_question_finds_its_place_in_the_real_corpus(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read_document(path)
        attached = attach(document, chunk(document), shipped_questions())
        assert attached.unmatched == 0
        assert sum(bool(passage.questions) for passage in attached.passages) > 0.9 * len(attached.passages)
