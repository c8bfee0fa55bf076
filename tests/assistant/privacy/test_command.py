"""``tisserand screen`` as it is run."""

import json
from pathlib import Path

import pytest

from assistant.cli import main

TEXTS = '{"id": "1", "text": "Kevin fugue"}\n{"id": "2", "text": "la loi Taquet\\u00a0?"}\n'


def test_screen_writes_what_it_found_in_each_text(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    texts.write_text(TEXTS, encoding="utf-8")
    assert main(["screen", "--texts", str(texts), "--run", str(out)]) == 0
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {
            "id": "1",
            "found": [{"kind": "name", "text": "Kevin", "start": 0, "end": 5}],
            "reworded": "Une personne fugue",
        },
        {"id": "2", "found": [], "reworded": "la loi Taquet\u00a0?"},
    ]


def test_the_speakers_of_a_library_are_no_alarm(tmp_path: Path, small_index: Path) -> None:
    texts, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    texts.write_text(TEXTS, encoding="utf-8")
    assert main(["screen", "--texts", str(texts), "--run", str(out), "--index", str(small_index)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_a_record_without_text_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "1"}\n', encoding="utf-8")
    assert main(["screen", "--texts", str(texts), "--run", str(tmp_path / "out.jsonl")]) == 1
    assert "ligne 1" in capsys.readouterr().err
