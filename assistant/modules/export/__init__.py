"""A module as files: the sheets in four formats, the slides, and the quiz for a learning platform.

``FORMATS`` names them by the end of the file's name; each makes the bytes of one file, in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.modules.export.content import Content, Sheet, content_of
from assistant.modules.module import Module

__all__ = ["FORMATS", "Content", "Format", "Sheet", "content_of", "exported"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of file: ``write`` makes one of a module; ``has_sheets`` when there is one for each sheet."""

    extension: str
    media_type: str
    label: str
    write: Callable[[Module, Sheet], bytes]
    has_sheets: bool = False


def exported(module: Module, extension: str, sheet: Sheet = Sheet.TRAINER) -> bytes:
    """Return the bytes of the file of a module. Raises ``KeyError`` for a format that is not known."""
    return FORMATS[extension].write(module, sheet)


def _docx(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.docx import docx_bytes

    return docx_bytes(content_of(module, sheet))


def _odt(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.odt import odt_bytes

    return odt_bytes(content_of(module, sheet))


def _pdf(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.pdf import pdf_bytes

    return pdf_bytes(content_of(module, sheet))


def _markdown(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.markdown import markdown_bytes

    return markdown_bytes(content_of(module, sheet))


def _pptx(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.pptx import pptx_bytes

    return pptx_bytes(module)


def _moodle(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.moodle import moodle_bytes

    return moodle_bytes(module)


def _gift(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.export.gift import gift_bytes

    return gift_bytes(module)


def _draft(module: Module, sheet: Sheet) -> bytes:
    from assistant.modules.drafts import draft_json

    return draft_json(module).encode("utf-8")


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    made.extension: made
    for made in (
        Format("docx", f"{_OFFICE}.wordprocessingml.document", "Word (DOCX)", _docx, True),
        Format("odt", "application/vnd.oasis.opendocument.text", "LibreOffice (ODT)", _odt, True),
        Format("pdf", "application/pdf", "PDF", _pdf, True),
        Format("md", "text/markdown; charset=utf-8", "Markdown", _markdown, True),
        Format("pptx", f"{_OFFICE}.presentationml.presentation", "Diaporama (PPTX)", _pptx),
        Format("xml", "application/xml", "Quiz Moodle (XML)", _moodle),
        Format("gift", "text/plain; charset=utf-8", "Quiz GIFT", _gift),
        Format("json", "application/json", "Brouillon (JSON)", _draft),
    )
}
