"""The child process that parses: requests on standard input, heartbeats and answers on output.

Run by ``index.loading.isolation`` as ``python -m index.loading.worker``.
"""

import json
import os
import resource
import selectors
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol

from index.config import LIMIT_PREFIX, Limits
from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.isolation import IDLE_SECONDS

Heartbeat = Callable[[int], None]
"""Told the page about to be read, counted from 1; 0 when the pages are done."""


class BinaryReader(Protocol):
    """From the name and bytes of a file to its document. Raises ``UnreadableDocument``."""

    def __call__(self, name: str, data: bytes, limits: Limits, heartbeat: Heartbeat) -> Document:
        """Read one file whose content is ``data``."""


def _pdf() -> BinaryReader:
    from index.loading.pdf import read_pdf

    return read_pdf


def _docx() -> BinaryReader:
    from index.loading.docx import read_docx

    return read_docx


def _odt() -> BinaryReader:
    from index.loading.odt import read_odt

    return read_odt


def _html() -> BinaryReader:
    from index.loading.html import read_html

    return read_html


_RECURSION = 5_000  # the parsers bound nesting well below

# Imported on first use: each parser is loaded only by the child that needs it.
READERS: dict[str, Callable[[], BinaryReader]] = {"pdf": _pdf, "docx": _docx, "odt": _odt, "html": _html}


def main() -> None:
    """Serve requests until standard input closes or nothing comes for a while."""
    requests, answers = sys.stdin.buffer, _private_output()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(_RECURSION)
    while _wait(requests):
        line = requests.readline()
        if not line:
            break
        _answer(answers, _served(json.loads(line), answers))


def _private_output() -> IO[bytes]:
    """Keep the pipe to the parent for answers alone; what a parser prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _wait(stream: IO[bytes]) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return bool(selector.select(IDLE_SECONDS))


def _served(request: dict[str, Any], answers: IO[bytes]) -> dict[str, Any]:
    limits, path = Limits(**request["limits"]), Path(request["path"])

    def heartbeat(page: int) -> None:
        _answer(answers, {"page": page} if page else {"rest": True})

    try:
        _bound_memory(limits)
        document = READERS[request["reader"]]()(path.name, path.read_bytes(), limits, heartbeat)
    except UnreadableDocument as error:
        return {"reason": str(error)}
    except MemoryError:
        return {
            "reason": f"l’analyse demande plus de mémoire que permis ({limits.memory_mb} Mo,"
            f" {LIMIT_PREFIX}MEMORY_MB)"
        }
    except OSError as error:
        return {"reason": f"fichier illisible ({error.strerror or error})"}
    except RecursionError:
        return {"reason": "structure trop profondément imbriquée"}
    except Exception as error:  # a parser may raise anything on a hostile file; the batch goes on
        return {"reason": f"fichier que son lecteur ne comprend pas ({type(error).__name__})"}
    return {"document": _record(document)}


def _bound_memory(limits: Limits) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def _record(document: Document) -> dict[str, Any]:
    """Return what a reader of this room fills in."""
    return {
        "doc_id": document.doc_id,
        "source": document.source,
        "title": document.title,
        "text": document.text,
        "digest": document.digest,
        "body": document.body,
        "theme": document.theme,
        "publisher": document.publisher,
        "date": document.date,
        "field_questions": list(document.field_questions),
        "markup": document.markup,
        "pages": [(page.offset, page.number, page.printed) for page in document.pages],
        "unread_pages": document.unread_pages,
    }


def _answer(stream: IO[bytes], message: dict[str, Any]) -> None:
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


if __name__ == "__main__":
    main()
