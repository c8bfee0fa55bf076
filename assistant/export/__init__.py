"""An answer as a file to print and countersign: the « fiche réponse », in four formats.

``FORMATS`` names them; each writes an ``AnswerSheet`` into the bytes of one file, in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.export.sheet import AnswerSheet

__all__ = ["FORMATS", "AnswerSheet", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of file: ``write`` gives the bytes of a sheet."""

    extension: str
    media_type: str
    write: Callable[[AnswerSheet], bytes]


def _docx(sheet: AnswerSheet) -> bytes:
    from assistant.export.docx import docx_bytes

    return docx_bytes(sheet)


def _odt(sheet: AnswerSheet) -> bytes:
    from assistant.export.odt import odt_bytes

    return odt_bytes(sheet)


def _pdf(sheet: AnswerSheet) -> bytes:
    from assistant.export.pdf import pdf_bytes

    return pdf_bytes(sheet)


def _markdown(sheet: AnswerSheet) -> bytes:
    from assistant.export.markdown import markdown_bytes

    return markdown_bytes(sheet)


FORMATS = {
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "odt": Format("odt", "application/vnd.oasis.opendocument.text", _odt),
    "pdf": Format("pdf", "application/pdf", _pdf),
    "md": Format("md", "text/markdown; charset=utf-8", _markdown),
}
