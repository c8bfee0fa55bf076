"""Serving the chat: the web application, and the server that runs it on this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from assistant import answering
from index.errors import TisserandError, UsageError
from index.library import Library
from index.llm import configured_model

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from assistant.chat.desk import Responder

CONCURRENT_ANSWERS = 4
QUEUE_SIZE = 50
_WARMED = 64  # documents read before the first question, as many as stay read
_OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def build_app(
    library: Library,
    respond: Responder | None = None,
    *,
    concurrency: int = CONCURRENT_ANSWERS,
    queue_size: int = QUEUE_SIZE,
) -> ASGIApp:
    """Return the chat as a web application over an open library.

    ``respond`` answers in place of ``assistant.answering.steps`` with the configured model.
    ``concurrency`` questions are answered at once, ``queue_size`` more may wait, and the next one is
    told to come back. Raises ``UsageError`` when a setting cannot be used.
    """
    os.environ.update(_OFFLINE)  # read by gradio when it is imported
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.gzip import GZipMiddleware

    from assistant.chat.desk import Desk
    from assistant.chat.gateway import Gateway
    from assistant.chat.interface import build_blocks
    from assistant.chat.operating import add_operator_routes, operator_access, operator_password
    from assistant.chat.review import review_room
    from assistant.chat.review_routes import add_review_routes
    from assistant.chat.routes import add_routes

    shelf = _Shelf(library)
    password = operator_password()
    room = review_room(shelf.current) if password else None
    respond = respond or partial(answering.steps, model=configured_model())
    desk = Desk(shelf.current, respond, concurrency, queue_size, bool(password), room is not None)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    _serve_assets(app)
    add_routes(app, shelf.current, operated=desk.operated)
    if password:
        allowed = operator_access(password)
        add_operator_routes(app, library.index, allowed)
        if room is not None:
            add_review_routes(app, shelf.current, room, allowed)
    gr.mount_gradio_app(
        app,
        build_blocks(desk),
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
    return GZipMiddleware(Gateway(app), minimum_size=1000)


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
        Thread(target=_warm, args=[library], daemon=True).start()
        logging.getLogger("uvicorn.error").addFilter(_is_no_closed_page)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1
        )
        print(f"Tisserand est ouvert\u00a0: http://{host}:{port} (Ctrl+C pour arrêter)", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _warm(library: Library) -> None:
    """Read what the first question would wait for; should it fail, that question says why."""
    from assistant.chat.sheets import sheets_of

    with suppress(TisserandError):
        library.retrieve("travail social", 1)
        for head in library.heads()[:_WARMED]:
            document = library.document(head.doc_id)
            if document is not None:
                sheets_of(document)


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


def _serve_assets(app: FastAPI) -> None:
    from fastapi import Response

    from assistant.chat.assets import asset

    @app.get("/chat/{version}/{name}")
    def served(version: str, name: str) -> Response:
        found = asset(name)
        return Response(found[0], media_type=found[1]) if found else Response(status_code=404)


def _theme() -> object:
    import gradio as gr

    system = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    return gr.themes.Base(font=system, font_mono=["ui-monospace", "monospace"])
