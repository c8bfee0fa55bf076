"""Opening a PDF: what is damaged or locked is told, metadata are read with care."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableDocument
from index.loading.composing import inline

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_LOCKED = (4, 5)  # pdfium's codes: wrong password, unknown security scheme
_TAIL = 4_096
# Titles that a program wrote by itself.
_EMPTY_TITLE = re.compile(
    r"microsoft |powerpoint|untitled|sans titre|sans nom|document\s*\d*$|pr[ée]sentation\s*\d*$|title$|titre$"
    r"|.*\.(?:docx?|odt|indd|pdf|pptx?|qxp|rtf|tmp|html?)$|\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The title that the file gives itself (``""`` when it is none), and when it was made."""

    title: str
    created: str


@contextmanager
def open_pdf(data: bytes) -> Iterator["PdfDocument"]:
    """Open a PDF. Raises ``UnreadableDocument`` when it is cut short, locked or damaged."""
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise UnreadableDocument("PDF incomplet : la fin du fichier manque, téléchargez-le de nouveau")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # pdfium's code can be left over from another file: the file must say that it is encrypted.
        locked = getattr(error, "err_code", None) in _LOCKED and b"/Encrypt" in data
        reason = "PDF protégé par un mot de passe" if locked else "PDF abîmé : sa structure est illisible"
        raise UnreadableDocument(reason) from error
    try:
        if len(pdf) == 0:
            raise UnreadableDocument("PDF abîmé : aucune page n’y est lisible")
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("PDF abîmé : une page est illisible") from error
    finally:
        pdf.close()


def read_metadata(pdf: "PdfDocument") -> Metadata:
    """Return the title, when a person seems to have written it, and the date of creation."""
    found = pdf.get_metadata_dict(skip_empty=True)
    title = inline(found.get("Title", ""))
    if len(title) < 4 or _EMPTY_TITLE.match(title):
        title = ""
    return Metadata(title, found.get("CreationDate", ""))


def page_labels(pdf: "PdfDocument") -> list[int | None]:
    """Return the page numbers that the file declares, ``None`` where they are no number."""
    labels = (pdf.get_page_label(number) for number in range(len(pdf)))
    return [int(label) if label.isascii() and label.isdigit() and int(label) else None for label in labels]
