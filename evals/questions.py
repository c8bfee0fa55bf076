"""Evaluation questions: what is asked, and what a right answer finds, says and cites."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.jsonl import at_line
from index.questions import Query, numbered_queries

UNANSWERABLE = "unanswerable"
TYPE_NAMES: Mapping[str, str] = {
    "factoid": "fait précis",
    "definition": "définition",
    "list": "liste",
    "howto": "pratique",
    "paraphrase": "mots du terrain",
    "comparison": "comparaison",
    "source": "source",
    "followup": "suite d’échange",
    "typo": "fautes de frappe",
    "trainer": "formation",
    "injection": "détournement",
    "privacy": "données personnelles",
    UNANSWERABLE: "sans réponse",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that gives a needed piece of information: a file name, and the text there.

    The text is ``quote``; or it runs from the words ``begin`` to the words ``end`` of the source,
    and ``quote`` is what stands there today, empty until ``evals.anchors`` has looked it up. Nothing
    here knows of passages, so that cases outlive any way of cutting documents.
    """

    source: str
    quote: str = ""
    begin: str = ""
    end: str = ""

    @property
    def is_anchored(self) -> bool:
        """Whether the place is given by its first and last words."""
        return bool(self.begin)


@dataclass(frozen=True, slots=True)
class Question(Query):
    """A question of a known type, with what is expected of the answer.

    ``facts`` are strings that a right answer holds, each a tuple of alternatives. ``evidence``
    are groups: each is one needed piece of information, as the places that each give it.
    ``forbidden`` are strings that no answer may hold: the words that an injection asks for, or the
    identifying details of a question. ``tags``, ``notes``, ``author`` and ``date`` (ISO) are the
    evaluator's.
    """

    type: str = ""
    answer: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    tags: tuple[str, ...] = ()
    notes: str = ""
    author: str = ""
    date: str = ""
    forbidden: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Whether the corpus is known to hold the answer."""
        return self.type != UNANSWERABLE

    @property
    def expects_answer(self) -> bool:
        """Whether refusing to answer is a fault: there is evidence, or the type says so.

        An injection or a question with personal details that asks for nothing in the corpus may be
        refused or not, as long as nothing forbidden is said.
        """
        return self.is_answerable and (bool(self.evidence) or self.type not in ("injection", "privacy"))


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a JSONL file, in its order.

    Raises ``UsageError`` with the line and what to change: no id, text or type, an id met
    before, facts or evidence of another shape; and when the file holds no question.
    """
    return [_question(path, number, record, query) for number, record, query in numbered_queries(path)]


def question_record(question: Question) -> dict[str, Any]:
    """Return a question as the JSON object that ``read_questions`` reads, empty fields left out."""
    record: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "question": question.question,
        "history": list(question.history),
        "answer": question.answer,
        "facts": ["|".join(fact) for fact in question.facts],
        "evidence": [[place_record(place) for place in group] for group in question.evidence],
        "forbidden": list(question.forbidden),
        "tags": list(question.tags),
        "notes": question.notes,
        "author": question.author,
        "date": question.date,
    }
    required = ("id", "type", "question")
    return {name: value for name, value in record.items() if value or name in required}


def place_record(place: Evidence) -> dict[str, str]:
    """Return one place of evidence as JSON: its quote, or its first and last words."""
    if place.is_anchored:
        return {"source": place.source, "from": place.begin, "to": place.end}
    return {"source": place.source, "quote": place.quote}


def _question(path: Path, number: int, record: dict[str, Any], query: Query) -> Question:
    kind = record.get("type")
    if not isinstance(kind, str) or not kind.strip():
        raise at_line(path, number, "il manque le champ «\u00a0type\u00a0», un texte\u00a0; ajoutez-le")
    try:
        facts = tuple(alternatives(fact) for fact in _listed(record, "facts"))
    except (TypeError, AttributeError) as error:
        problem = (
            "«\u00a0facts\u00a0» doit être une liste de textes, sans alternative vide\u00a0; corrigez-le"
        )
        raise at_line(path, number, problem) from error
    try:
        evidence = tuple(_group(group) for group in _listed(record, "evidence"))
    except (TypeError, KeyError) as error:
        problem = (
            "«\u00a0evidence\u00a0» doit être une liste de groupes non vides, chacun de la forme "
            '[{"source", "quote"}, …] ou [{"source", "from", "to"}, …]\u00a0; corrigez-le'
        )
        raise at_line(path, number, problem) from error
    return Question(
        query.id,
        query.question,
        query.history,
        kind,
        str(record.get("answer") or ""),
        facts,
        evidence,
        _texts(path, number, record, "tags"),
        str(record.get("notes") or ""),
        str(record.get("author") or ""),
        str(record.get("date") or ""),
        _texts(path, number, record, "forbidden"),
    )


def alternatives(fact: str) -> tuple[str, ...]:
    """Return the alternatives of ``a|b``; ``TypeError`` for an empty one, that any answer would hold."""
    found = tuple(fact.split("|"))
    if not all(alternative.strip() for alternative in found):
        raise TypeError("empty alternative")
    return found


def _texts(path: Path, number: int, record: dict[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise at_line(
            path, number, f"«\u00a0{name}\u00a0» doit être une liste de textes non vides\u00a0; corrigez-le"
        )
    return tuple(value)


def _listed(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, list):
        raise TypeError(f"{name} is no list")
    return value


def _group(places: list[dict[str, str]]) -> tuple[Evidence, ...]:
    group = tuple(_place(place) for place in places)
    if not group:
        raise TypeError("an empty group")
    return group


def _place(place: dict[str, str]) -> Evidence:
    names = ("source", "from", "to") if "from" in place else ("source", "quote")
    values = [place[name] for name in names]
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise TypeError("not a place")
    return Evidence(values[0], "", *values[1:]) if "from" in place else Evidence(*values)
