"""Files of cases, read and written whatever their form: JSONL, a spreadsheet (CSV), or a folder of both."""

from collections.abc import Sequence
from pathlib import Path

from evals.questions import Question, question_record, read_questions
from index.errors import UsageError
from index.jsonl import write_records

SUFFIXES = (".jsonl", ".csv")


def read_cases(path: Path) -> list[Question]:
    """Return the cases of a file, or of all the files of a folder by name.

    Raises ``UsageError`` with the file and line of what is wrong, and for an id that two files give.
    """
    if not path.is_dir():
        return _read(path)
    files = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES)
    if not files:
        raise UsageError(f"{path} ne contient aucun fichier de cas (.jsonl ou .csv)")
    origin: dict[str, Path] = {}
    questions = []
    for file in files:
        for question in _read(file):
            if question.id in origin:
                raise UsageError(
                    f"l’id {question.id} est dans {origin[question.id]} et dans {file}\u00a0; "
                    "donnez-en un autre"
                )
            origin[question.id] = file
            questions.append(question)
    return questions


def write_cases(path: Path, questions: Sequence[Question]) -> None:
    """Write cases in place of a file, as CSV or JSONL by its suffix. Raises ``UsageError``."""
    if path.suffix == ".csv":
        from evals.spreadsheet import write_csv

        write_csv(path, questions)
    else:
        write_records(path, map(question_record, questions))


def _read(path: Path) -> list[Question]:
    if path.suffix == ".csv":
        from evals.spreadsheet import read_csv

        return read_csv(path)
    return read_questions(path)
