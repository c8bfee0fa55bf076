"""What stands between the browser and Gradio: the routes let through, the headers, the page.

Gradio serves many routes that a chat does not need (uploads, files, proxies, run history, API
pages). Only those listed here pass; the rest is 404.
"""

import re
import secrets
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat.page import french_page

_PAGE = "/"
_READ = re.compile(
    r"/(?:theme\.css|favicon\.ico|robots\.txt|config/?|documents|facets|read/[^/]+"
    r"|chat/[0-9a-f]+/\w+\.(?:css|js)"
    r"|(?:assets|static)/[\w./-]+"
    r"|gradio_api/(?:theme\.css|queue/data|heartbeat/\w+|startup-events))"
)
_WRITTEN = re.compile(
    r"/(?:gradio_api/(?:queue/join|cancel|run/predict)|search|voices"
    r"|operator/(?:files|library|review/\w+))"
)
_KEPT = re.compile(r"/(?:assets/.*-[\w-]{8}\.\w+|chat/[0-9a-f]+/.*)")

_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""No outside host, no script written in the page but ours. Gradio compiles the template of each
``gr.HTML`` with ``Function``, hence 'unsafe-eval'; the templates are ours and hold no user text."""

_HEADERS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

Headers = Iterable[tuple[bytes, bytes]]


class Gateway:
    """ASGI middleware: lets the chat's own routes through and guards what it sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(18)
        path = unquote(scope["path"])
        if not _is_let_through(scope["method"], path):
            await _refuse(send, nonce)
        elif path == _PAGE:
            await self._serve_page(scope, receive, send, nonce)
        else:

            async def guarded(message: Message) -> None:
                await send(_with_headers(message, nonce, path))

            await self.app(scope, receive, guarded)

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            html = body
            if start["status"] == 200 and scope["method"] == "GET":
                html = bytearray(french_page(body.decode(), nonce).encode())
                size = (b"content-length", str(len(html)).encode())
                start["headers"] = [pair for pair in start["headers"] if pair[0] != size[0]] + [size]
            await send(_with_headers(start, nonce, _PAGE))
            await send({"type": "http.response.body", "body": bytes(html)})

        await self.app({**scope, "headers": plain}, receive, rewritten)


def _is_let_through(method: str, path: str) -> bool:
    if ".." in path or "\0" in path:
        return False
    if method in ("GET", "HEAD"):
        return path == _PAGE or bool(_READ.fullmatch(path))
    return method == "POST" and bool(_WRITTEN.fullmatch(path))


def _with_headers(message: Message, nonce: str, path: str) -> Message:
    """Return the start of a response with our headers in place of those of the same name."""
    if message["type"] != "http.response.start":
        return message
    ours = {**_HEADERS, "content-security-policy": _CONTENT_POLICY.format(nonce=nonce)}
    ours["cache-control"] = "public, max-age=31536000, immutable" if _KEPT.fullmatch(path) else "no-store"
    theirs: Headers = message.get("headers", ())
    kept = [
        (name, value) for name, value in theirs if name.decode("latin-1").lower() not in (*ours, "server")
    ]
    added = [(name.encode(), value.encode()) for name, value in ours.items()]
    return {**message, "headers": [*kept, *added]}


async def _refuse(send: Send, nonce: str) -> None:
    text = "Cette adresse n’existe pas. Revenez à la page d’accueil.".encode()
    start: Message = {
        "type": "http.response.start",
        "status": 404,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(text)).encode()),
        ],
    }
    await send(_with_headers(start, nonce, ""))
    await send({"type": "http.response.body", "body": text})
