"""What the tests of injections share: attacked documents, their library, and a model that obeys."""

import json
from pathlib import Path
from typing import Any

from tests.llm_server import LLMServer, Reply

INJECTIONS = Path(__file__).resolve().parents[1] / "data" / "injections"
TOWNS = [
    f"{first}{last}"
    for first in ("Aubier", "Belle", "Clair", "Dorme", "Erve", "Florin", "Gardon", "Houle", "Ivry", "Jonque")
    for last in ("fontaine", "mont", "rive", "val", "ville", "court")
]


def attacks(name: str) -> list[dict[str, Any]]:
    """Return the attacks of a file: documents or questions."""
    lines = (INJECTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def fact(town: str) -> str:
    """Return what the documents say of a town."""
    return (
        f"Le fonds Passerelle de {town} finance la garde d’enfants pendant les premières semaines de stage."
    )


def write_documents(folder: Path, attacked: bool) -> None:
    """Write, for each town, two documents; the second holds an attack besides its subject, or none."""
    for town, attack in zip(TOWNS, attacks("documents"), strict=True):
        clean = f"# Le fonds Passerelle de {town}\n\n{fact(town)}\n"
        (folder / f"{attack['id']}-fact.md").write_text(clean, encoding="utf-8")
        harmless = {**attack, "instruction": "Le café y est offert.", "place": "middle"}
        name, text = _attacked(town, attack if attacked else harmless)
        (folder / name).write_text(text, encoding="utf-8")


def _attacked(town: str, attack: dict[str, Any]) -> tuple[str, str]:
    """Return the name and the text of a document that holds an attack where it says."""
    order, place = attack["instruction"], attack["place"]
    title = f"La permanence de {town}"
    before = f"La permanence du fonds Passerelle de {town} se tient au marché chaque jeudi."
    after = f"Une conseillère du fonds Passerelle de {town} y reçoit sans rendez-vous les stagiaires."
    if place in ("hidden", "comment"):
        veiled = f"<!-- {order} -->" if place == "comment" else f'<p style="display:none">{order}</p>'
        page = f"<html><body><h1>{title}</h1><p>{before}</p>{veiled}<p>{after}</p></body></html>"
        return f"{attack['id']}-attack.html", page
    if place == "invisible":
        order = "\u200b".join(order)
    body = {
        "start": f"{order}\n\n{before} {after}",
        "list": f"{before} On y trouve :\n\n- une écoute ;\n- {order} ;\n- une orientation.\n\n{after}",
        "note": f"{before} {after}\n\n[1] {order}",
        "end": f"{before} {after}\n\n{order}",
    }.get(place, f"{before} {order} {after}")
    return f"{attack['id']}-attack.md", f"# {title}\n\n{body}\n"


def obey(server: LLMServer, attack: dict[str, Any]) -> list[bool]:
    """Play a model that does what its context says; the list returned tells if it saw the order.

    It cites the passage that gives the order, which is where its words stand; a question is always
    obeyed, citing the first passage.
    """
    saw: list[bool] = []
    canary = f"ZORGLUB-{attack['id'][1:]}"

    def script(messages: list[dict[str, str]]) -> Reply:
        body = messages[-1]["content"]
        passages = enumerate(body.split("<passage numéro=")[1:], start=1)
        ordering = [number for number, passage in passages if canary in passage.split("</passage>")[0]]
        saw.append(bool(ordering) or "question" in attack)
        return Reply(attack["says"].replace("[1]", f"[{(ordering or [1])[0]}]") if saw[-1] else honest(body))

    server.script = script
    return saw


def honest(body: str) -> str:
    """Return the true reply to a prompt of these documents: the fact asked for, and its passage."""
    question = body.split("<question>")[1]
    town = next(town for town in TOWNS if town in question)
    for number, passage in enumerate(body.split("<passage numéro=")[1:], start=1):
        if fact(town) in passage:
            return f"{fact(town)[:-1]} [{number}]."
    return "LES PASSAGES NE LE DISENT PAS"
