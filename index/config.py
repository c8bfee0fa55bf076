"""Where the index lives and what ships with the product."""

import os
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from index.errors import UsageError

INDEX_VARIABLE = "TISSERAND_INDEX"
LIMIT_PREFIX = "TISSERAND_LIMIT_"


def index_folder(option: str | None = None) -> Path:
    """Return the index folder: the option, else ``TISSERAND_INDEX``, else the user's data folder."""
    chosen = option or os.environ.get(INDEX_VARIABLE)
    return Path(chosen).expanduser() if chosen else default_index_folder()


def default_index_folder() -> Path:
    """Return the folder used when nobody names one."""
    return Path(platformdirs.user_data_dir("tisserand", appauthor=False)) / "index"


def shipped_corpus() -> Path:
    """Return the folder of the fiches that ship with the product."""
    return Path(__file__).resolve().parent.parent / "corpus" / "fiches"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost, so that a bad file never harms the machine.

    Each field is a setting: ``TISSERAND_LIMIT_PAGES=300`` in the environment sets ``pages``. A file
    over a limit is reported as unreadable, with the limit and the name of its setting.
    """

    file_mb: int = 200  # size of the file on disk
    line_characters: int = 1_000_000  # the longest line of a text
    pages: int = 5_000
    page_seconds: int = 10  # for each page of a PDF, OCR included
    file_seconds: int = 60  # for a file that has no pages (DOCX, ODT, HTML), or to open a PDF
    memory_mb: int = 2_048  # address space of the process that parses
    archive_mb: int = 1_024  # a DOCX or an ODT once unpacked
    archive_ratio: int = 200  # unpacked size over packed size, above 10 MB unpacked
    archive_entries: int = 10_000
    page_pixels: int = 40_000_000  # a page drawn for OCR


def limits() -> Limits:
    """Return the limits in force. Raises ``UsageError`` naming a variable that is no whole number."""
    chosen = {}
    for setting in fields(Limits):
        variable = LIMIT_PREFIX + setting.name.upper()
        value = os.environ.get(variable)
        if value is None:
            continue
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise UsageError(f"{variable} doit être un nombre entier positif, pas « {value} »")
        chosen[setting.name] = int(value)
    return Limits(**chosen)
