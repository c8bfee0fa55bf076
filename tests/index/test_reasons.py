from pathlib import Path

from index.reasons import reason


def test_a_usual_cause_is_told_in_french(tmp_path: Path) -> None:
    try:
        (tmp_path / "absent" / "inside").write_text("")
    except OSError as error:
        assert reason(error) == "chemin introuvable"
    else:
        raise AssertionError("a file was written in a folder that is not there")


def test_a_rare_cause_keeps_the_words_of_the_system() -> None:
    assert reason(OSError(9999, "odd thing")) == "odd thing"
    assert reason(TimeoutError()) == "TimeoutError"
