"""Evaluation questions: what is asked, and what a right answer finds, says and cites."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.jsonl import at_line
from index.questions import Query, numbered_queries

UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that gives a needed piece of information: a file name, and the text there."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question(Query):
    """A question of a known type, with what is expected of the answer.

    ``facts`` are strings that a right answer holds, each a tuple of alternatives. ``evidence``
    are groups: each is one needed piece of information, as the places that each give it.
    """

    type: str = ""
    answer: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[tuple[Evidence, ...], ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Whether the corpus is known to hold the answer."""
        return self.type != UNANSWERABLE


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a file, in its order.

    Raises ``UsageError`` with the line and what to change: no id, text or type, an id met
    before, facts or evidence of another shape; and when the file holds no question.
    """
    return [_question(path, number, record, query) for number, record, query in numbered_queries(path)]


def _question(path: Path, number: int, record: dict[str, Any], query: Query) -> Question:
    kind = record.get("type")
    if not isinstance(kind, str) or not kind.strip():
        raise at_line(path, number, "il manque le champ «\u00a0type\u00a0», un texte\u00a0; ajoutez-le")
    try:
        facts = tuple(_alternatives(fact) for fact in _listed(record, "facts"))
    except (TypeError, AttributeError) as error:
        problem = (
            "«\u00a0facts\u00a0» doit être une liste de textes, sans alternative vide\u00a0; corrigez-le"
        )
        raise at_line(path, number, problem) from error
    try:
        evidence = tuple(_group(group) for group in _listed(record, "evidence"))
    except (TypeError, KeyError) as error:
        problem = (
            "«\u00a0evidence\u00a0» doit être une liste de groupes non vides, "
            'chacun de la forme [{"source", "quote"}, …]\u00a0; corrigez-le'
        )
        raise at_line(path, number, problem) from error
    answer = str(record.get("answer") or "")
    return Question(query.id, query.question, query.history, kind, answer, facts, evidence)


def _listed(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, list):
        raise TypeError(f"{name} is no list")
    return value


def _alternatives(fact: str) -> tuple[str, ...]:
    """Return the alternatives of ``a|b``; an empty one, that any answer would hold, is refused."""
    alternatives = tuple(fact.split("|"))
    if not all(alternative.strip() for alternative in alternatives):
        raise TypeError("empty alternative")
    return alternatives


def _group(places: list[dict[str, str]]) -> tuple[Evidence, ...]:
    group = tuple(Evidence(place["source"], place["quote"]) for place in places)
    if not group or not all(isinstance(text, str) for place in group for text in (place.source, place.quote)):
        raise TypeError("not a group of places")
    return group
