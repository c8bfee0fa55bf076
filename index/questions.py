"""Question files, as far as asking goes: an id, a question, the turns before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.jsonl import at_line, read_records


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: ``history`` holds the earlier questions of the conversation, oldest first."""

    id: str
    question: str
    history: tuple[str, ...] = ()


def read_questions(path: Path) -> list[Query]:
    """Return the questions of a file, in its order; other fields than those of ``Query`` are left.

    Raises ``UsageError``, with the line, for a question without id or text, or an id met before,
    and when the file holds no question.
    """
    return [query for _, _, query in numbered_queries(path)]


def numbered_queries(path: Path) -> Iterator[tuple[int, dict[str, Any], Query]]:
    """Yield each question with its line number and the whole object it was read from.

    Raises as ``read_questions`` does.
    """
    lines: dict[str, int] = {}
    for number, record in read_records(path):
        query = _query(path, number, record)
        if query.id in lines:
            problem = (
                f"l’id {query.id} est déjà celui de la ligne {lines[query.id]}\u00a0; donnez-en un autre"
            )
            raise at_line(path, number, problem)
        lines[query.id] = number
        yield number, record, query
    if not lines:
        raise UsageError(f"{path} ne contient aucune question\u00a0; il faut un objet JSON par ligne")


def _query(path: Path, number: int, record: dict[str, Any]) -> Query:
    for name in ("id", "question"):
        value = record.get(name)
        if not isinstance(value, str) or not value.strip():
            problem = f"il manque le champ «\u00a0{name}\u00a0», un texte\u00a0; ajoutez-le"
            raise at_line(path, number, problem)
    history = record.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise at_line(path, number, "«\u00a0history\u00a0» doit être une liste de textes\u00a0; corrigez-le")
    return Query(record["id"], record["question"], tuple(history))
