"""Serving the chat: the web application, and the server that runs it on this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import answering
from index.errors import UsageError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from assistant.chat.interface import Responder

CONCURRENT_ANSWERS = 4
QUEUE_SIZE = 50
_OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
_ASSETS = {"chat.css": "text/css", "chat.js": "text/javascript"}


def build_app(
    library: Library,
    respond: Responder | None = None,
    *,
    concurrency: int = CONCURRENT_ANSWERS,
    queue_size: int = QUEUE_SIZE,
) -> ASGIApp:
    """Return the chat as a web application over an open library.

    ``respond`` answers in place of ``assistant.answering.answer``. ``concurrency`` questions are
    answered at once, ``queue_size`` more may wait, and the next one is told to come back.
    """
    os.environ.update(_OFFLINE)  # read by gradio when it is imported
    import gradio as gr
    from fastapi import FastAPI

    from assistant.chat.gateway import Gateway
    from assistant.chat.interface import build_blocks

    shelf = _Shelf(library)
    blocks = build_blocks(shelf.current, respond or answering.answer, concurrency, queue_size)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for name in _ASSETS:
        _serve_asset(app, name)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
    )
    return Gateway(app)


class _Shelf:
    """The library that answers: the one opened first, then each one that a build publishes."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def current(self) -> Library:
        """Return the library to answer from now; those who read the one before keep it."""
        self._library = self._library.current()
        return self._library


def serve(index: Path, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Open the index and serve the chat until it is interrupted.

    Raises ``IndexUnavailable`` when there is no index there, ``UsageError`` when the address
    cannot be listened on.
    """
    import uvicorn

    with _listening(host, port) as listener, closing(Library(index)) as library:
        app = build_app(library)
        logging.getLogger("uvicorn.error").addFilter(_is_no_closed_page)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1
        )
        print(f"Tisserand est ouvert\u00a0: http://{host}:{port} (Ctrl+C pour arrêter)", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"impossible d’ouvrir le port {port} de {host}, sans doute déjà pris\u00a0; "
            f"choisissez un autre port\u00a0: tisserand chat --port {port + 1}"
        ) from error


def _is_no_closed_page(record: logging.LogRecord) -> bool:
    """Say whether a line of the server is worth reading: pages left open at the end are not."""
    cause = record.exc_info[1] if record.exc_info else None
    return not isinstance(cause, asyncio.CancelledError) and not record.getMessage().startswith("Cancel ")


def _serve_asset(app: FastAPI, name: str) -> None:
    from fastapi import Response

    content = files("assistant.chat").joinpath(name).read_text(encoding="utf-8")

    @app.get(f"/{name}")
    def asset() -> Response:
        return Response(content, media_type=_ASSETS[name])


def _theme() -> object:
    import gradio as gr

    system = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    return gr.themes.Base(font=system, font_mono=["ui-monospace", "monospace"])
