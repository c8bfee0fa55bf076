"""The answer sheet in its four formats, read back with other readers than those that wrote it."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest

from assistant.answering import answer
from assistant.answers import Answer, Block, Statement, Status, Support
from assistant.citations import Citation
from assistant.export import FORMATS, AnswerSheet
from index.documents import Passage
from index.library import Library
from index.loading import read_document

QUESTION = "Qu’est-ce que l’aller-vers ?"
SENTENCE = "L’aller-vers consiste à rejoindre les personnes qui ne demandent rien, là où elles vivent."


def _long(library: Library, sentences: int) -> Answer:
    """An answer of many long statements of every kind, with odd letters in them."""
    [document] = [one for one in library.documents() if one.doc_id == "aller-vers"]
    words = "Une phrase <b>longue</b> & *marquée* → avec « guillemets », 71\u202f% et œuvre, " * 3
    passage = Passage("p", document.doc_id, document.source, document.title, "x", 0, 1, 17)
    statements = tuple(
        Statement(f"{number} {words}", (Citation(number, passage, words, 0, 1),), support, "absent")
        for number, support in enumerate(list(Support) * (sentences // 3), start=1)
    )
    blocks = (Block(statements[:4], heading="HCTS"), Block(statements[4:], listed=True))
    return Answer("Question <i> ?", Status.ANSWERED, blocks=blocks, notes=("Texte de 2023.",))


@pytest.fixture(scope="module")
def sheet(library: Library) -> AnswerSheet:
    return AnswerSheet.of(answer(library, QUESTION), library)


def _text(form: str, written: bytes, folder: Path) -> str:
    file = folder / f"fiche.{form}"
    file.write_bytes(written)
    return " ".join(read_document(file).text.split())


@pytest.mark.parametrize("form", ["docx", "odt", "pdf", "md"])
def test_the_sheet_holds_all_that_it_must(sheet: AnswerSheet, form: str, tmp_path: Path) -> None:
    text = _text(form, FORMATS[form].write(sheet), tmp_path)
    plain = text.replace("\\", "").replace("\u00a0", " ")
    for part in (QUESTION, SENTENCE, "[1]", sheet.made, sheet.corpus, "Relu par", "Signature"):
        assert part.replace("\u00a0", " ") in plain, part
    for _, reference in sheet.sources:
        assert reference.replace("\u00a0", " ") in plain


@pytest.mark.parametrize("sentences", [3, 9, 12])
def test_the_pdf_holds_on_one_page(library: Library, sentences: int) -> None:
    written = FORMATS["pdf"].write(AnswerSheet.of(_long(library, sentences), library))
    file = pypdfium2.PdfDocument(written)
    assert len(file) == 1
    assert file.get_metadata_value("Title") == "Fiche réponse"


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_office_files_hold_on_one_page(library: Library, form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice here: apt-get install libreoffice-writer-nogui")
    for name, result in (("ordinary", answer(library, QUESTION)), ("long", _long(library, 9))):
        written = FORMATS[form].write(AnswerSheet.of(result, library))
        (tmp_path / f"{name}.{form}").write_bytes(written)
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    files = [str(file) for file in sorted(tmp_path.glob(f"*.{form}"))]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = {file.stem: len(pypdfium2.PdfDocument(file)) for file in tmp_path.glob("*.pdf")}
    assert pages == {"ordinary": 1, "long": 1}


def test_a_struck_statement_stays_struck(library: Library) -> None:
    sheet = AnswerSheet.of(_long(library, 3), library)
    written = docx.Document(io.BytesIO(FORMATS["docx"].write(sheet)))
    struck = [run.text for one in written.paragraphs for run in one.runs if run.font.strike]
    assert len(struck) == 1
    assert "non confirmé par la source" in struck[0]
    assert "~~" in FORMATS["md"].write(sheet).decode()
    odt = zipfile.ZipFile(io.BytesIO(FORMATS["odt"].write(sheet)))
    assert "line-through-style" in odt.read("content.xml").decode()


def test_same_references_are_written_once(library: Library) -> None:
    sheet = AnswerSheet.of(_long(library, 9), library)
    [(markers, _)] = sheet.sources
    assert markers == tuple(range(1, 10))


def test_text_of_documents_is_no_markdown(library: Library) -> None:
    text = FORMATS["md"].write(AnswerSheet.of(_long(library, 3), library)).decode()
    assert "\\*marquée\\*" in text
    assert "\\<b\\>" in text


def test_a_refusal_can_be_taken_away_too(library: Library, tmp_path: Path) -> None:
    near = tuple(library.retrieve("aller-vers")[:1])
    result = Answer("q", Status.RELATED, "Rien sur **cela**.", nearest=near)
    text = _text("docx", FORMATS["docx"].write(AnswerSheet.of(result, library)), tmp_path)
    assert "Rien sur cela." in text
    assert "L’aller-vers" in text
