"""What an operator does from the chat: adds and removes documents, and sees what could not be read.

Nothing here is served unless ``TISSERAND_OPERATOR`` holds a password of twelve characters or more,
which each request must carry in a header; a wrong one is answered late.
"""

import asyncio
import json
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from index.building import build, remove
from index.config import limits
from index.errors import TisserandError, UsageError
from index.loading import is_readable

if TYPE_CHECKING:
    from fastapi import FastAPI

    from index.documents import BuildReport

OPERATOR_VARIABLE = "TISSERAND_OPERATOR"
LEAST_PASSWORD = 12
WRONG_PASSWORD = "Mot de passe refusé. Vérifiez-le, ou demandez-le à qui tient ce serveur."
ADDED_FOLDER = "added"  # in the folder of the index
_LATE = 1.0  # seconds before a wrong password is answered
_MEGABYTE = 1_048_576
Progress = Callable[[str, int, int], None]
Allowed = Callable[[Request], Awaitable[bool]]


def operator_password() -> str:
    """Return the operator's password, empty when there is no operator.

    Raises ``UsageError`` when it is too short to be one.
    """
    password = os.environ.get(OPERATOR_VARIABLE, "").strip()
    if password and len(password) < LEAST_PASSWORD:
        raise UsageError(f"{OPERATOR_VARIABLE} doit compter au moins {LEAST_PASSWORD} caractères")
    return password


def operator_access(password: str) -> Allowed:
    """Return what says whether a request carries the password; one that does not waits for its no."""
    guesses = asyncio.Semaphore(1)

    async def allowed(request: Request) -> bool:
        given = unquote(request.headers.get("x-operator", ""))
        if secrets.compare_digest(given.encode(), password.encode()):
            return True
        async with guesses:  # one wrong password at a time
            await asyncio.sleep(_LATE)
        return False

    return allowed


def add_operator_routes(app: "FastAPI", index: Path, allowed: Allowed) -> None:
    """Add the routes of the operator of the library at ``index`` to a web application."""

    async def receive(request: Request) -> Response:
        if not await allowed(request):
            return refused(WRONG_PASSWORD, 403)
        name = PurePath(request.query_params.get("name", "").replace("\\", "/")).name
        if not is_readable(Path(name)) or name.startswith("."):
            return refused("Ce format n’est pas lu\u00a0: PDF, DOCX, ODT, HTML, Markdown ou texte.", 415)
        try:
            await _store(request, index / ADDED_FOLDER / name)
        except UsageError as error:
            return refused(str(error), 413)
        except OSError:
            return refused("Le fichier n’a pas pu être écrit sur le serveur.", 507)
        return JSONResponse({"name": name})

    async def change(request: Request) -> Response:
        if not await allowed(request):
            return refused(WRONG_PASSWORD, 403)
        asked = await request.json()
        names = [PurePath(str(name)).name for name in asked.get("names", [])]
        removed = [str(doc_id) for doc_id in asked.get("remove", [])]

        def work(progress: Progress) -> "BuildReport":
            if removed:
                return remove(removed, index, progress)
            return build([index / ADDED_FOLDER / name for name in names], index, progress)

        return StreamingResponse(_lines(work), media_type="application/x-ndjson")

    app.add_route("/operator/files", receive, methods=["POST"])
    app.add_route("/operator/library", change, methods=["POST"])


async def _store(request: Request, path: Path) -> None:
    """Write the body of a request to a file, whole or not at all."""
    most = limits().file_mb * _MEGABYTE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    written = 0
    try:
        with part.open("wb") as file:
            async for piece in request.stream():
                written += len(piece)
                if written > most:
                    raise UsageError(f"Le fichier dépasse {most // _MEGABYTE}\u00a0Mo.")
                file.write(piece)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


async def _lines(work: Callable[[Progress], "BuildReport"]) -> AsyncIterator[str]:
    """Yield the progress of a build as JSON lines, then its report or why it failed."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def progress(label: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, {"label": label, "done": done, "total": total})

    def whole() -> dict[str, Any]:
        try:
            return {"report": _report(work(progress))}
        except TisserandError as error:
            return {"error": str(error)}

    with ThreadPoolExecutor(1) as executor:
        running = loop.run_in_executor(executor, whole)
        while not running.done() or not queue.empty():
            try:
                yield json.dumps(await asyncio.wait_for(queue.get(), 0.2), ensure_ascii=False) + "\n"
            except TimeoutError:
                continue
        yield json.dumps(await running, ensure_ascii=False) + "\n"


def _report(report: "BuildReport") -> dict[str, Any]:
    """Return what a build did; of files not read, their names and why, never their folders."""
    told = asdict(report)
    told["skipped"] = [{"name": PurePath(one.path).name, "reason": one.reason} for one in report.skipped]
    return {name: _listed(value) for name, value in told.items()}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def refused(words: str, status: int) -> Response:
    """Return a refusal in words that the page shows."""
    return Response(words, status, media_type="text/plain")
