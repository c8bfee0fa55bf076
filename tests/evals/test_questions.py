import json
from pathlib import Path
from typing import Any

import pytest

from evals.questions import Evidence, read_questions
from index.errors import UsageError

GOOD: dict[str, Any] = {"id": "A", "type": "list", "question": "Quoi ?"}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    file = folder / "q.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return file


def test_a_question_with_all_its_fields(questions_file: Path) -> None:
    first, second, last = read_questions(questions_file)
    assert (first.id, first.type, first.history) == ("S-1", "factoid", ())
    assert first.facts == (("40 %", "quarante pour cent"), ("soixante agents",))
    quote = "consacrent 40 % de leur temps à la charge administrative"
    assert first.evidence == ((Evidence("rapport-paperasse.txt", quote),),)
    assert second.history == ("Qui se plaint de la charge administrative ?",)
    assert [question.is_answerable for question in (first, second, last)] == [True, True, False]


def test_facts_and_evidence_may_be_left_out(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, GOOD))
    assert (question.facts, question.evidence, question.answer) == ((), (), "")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": ""}, "il manque le champ «\u00a0type\u00a0»"),
        ({"type": 3}, "il manque le champ «\u00a0type\u00a0»"),
        ({"facts": ["a|"]}, "«\u00a0facts\u00a0» doit être une liste de textes"),
        ({"facts": [3]}, "«\u00a0facts\u00a0» doit être une liste de textes"),
        ({"facts": 3}, "«\u00a0facts\u00a0» doit être une liste de textes"),
        ({"facts": "abc"}, "«\u00a0facts\u00a0» doit être une liste de textes"),
        ({"evidence": [[]]}, "«\u00a0evidence\u00a0» doit être une liste de groupes"),
        ({"evidence": [[{"source": "a.txt"}]]}, "«\u00a0evidence\u00a0» doit être une liste de groupes"),
        ({"evidence": [[{"source": "a.txt", "quote": 3}]]}, "«\u00a0evidence\u00a0» doit être"),
        ({"evidence": [{"source": "a.txt", "quote": "b"}]}, "«\u00a0evidence\u00a0» doit être"),
        ({"evidence": 3}, "«\u00a0evidence\u00a0» doit être"),
    ],
)
def test_a_field_of_another_shape_is_named_with_its_line(
    tmp_path: Path, fields: dict[str, Any], message: str
) -> None:
    file = written(tmp_path, GOOD, GOOD | {"id": "B"} | fields)
    with pytest.raises(UsageError) as raised:
        read_questions(file)
    assert str(raised.value).startswith(f"{file}, ligne 2\u00a0: {message}")
