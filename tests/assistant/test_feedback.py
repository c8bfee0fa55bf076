import json
import stat
from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.answers import Answer, Status
from assistant.feedback import FEEDBACK_FILE, FEEDBACK_VARIABLE, REASONS, Opinion, feedback_folder, keep
from index.library import Library

NAMED = "Mme Karima Benali, 06 12 34 56 78, refuse d’ouvrir"


def _records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / FEEDBACK_FILE).read_text(encoding="utf-8").splitlines()]


def test_nothing_is_kept_without_consent_or_for_an_unknown_reason(tmp_path: Path) -> None:
    result = Answer("question", Status.NONE)
    assert not keep(Opinion("bien"), result, (), "v", tmp_path / "avis")
    assert not keep(Opinion("autre", consent=True), result, (), "v", tmp_path / "avis")
    assert not (tmp_path / "avis").exists()


def test_a_record_holds_what_evaluators_need_and_no_person(library: Library, tmp_path: Path) -> None:
    result = answer(library, "Qu’est-ce que l’aller-vers ?")
    opinion = Opinion("incomplet", f"il manque ce que dit {NAMED}", consent=True)
    assert keep(opinion, result, [f"Que faire pour {NAMED} ?"], "v1", tmp_path)
    [record] = _records(tmp_path)
    assert set(record) == {
        *("id", "date", "question", "history", "answer"),
        *("status", "citations", "reason", "word", "corpus"),
    }
    assert record["question"] == "Qu’est-ce que l’aller-vers ?"
    assert record["answer"] == result.text
    assert record["citations"]
    assert record["corpus"] == "v1"
    assert "Benali" not in json.dumps(record, ensure_ascii=False)
    assert "06 12" not in json.dumps(record)


def test_opinions_are_added_one_a_line_and_read_by_their_owner_alone(tmp_path: Path) -> None:
    for reason in REASONS:
        assert keep(Opinion(reason, consent=True), Answer("q", Status.NONE), (), "v", tmp_path)
    records = _records(tmp_path)
    assert [record["reason"] for record in records] == list(REASONS)
    assert len({record["id"] for record in records}) == len(REASONS)
    assert stat.S_IMODE((tmp_path / FEEDBACK_FILE).stat().st_mode) == 0o600


def test_the_folder_is_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FEEDBACK_VARIABLE, str(tmp_path))
    assert feedback_folder() == tmp_path
    monkeypatch.delenv(FEEDBACK_VARIABLE)
    assert feedback_folder().name == "feedback"
