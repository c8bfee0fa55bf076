import json
from pathlib import Path

import pytest

from assistant.cli import main


def _write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_pairs_are_judged_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    passage = "Le service reçoit 340 familles."
    pairs = _write(
        tmp_path / "pairs.jsonl",
        {"id": "a", "passages": [passage], "sentence": "Le service reçoit 340 familles."},
        {"id": "b", "passages": [passage], "sentence": "Le service reçoit 430 familles."},
    )
    out = tmp_path / "out.jsonl"
    assert main(["verify", "--pairs", str(pairs), "--run", str(out)]) == 0
    first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert first == {"id": "a", "supported": True, "reason": ""}
    assert (second["id"], second["supported"]) == ("b", False)
    assert "430" in second["reason"]
    assert "2 paires, dont 1 confirmée" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"id": "a", "passages": ["x"]}, "sentence"),
        ({"passages": ["x"], "sentence": "y"}, "id"),
        ({"id": "a", "passages": "x", "sentence": "y"}, "passages"),
        ({"id": "a", "passages": [1], "sentence": "y"}, "passages"),
        ([1], "objet"),
    ],
)
def test_a_bad_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record: object, problem: str
) -> None:
    pairs = _write(tmp_path / "pairs.jsonl", record)
    assert main(["verify", "--pairs", str(pairs), "--run", str(tmp_path / "out.jsonl")]) == 1
    error = capsys.readouterr().err
    assert "pairs.jsonl, ligne 1" in error
    assert problem in error
    assert not (tmp_path / "out.jsonl").exists()
