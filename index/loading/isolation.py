"""Parsing in a child process, so that a file that crashes or swells a parser harms nothing else.

One child serves file after file. It is told a path, a reader and the limits on a line of JSON, and
answers with lines of JSON: a heartbeat for each page, then the document or the reason. JSON rather
than pickle: a child taken over by a hostile file can send back text, never run anything here.
"""

import atexit
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.config import LIMIT_PREFIX, Limits
from index.documents import Document, PageStart
from index.errors import UnreadableDocument

IDLE_SECONDS = 60  # the child leaves by itself after this long without work
_FRESH_SECONDS = 30  # a child idle for longer is not trusted to be still there
_ROOT = Path(__file__).resolve().parents[2]


class _Child:
    """A running worker and the bytes it has sent that are not a whole line yet."""

    def __init__(self) -> None:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.loading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "OMP_THREAD_LIMIT": "1"},
            start_new_session=True,
        )
        self._buffer = b""
        self.last_used = time.monotonic()

    @property
    def alive(self) -> bool:
        fresh = time.monotonic() - self.last_used < _FRESH_SECONDS
        return fresh and self._process.poll() is None

    def send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def receive(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, ``None`` when the child died. Raises ``TimeoutError``."""
        assert self._process.stdout is not None
        stream, deadline = self._process.stdout.fileno(), time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            pieces = [self._buffer]
            while b"\n" not in pieces[-1]:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                piece = os.read(stream, 1 << 20)
                if not piece:
                    return None
                pieces.append(piece)
        line, _, self._buffer = b"".join(pieces).partition(b"\n")
        self.last_used = time.monotonic()
        message = json.loads(line)
        return message if isinstance(message, dict) else None

    def stop(self) -> None:
        """Kill the child and what it started (Tesseract), and wait for its end."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


_lock = threading.Lock()
_child: _Child | None = None


def read_apart(path: Path, reader: str, limits: Limits) -> Document:
    """Read a file with a reader of ``index.loading.worker.READERS`` in the child process.

    Raises ``UnreadableDocument`` when the reader does, when the child dies, or when a page (or a
    file without pages) takes longer than the limits allow.
    """
    with _lock:
        child = _running_child()
        try:
            child.send({"path": str(path), "reader": reader, "limits": asdict(limits)})
            return _await_document(child, limits)
        except TimeoutError as error:
            stop_child()
            raise UnreadableDocument(str(error)) from error
        except (OSError, ValueError) as error:
            stop_child()
            raise UnreadableDocument(
                "l’analyse du fichier s’est arrêtée net : fichier abîmé, ou qui demande plus de mémoire que"
                f" permis ({limits.memory_mb} Mo, {LIMIT_PREFIX}MEMORY_MB)"
            ) from error
        except BaseException as error:
            if not isinstance(error, UnreadableDocument):
                stop_child()
            raise


def stop_child() -> None:
    """End the child process, if there is one; the next file starts another."""
    global _child
    if _child is not None:
        _child.stop()
        _child = None


atexit.register(stop_child)


def _running_child() -> _Child:
    global _child
    if _child is None or not _child.alive:
        stop_child()
        _child = _Child()
    return _child


def _await_document(child: _Child, limits: Limits) -> Document:
    """Return the document when it comes. Raises ``ConnectionError`` when the child dies."""
    page, seconds, setting = 0, limits.file_seconds, "FILE_SECONDS"
    while True:
        try:
            message = child.receive(seconds)
        except TimeoutError as error:
            where = f"page {page} : " if page else ""
            raise TimeoutError(
                f"{where}analyse arrêtée après {seconds} s ({LIMIT_PREFIX}{setting})"
            ) from error
        if message is None:
            raise ConnectionError
        if "page" in message:
            page, seconds, setting = int(message["page"]), limits.page_seconds, "PAGE_SECONDS"
        elif "rest" in message:
            page, seconds, setting = 0, limits.file_seconds, "FILE_SECONDS"
        elif "reason" in message:
            raise UnreadableDocument(str(message["reason"]))
        else:
            return document_from_json(message["document"])


def document_from_json(record: dict[str, Any]) -> Document:
    """Return the document that the worker wrote. Raises ``ValueError`` when it is no document."""
    try:
        pages = tuple(PageStart(*page) for page in record["pages"])
        start, end = record["body"]
        questions = tuple(record["field_questions"])
        return Document(**{**record, "pages": pages, "body": (start, end), "field_questions": questions})
    except (KeyError, TypeError) as error:
        raise ValueError("the worker sent no document") from error
