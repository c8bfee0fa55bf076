"""PDFs of ReportLab: columns, furniture, notes, cut words, page numbers, scans."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document
from index.errors import UnreadableDocument
from index.loading import read_document
from index.loading.pdf import ocr
from tests.index.loading.report_pdf import HEADER, report_pdf


@pytest.fixture(scope="module")
def document(report: Path) -> Document:
    return read_document(report)


def page_text(document: Document, number: int) -> str:
    bounds = [page.offset for page in document.pages] + [len(document.text)]
    return document.text[bounds[number - 1] : bounds[number]]


def test_columns_are_read_one_after_the_other(document: Document) -> None:
    page = page_text(document, 2)
    order = ["Une phrase qui court", "Le comité a visité", "Le psychologue", "Pour y répondre", "[^1]:"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert (
        "la dispersion des guichets, la rotation des équipes, l’absence d’un lieu" in page
    )  # over the gutter
    assert "au-dessus des deux colonnes du texte et finit plus bas." in page


def test_headers_and_page_numbers_are_taken_out(document: Document) -> None:
    assert HEADER not in document.text
    assert not any(line.strip().isdigit() for line in document.text.splitlines())


def test_headings_that_carry_numbers_are_no_furniture(document: Document) -> None:
    headings = [line for line in document.text.splitlines() if line.startswith("#")]
    lieux = [f"## {n}. Ce que disent les équipes du lieu {n}" for n in range(1, 7)]
    assert headings == ["# L’accueil à Rivefleurie", *lieux]


def test_printed_numbers_follow_the_page_and_the_cover_has_none(document: Document) -> None:
    assert [page.printed for page in document.pages] == [None, 11, 12, 13, 14, 15, 16]
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5, 6, 7]


def test_cut_words_are_mended_and_true_hyphens_kept(document: Document) -> None:
    for words in ("les professionnelles décrivent", "Les personnes non-diplômées", "des appels sans réponse"):
        assert words in document.text
    assert "¬" not in document.text and "décri-" not in document.text


def test_notes_stand_apart_on_their_page_and_are_linked(document: Document) -> None:
    page = page_text(document, 3)
    assert "que je ne rencontre »[^3]. Les personnes" in page
    assert (
        "[^3]: Entretien du 4 avril, au centre social des Tilleuls, noté par deux membres du comité" in page
    )
    assert "\n[^4]: Voir l’annexe des visites, tableau des effectifs.\n" in page


def test_title_and_date_come_from_the_cover(document: Document) -> None:
    assert document.title == "L’accueil à Rivefleurie"
    assert document.date == "2024-06"


def test_too_many_pages_are_refused_with_the_name_of_the_setting(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_PAGES", "5")
    with pytest.raises(UnreadableDocument, match=r"7 pages.*TISSERAND_LIMIT_PAGES"):
        read_document(report)


def scan(lines: list[str]) -> ImageReader:
    """Return the picture of a page of text, as a scanner makes it."""
    picture = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(34)
    for number, line in enumerate(lines):
        draw.text((120, 150 + 60 * number), line, fill=20, font=font)
    return ImageReader(picture)


def scanned_pdf(folder: Path, with_text: bool) -> Path:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=True)
    if with_text:
        canvas.drawString(70, 700, "La premiere page a une couche de texte, la suivante est une image.")
        canvas.showPage()
    lines = ["La commission propose une permanence", "dans chaque quartier de la ville."]
    canvas.drawImage(scan(lines), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    path = folder / "numerisation.pdf"
    path.write_bytes(stream.getvalue())
    return path


needs_tesseract = pytest.mark.skipif(
    ocr.tesseract() is None, reason="Tesseract is not installed with French (tesseract-ocr-fra)"
)


@needs_tesseract
def test_scanned_pages_are_read_by_ocr(tmp_path: Path) -> None:
    document = read_document(scanned_pdf(tmp_path, with_text=True))
    assert document.unread_pages == 0
    assert "La commission propose une permanence dans chaque quartier de la ville." in page_text(document, 2)


def without_tesseract(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run the next child with a PATH that holds no Tesseract."""
    from index.loading.isolation import stop_child

    stop_child()
    monkeypatch.setenv("PATH", str(folder))
    assert shutil.which("tesseract") is None


def test_without_tesseract_unread_pages_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned_pdf(tmp_path, with_text=True)
    without_tesseract(monkeypatch, tmp_path)
    document = read_document(path)
    assert document.unread_pages == 1
    assert "couche de texte" in document.text
    assert [page.number for page in document.pages] == [1, 2]


def test_without_tesseract_a_scan_is_reported_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scanned_pdf(tmp_path, with_text=False)
    without_tesseract(monkeypatch, tmp_path)
    with pytest.raises(UnreadableDocument, match=r"numérisées.*tesseract-ocr et tesseract-ocr-fra"):
        read_document(path)


def test_the_same_bytes_give_the_same_text(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(report_pdf(2))
    first, second = read_document(tmp_path / "a.pdf"), read_document(tmp_path / "b.pdf")
    assert first.digest == second.digest
