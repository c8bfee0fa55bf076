"""Every file of a module is opened by another program, or by a parser of its format."""

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from odf import teletype
from odf.opendocument import load
from odf.text import H, P
from pptx import Presentation
from ua_exam.gift_parser import parse_gift_content

from assistant.modules import Module
from assistant.modules.export import FORMATS, Sheet, exported
from assistant.modules.module import QuestionKind, SequenceKind
from assistant.verification import quoted_in
from index.library import Library

_OFFICE = shutil.which("soffice")
_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def _words(text: str) -> str:
    return " ".join(text.split())


def _docx_text(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return _words("\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells]))


def _odt_text(content: bytes) -> str:
    file = load(BytesIO(content))
    return _words(
        "\n".join(teletype.extractText(one) for kind in (H, P) for one in file.getElementsByType(kind))
    )


def _pdf_text(content: bytes) -> str:
    file = pypdfium2.PdfDocument(content)
    return _words("\n".join(page.get_textpage().get_text_range() for page in file).replace("\ufffe", "-"))


READERS = {"docx": _docx_text, "odt": _odt_text, "md": lambda content: _words(content.decode("utf-8"))}


@pytest.mark.parametrize("extension", READERS)
def test_the_trainers_sheet_holds_every_quote_and_source(empowerment: Module, extension: str) -> None:
    text = READERS[extension](exported(empowerment, extension)).replace("\\", "")
    for sequence in empowerment.sequences:
        assert _words(sequence.title) in text
        for quote in sequence.all_quotes:
            assert _words(f"«\u00a0{quote.text}\u00a0»") in text
            assert _words(quote.source) in text


def test_the_pdf_holds_every_quote(empowerment: Module) -> None:
    text = re.sub(r"\W", "", _pdf_text(exported(empowerment, "pdf")))
    for quote in empowerment.quotes:
        assert re.sub(r"\W", "", quote.text) in text


@pytest.mark.parametrize("sheet", [Sheet.PARTICIPANTS, Sheet.QUIZ])
def test_what_participants_get_does_not_hold_the_key(empowerment: Module, sheet: Sheet) -> None:
    text = exported(empowerment, "md", sheet).decode("utf-8")
    assert "☒" not in text
    assert "Réponse\u00a0: " not in text.replace("Réponse\u00a0: \\_", "")
    assert ("Quiz" in text) == (sheet is Sheet.QUIZ)


def test_the_key_is_separate_and_proves_each_answer(empowerment: Module) -> None:
    text = exported(empowerment, "md", Sheet.KEY).decode("utf-8").replace("\\", "")
    for question in empowerment.quiz:
        assert all(quote.text in text for quote in question.proofs)


def test_markdown_quotes_between_french_marks_stand_in_the_documents(
    empowerment: Module, fiches: Library
) -> None:
    texts = [document.text for document in fiches.documents()]
    sheet = exported(empowerment, "md", Sheet.PARTICIPANTS).decode("utf-8").replace("\\", "")
    quotes = [line for line in sheet.split("\n") if line.startswith("> ")]
    assert quotes
    for line in quotes:
        quote = line[line.index("«") + 1 : line.rindex("» —")].strip()
        assert any(quoted_in(quote, text) for text in texts), quote


def test_slides_hold_the_key_points_and_their_sources(empowerment: Module) -> None:
    slides = Presentation(BytesIO(exported(empowerment, "pptx"))).slides
    texts = ["\n".join(shape.text_frame.text for shape in slide.shapes) for slide in slides]
    assert texts[0].startswith(empowerment.title)
    inputs = next(one for one in empowerment.sequences if one.kind is SequenceKind.INPUT)
    assert all(any(quote.text in text and quote.source in text for text in texts) for quote in inputs.quotes)
    assert max(len(text) for text in texts) < 1100
    assert any(slide.has_notes_slide for slide in slides)


def test_gift_is_read_by_a_parser_of_the_format(module: Module) -> None:
    questions = parse_gift_content(exported(module, "gift").decode("utf-8"))
    assert len(questions) == len(module.quiz)
    for read, question in zip(questions, module.quiz, strict=True):
        assert _words(question.stem) in _words(read["text"])
        right = {_words(option["text"]) for option in read["options"] if option["is_correct"]}
        if question.kind in _CHOICES:
            assert right == {_words(one.text) for one in question.choices if one.right}
            assert len(read["options"]) == len(question.choices)
        elif question.kind is QuestionKind.TRUE_FALSE:
            assert (read["type"], read["correct"]) in (
                ("true_false", question.choices[0].right),
                ("essay", None),
            )
        elif question.kind is QuestionKind.MATCHING:
            assert len(read["options"]) == len(question.pairs)
        elif question.accepted:
            assert right == {_words(one) for one in question.accepted}


def test_moodle_xml_holds_what_moodle_asks_of_each_type(module: Module) -> None:
    root = etree.fromstring(exported(module, "xml"))
    category, *questions = root
    assert category.get("type") == "category"
    assert len(questions) == len(module.quiz)
    assert len({one.findtext("name/text") for one in questions}) == len(questions)
    for made, question in zip(questions, module.quiz, strict=True):
        assert question.stem in etree.fromstring(f"<x>{made.findtext('questiontext/text')}</x>").xpath(
            "string()"
        )
        assert made.findtext("generalfeedback/text")
        grades = [float(answer.get("fraction")) for answer in made.findall("answer")]
        kind = made.get("type")
        if kind == "multichoice":
            assert made.findtext("single") == ("true" if question.kind is QuestionKind.SINGLE else "false")
            assert sum(grade for grade in grades if grade > 0) == pytest.approx(100, abs=0.01)
            assert all(answer.findtext("feedback/text") for answer in made.findall("answer"))
        elif kind == "truefalse":
            assert {
                answer.findtext("text"): float(answer.get("fraction")) for answer in made.findall("answer")
            } == {
                "true": 100.0 * question.choices[0].right,
                "false": 100.0 * question.choices[1].right,
            }
        elif kind == "matching":
            pairs = [one.findtext("answer/text") for one in made.findall("subquestion")]
            assert pairs == [speaker for _, speaker, _ in question.pairs]
        elif kind == "shortanswer":
            assert grades == [100.0] * len(question.accepted)
        else:
            assert kind == "essay"
            assert made.findtext("graderinfo/text")


@pytest.mark.parametrize("extension", ["docx", "odt"])
def test_libreoffice_opens_the_sheet(empowerment: Module, tmp_path: Path, extension: str) -> None:
    if not _OFFICE:
        if os.environ.get("CI"):
            pytest.fail("CI needs LibreOffice: apt-get install libreoffice-writer-nogui")
        pytest.skip("no LibreOffice here")
    file = tmp_path / f"module.{extension}"
    file.write_bytes(exported(empowerment, extension))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [_OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = re.sub(r"\W", "", _pdf_text((tmp_path / "module.pdf").read_bytes()))
    assert re.sub(r"\W", "", empowerment.sequences[1].quotes[0].text) in text
    assert 3 <= len(pypdfium2.PdfDocument(tmp_path / "module.pdf")) <= 12


def test_every_format_makes_a_file_of_a_long_module(module: Module) -> None:
    assert all(exported(module, name) for name in FORMATS)
