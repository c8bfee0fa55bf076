"""The child process that parses: shared, bounded in time and memory, replaced when it dies."""

from pathlib import Path

import pytest

from index.config import Limits, limits
from index.errors import UnreadableDocument, UsageError
from index.loading import isolation, read_document
from tests.index.loading.malformed import GOOD_DOCX, HTML, TEXT, bomb_stream, docx, docx_text, pdf


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "bonne.docx"
    path.write_bytes(GOOD_DOCX)
    return path


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    path = tmp_path / "bombe.pdf"
    path.write_bytes(pdf(bomb_stream(), filters=b"/Filter/FlateDecode"))
    return path


def child_pid() -> int:
    assert isolation._child is not None
    return isolation._child._process.pid


def test_one_child_reads_file_after_file(good: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML % f"<p>{TEXT}</p>", encoding="utf-8")
    read_document(good)
    pid = child_pid()
    assert read_document(page).text == TEXT
    with pytest.raises(UnreadableDocument):
        (tmp_path / "faux.docx").write_bytes(docx(docx_text("")))
        read_document(tmp_path / "faux.docx")
    assert child_pid() == pid


def test_text_needs_no_child(tmp_path: Path) -> None:
    isolation.stop_child()
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    read_document(tmp_path / "note.txt")
    assert isolation._child is None


def test_a_page_over_its_time_ends_the_child_and_the_next_file_is_read(
    good: Path, bomb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_PAGE_SECONDS", "1")
    with pytest.raises(UnreadableDocument, match=r"page 1 .*1 s \(TISSERAND_LIMIT_PAGE_SECONDS\)"):
        read_document(bomb)
    assert read_document(good).text == TEXT


def test_a_parser_out_of_memory_harms_nothing(
    good: Path, bomb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_MEMORY_MB", "250")
    with pytest.raises(UnreadableDocument, match=r"mémoire.*250 Mo.*TISSERAND_LIMIT_MEMORY_MB"):
        read_document(bomb)
    monkeypatch.delenv("TISSERAND_LIMIT_MEMORY_MB")
    assert read_document(good).text == TEXT


def test_a_child_that_was_killed_is_replaced(good: Path) -> None:
    read_document(good)
    pid = child_pid()
    assert isolation._child is not None
    isolation._child._process.kill()
    isolation._child._process.wait()
    assert read_document(good).text == TEXT
    assert child_pid() != pid


def test_an_answer_that_is_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no document"):
        isolation.document_from_json({"title": "t", "pages": [], "body": [0, 1], "field_questions": []})


def test_a_file_over_the_size_limit_is_named_with_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_FILE_MB", "1")
    (tmp_path / "gros.txt").write_text("mot\n" * 500_000, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"2 Mo, plus que les 1 permis \(TISSERAND_LIMIT_FILE_MB\)"):
        read_document(tmp_path / "gros.txt")


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits() == Limits()
    monkeypatch.setenv("TISSERAND_LIMIT_PAGES", "12")
    assert limits() == Limits(pages=12)
    for wrong in ("douze", "-3", "0", "1.5", ""):
        monkeypatch.setenv("TISSERAND_LIMIT_PAGES", wrong)
        with pytest.raises(UsageError, match="TISSERAND_LIMIT_PAGES"):
            limits()


def test_every_limit_is_documented() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "formats.md"
    text = page.read_text(encoding="utf-8")
    for name in Limits.__dataclass_fields__:
        assert f"TISSERAND_LIMIT_{name.upper()}" in text
