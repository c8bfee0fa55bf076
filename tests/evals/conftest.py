"""Questions on the small library of the tests: one for each way of being scored."""

import json
from pathlib import Path
from typing import Any

import pytest

SMALL_QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "S-1",
        "type": "factoid",
        "question": "Quelle part de leur temps les assistantes consacrent-elles à la charge administrative ?",
        "answer": "40 % de leur temps.",
        "facts": ["40 %|quarante pour cent", "soixante agents"],
        "evidence": [
            [
                {
                    "source": "rapport-paperasse.txt",
                    "quote": "consacrent 40 % de leur temps à la charge administrative",
                }
            ]
        ],
    },
    {
        "id": "S-2",
        "type": "followup",
        "question": "Et que recommande le comité ?",
        "history": ["Qui se plaint de la charge administrative ?"],
        "facts": ["une seule saisie"],
        "evidence": [
            [
                {
                    "source": "rapport-paperasse.txt",
                    "quote": "une seule saisie des dossiers, partagée entre la CAF",
                }
            ]
        ],
    },
    {
        "id": "S-3",
        "type": "unanswerable",
        "question": "Quel xylophone pour le zoo ?",
        "facts": [],
        "evidence": [],
    },
]


@pytest.fixture
def questions_file(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in SMALL_QUESTIONS]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
