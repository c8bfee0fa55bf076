from pathlib import Path

import pytest

from index.errors import UsageError
from index.questions import Query, read_questions


def written(folder: Path, text: str) -> Path:
    file = folder / "q.jsonl"
    file.write_text(text, encoding="utf-8")
    return file


def test_questions_with_the_turns_before_them(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"id": "A", "question": "Quoi ?", "type": "list"}\n'
        '{"id": "B", "question": "Et après ?", "history": ["Quoi ?"]}\n'
        '{"id": "C", "question": "Qui ?", "history": null}\n',
    )
    assert read_questions(file) == [
        Query("A", "Quoi ?"),
        Query("B", "Et après ?", ("Quoi ?",)),
        Query("C", "Qui ?"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"question": "q"}', "il manque le champ «\u00a0id\u00a0»"),
        ('{"id": 3, "question": "q"}', "il manque le champ «\u00a0id\u00a0»"),
        ('{"id": "A"}', "il manque le champ «\u00a0question\u00a0»"),
        ('{"id": "A", "question": "  "}', "il manque le champ «\u00a0question\u00a0»"),
        ('{"id": "A", "question": "q", "history": "h"}', "«\u00a0history\u00a0» doit être une liste"),
        ('{"id": "A", "question": "q", "history": [1]}', "«\u00a0history\u00a0» doit être une liste"),
        ('{"id": "Z", "question": "q"}', "l’id Z est déjà celui de la ligne 1"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = written(tmp_path, f'{{"id": "Z", "question": "q"}}\n\n{line}\n')
    with pytest.raises(UsageError, match=f"q.jsonl, ligne 3\u00a0: {message}"):
        read_questions(file)


def test_a_file_without_a_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ne contient aucune question"):
        read_questions(written(tmp_path, "\n\n"))
