"""Where the index lives, what ships with the product, and the settings of reading and writing."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from index.errors import UsageError

INDEX_VARIABLE = "TISSERAND_INDEX"
LIMIT_PREFIX = "TISSERAND_LIMIT_"
LLM_VARIABLE = "TISSERAND_LLM"
CHROMA_VARIABLE = "TISSERAND_CHROMA"


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
        if variable in os.environ:
            chosen[setting.name] = _positive(variable, os.environ[variable])
    return Limits(**chosen)


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """The Chroma server that keeps the vectors of an index.

    ``url`` comes from ``TISSERAND_CHROMA``, ``token`` from ``TISSERAND_CHROMA_TOKEN``: Chroma's own
    server asks for none, the proxy before it may.
    """

    url: str
    host: str
    port: int
    secure: bool
    token: str = field(default="", repr=False)


def chroma_server() -> ChromaServer | None:
    """Return the server that the settings name, ``None`` when they name none.

    Raises ``UsageError`` when the address is none.
    """
    url = os.environ.get(CHROMA_VARIABLE, "").strip().rstrip("/")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port, secure = parts.hostname, parts.port, parts.scheme == "https"
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.path or parts.query or parts.username:
        raise UsageError(
            f"{CHROMA_VARIABLE} doit être l’adresse d’un serveur Chroma, comme http://127.0.0.1:8000,"
            f" pas « {url} »"
        )
    token = os.environ.get(f"{CHROMA_VARIABLE}_TOKEN", "").strip()
    return ChromaServer(url, host, port or (443 if secure else 80), secure, token)


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """The language model to write with, as the settings name it.

    ``provider`` and ``name`` come from ``TISSERAND_LLM=provider:name``, ``url`` from
    ``TISSERAND_LLM_URL`` (empty: the provider's own), ``key`` from ``TISSERAND_LLM_KEY`` (empty: the
    provider's own variable), ``silence`` from ``TISSERAND_LLM_TIMEOUT``, the seconds to wait for the
    next word, ``context`` from ``TISSERAND_LLM_CONTEXT``, the tokens it reads and writes at most.
    """

    provider: str
    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    silence: int = 60
    context: int = 8_192


def language_model() -> LanguageModel | None:
    """Return the language model that the settings name, ``None`` when they name none.

    Raises ``UsageError`` naming the variable that cannot be used.
    """
    chosen = os.environ.get(LLM_VARIABLE, "").strip()
    if not chosen:
        return None
    provider, _, name = chosen.partition(":")
    if not provider or not name:
        raise UsageError(
            f"{LLM_VARIABLE} doit nommer un fournisseur et un modèle, comme ollama:mistral-small,"
            f" pas « {chosen} »"
        )
    numbers = {
        setting: _positive(variable, os.environ[variable])
        for setting, variable in (
            ("silence", f"{LLM_VARIABLE}_TIMEOUT"),
            ("context", f"{LLM_VARIABLE}_CONTEXT"),
        )
        if variable in os.environ
    }
    url, key = (os.environ.get(f"{LLM_VARIABLE}_{part}", "").strip() for part in ("URL", "KEY"))
    return LanguageModel(provider, name, url.rstrip("/"), key, **numbers)


def _positive(variable: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise UsageError(f"{variable} doit être un nombre entier positif, pas « {value} »")
    return int(value)
