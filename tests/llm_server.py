"""A real HTTP server that speaks the OpenAI protocol (and Ollama's), and plays scripted models."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the server does once it has read a request.

    ``text`` is streamed in ``pieces`` of so many characters; ``finish`` is the reason it gives for
    ending (``None``: it gives none); ``status`` other than 200 is an error page; ``cut`` breaks the
    connection after so many pieces; ``hang`` waits so many seconds before answering; ``pace``
    between two pieces; ``raw`` is sent as it is instead of events.
    """

    text: str = ""
    finish: str | None = "stop"
    status: int = 200
    cut: int | None = None
    hang: float = 0.0
    pace: float = 0.0
    pieces: int = 7
    raw: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


Script = Callable[[list[dict[str, str]]], Reply]


@dataclass
class LLMServer:
    """The server: set ``script`` to what the model does; ``requests`` are the bodies received."""

    url: str
    script: Script = lambda messages: Reply("")
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    broken: int = 0  # streams whose reader left
    sent: int = 0  # pieces sent in all
    heard: int = 0  # requests of any kind

    def plays(self, *replies: Reply) -> None:
        """Play these replies one after the other, the last one for ever."""
        self.requests.clear()
        left = list(replies)
        self.script = lambda messages: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def running() -> Iterator[LLMServer]:
    """Run the server on a free port of this machine."""

    class Handler(_Handler):
        pass

    server = _Server(("127.0.0.1", 0), Handler)
    model = LLMServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    Handler.model = model
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: readers that leave are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    model: LLMServer
    protocol_version = "HTTP/1.1"

    def parse_request(self) -> bool:
        """Count what comes in, whatever it asks."""
        self.model.heard += 1
        return super().parse_request()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.model.requests.append(body)
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        reply = self.model.script(body["messages"])
        time.sleep(reply.hang)
        try:
            self._answer(reply, ollama=self.path.endswith("/api/chat"))
        except OSError:
            self.model.broken += 1
            self.close_connection = True

    def _answer(self, reply: Reply, ollama: bool) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 200 or reply.raw is not None:
            data = reply.raw or json.dumps({"error": {"message": "raté"}}).encode()
            self.send_header("content-type", "text/event-stream" if reply.raw else "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return
        self.send_header("content-type", "application/x-ndjson" if ollama else "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        event = _ndjson if ollama else _event
        step = reply.pieces
        for number, at in enumerate(range(0, len(reply.text), step)):
            if number == reply.cut:
                self.connection.close()
                raise ConnectionAbortedError
            self._chunk(event(reply.text[at : at + step], None))
            self.model.sent += 1
            time.sleep(reply.pace)
        if reply.finish is not None:
            self._chunk(event("", reply.finish))
        if not ollama:
            self._chunk(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Write no log."""


def _event(text: str, finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
    record = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(record)}\n\n".encode()


def _ndjson(text: str, finish: str | None) -> bytes:
    record: dict[str, Any] = {"model": "m", "created_at": "2026-11-21T00:00:00Z", "done": finish is not None}
    record["message"] = {"role": "assistant", "content": text}
    return (json.dumps(record | ({"done_reason": finish} if finish else {})) + "\n").encode()
