from pathlib import Path

import pytest

from index.errors import UsageError
from index.jsonl import read_records, write_records


def test_what_is_written_is_read_again_one_object_a_line(tmp_path: Path) -> None:
    file = tmp_path / "new" / "out.jsonl"
    records = [{"text": "été\u2028\u2029\x85\x0c\n«\u00a0»\U0001f600"}, {"half": "\ud800"}]
    write_records(file, records)
    assert [record for _, record in read_records(file)] == records
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2, "no reader takes a part of a record for a line"
    assert "été" in text


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\r\n  \n{"b": "\xc3\xa9"}')
    assert list(read_records(file)) == [(1, {"a": 1}), (4, {"b": "é"})]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"a": }', "ligne 2\u00a0: pas du JSON \\(colonne 7\\)"),
        (b"[" * 100_000, "ligne 2\u00a0: pas du JSON"),
        (b"3", "ligne 2\u00a0: pas un objet JSON"),
        (b'"\xff"', "ligne 2\u00a0: pas de l’UTF-8"),
    ],
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: bytes, message: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"{}\n" + line)
    with pytest.raises(UsageError, match=message):
        list(read_records(file))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.jsonl n’existe pas"):
        list(read_records(tmp_path / "absent.jsonl"))
    with pytest.raises(UsageError, match="est un dossier"):
        list(read_records(tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="ne peut pas être lu"):
        list(read_records(tmp_path / "file" / "inside.jsonl"))


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=r"impossible d’écrire .*folder"):
        write_records(tmp_path / "folder", [{}])
    (tmp_path / "file").write_text("kept")
    with pytest.raises(UsageError, match="impossible d’écrire"):
        write_records(tmp_path / "file" / "inside.jsonl", [{}])
    with pytest.raises(UsageError, match="vide"):
        write_records(Path(), [{}])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
