"""The plain routes beside Gradio: pages of documents, the list of them, search, who says what.

Each gives a piece of HTML that the page's script puts in its place. Questions come in the body of
a request, never in an address, which servers in between may write down.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.chat.library_markup import documents_html, found_html, voices_html
from assistant.chat.narrowing import facets_html
from assistant.chat.reading import page_html, parsed_place, parsed_spans
from assistant.chat.rendering import sentence
from assistant.voices import voices
from index.errors import TisserandError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

FOUND = 20
_BODY_LIMIT = 20_000
_QUERY_LIMIT = 300


def add_routes(app: "FastAPI", current: Callable[[], Library], *, operated: bool) -> None:
    """Add the routes to a web application; ``current`` gives the library to read now."""

    def read(request: Request) -> Response:
        library = current()
        document = library.document(request.path_params["doc_id"])
        if document is None:
            return _refused("Ce document n’est plus dans la bibliothèque.", 404)
        asked = request.query_params
        places = [parsed_place(text) for text in asked.getlist("also")[:20]]
        sheet = asked.get("sheet", "")
        spans = [
            (start, end) for start, end in parsed_spans(asked.get("quotes", "")) if end <= len(document.text)
        ]
        number = int(sheet) if sheet.isdecimal() and len(sheet) < 7 else 0
        return HTMLResponse(page_html(library, document, spans, [place for place in places if place], number))

    def documents(request: Request) -> Response:
        return HTMLResponse(documents_html(current().documents(), removable=operated))

    def facets(request: Request) -> Response:
        return HTMLResponse(facets_html(current().documents()))

    async def search(request: Request) -> Response:
        return await _answered(request, _search)

    async def who_says_what(request: Request) -> Response:
        return await _answered(request, _voices)

    async def _answered(request: Request, found: Callable[[Library, str], str]) -> Response:
        body = await request.body()
        query = _asked(body[:_BODY_LIMIT])
        if not query:
            return _refused("Écrivez ce que vous cherchez.", 400)
        try:
            return HTMLResponse(await run_in_threadpool(lambda: found(current(), query)))
        except TisserandError as error:
            return _refused(sentence(str(error)), 400)

    app.add_route("/read/{doc_id:path}", read)
    app.add_route("/documents", documents)
    app.add_route("/facets", facets)
    app.add_route("/search", search, methods=["POST"])
    app.add_route("/voices", who_says_what, methods=["POST"])


def _search(library: Library, query: str) -> str:
    return found_html(library.retrieve(query, FOUND), query)


def _voices(library: Library, query: str) -> str:
    return voices_html(voices(library, query))


def _asked(body: bytes) -> str:
    try:
        asked = json.loads(body)
    except ValueError:
        return ""
    return str(asked.get("query", "")).strip()[:_QUERY_LIMIT] if isinstance(asked, dict) else ""


def _refused(words: str, status: int) -> Response:
    return Response(words, status, media_type="text/plain")
