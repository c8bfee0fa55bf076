"""The steps of a review, each a route that only an operator can take.

A draft lives in the page of its reviewer and comes with each step, in the body of the request; nothing
of it is kept here before it is saved.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from assistant.chat.operating import WRONG_PASSWORD, Allowed, refused
from assistant.chat.reading import parsed_spans
from assistant.chat.rendering import sentence
from assistant.chat.review import CaseDraft, Proof, ReviewRoom
from assistant.chat.review_markup import advice_html, case_html, list_html, passages_html, proof_html
from index.errors import TisserandError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

_BODY_LIMIT = 200_000
Asked = Mapping[str, Any]


def add_review_routes(
    app: "FastAPI", current: Callable[[], Library], room: ReviewRoom, allowed: Allowed
) -> None:
    """Add the steps of a review to a web application; ``current`` gives the library to read now."""

    async def step(request: Request) -> Response:
        if not await allowed(request):
            return refused(WRONG_PASSWORD, 403)
        act = _STEPS.get(request.path_params["step"])
        asked = _object(await request.body())
        if act is None or asked is None:
            return refused("Cette étape n’existe pas. Rechargez la page.", 404)
        try:
            return await run_in_threadpool(act, room, current(), asked)
        except TisserandError as error:
            return refused(sentence(str(error)), 400)

    app.add_route("/operator/review/{step}", step, methods=["POST"])


def _list(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    return HTMLResponse(list_html(room))


def _open(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    feedback, proposed = room.opened(_text(asked, "id"))
    draft = _draft(asked) if "draft" in asked else proposed
    return HTMLResponse(case_html(room, library, feedback, draft))


def _search(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    words = _text(asked, "words").strip()
    if not words:
        return refused("Écrivez ce que vous cherchez.", 400)
    return HTMLResponse(passages_html(room.found(words, _draft(asked).history), words))


def _mark(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    words, spans = _text(asked, "words").strip(), parsed_spans(_text(asked, "span"))
    if not words and not spans:
        return refused("Sélectionnez des mots dans la page, ou écrivez-les.", 400)
    return HTMLResponse(
        proof_html(room.marked(_text(asked, "document"), words, spans[0] if spans else (0, 0)))
    )


def _advise(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    return HTMLResponse(advice_html(room.advice(_text(asked, "id"), _draft(asked))))


def _neutral(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    return JSONResponse(asdict(room.neutral(_text(asked, "id"), _draft(asked))))


def _save(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    case_id = room.save(_text(asked, "id"), _draft(asked), _text(asked, "author").strip())
    return HTMLResponse(list_html(room, f"Cas {case_id} enregistré dans {room.cases()[0]}."))


def _drop(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    room.drop(_text(asked, "id"), _text(asked, "author").strip())
    return HTMLResponse(list_html(room, "Retour écarté.", _text(asked, "id")))


def _restore(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    room.restore(_text(asked, "id"))
    return HTMLResponse(list_html(room, "Retour remis à relire."))


def _cases(room: ReviewRoom, library: Library, asked: Asked) -> Response:
    return Response(room.cases()[1], media_type="application/octet-stream")


_STEPS: Mapping[str, Callable[[ReviewRoom, Library, Asked], Response]] = {
    "list": _list,
    "open": _open,
    "search": _search,
    "mark": _mark,
    "advise": _advise,
    "neutral": _neutral,
    "save": _save,
    "drop": _drop,
    "restore": _restore,
    "cases": _cases,
}


def _draft(asked: Asked) -> CaseDraft:
    """Return the draft that a page sent; what is missing or of another shape is empty."""
    found = asked.get("draft")
    given: Asked = found if isinstance(found, dict) else {}
    proofs = [one for one in _listed(given, "proofs") if isinstance(one, dict)]
    return CaseDraft(
        question=_text(given, "question"),
        history=tuple(str(one) for one in _listed(given, "history")),
        kind=_text(given, "kind"),
        answerable=given.get("answerable") is not False,
        answer=_text(given, "answer"),
        facts=tuple(str(one) for one in _listed(given, "facts")),
        proofs=tuple(
            Proof(_text(one, "source"), _text(one, "quote"), _text(one, "begin"), _text(one, "end"))
            for one in proofs
        ),
        notes=_text(given, "notes"),
    )


def _text(asked: Asked, name: str) -> str:
    return str(asked.get(name) or "")


def _listed(asked: Asked, name: str) -> list[Any]:
    value = asked.get(name)
    return value if isinstance(value, list) else []


def _object(body: bytes) -> Asked | None:
    try:
        asked = json.loads(body) if len(body) <= _BODY_LIMIT else None
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None
