"""``tisserand-index enrich``: a language model writes the questions that a user's documents answer."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import LLM_VARIABLE, index_folder
from index.errors import ModelFault, UsageError
from index.terminal import ProgressLine, typeset

if TYPE_CHECKING:
    from index.enriching import Questions, Request
    from index.library import Library
    from index.llm import ChatModel

_MOST_FAULTS = 3  # in a row: the model is down


def add_enrich(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "documents", nargs="*", metavar="DOC", help="identifiants, tels que status les donne (défaut : tous)"
    )
    parser.add_argument("--yes", action="store_true", help="ne rien demander avant de commencer")
    parser.add_argument(
        "--sample", type=int, default=3, metavar="N", help="passages montrés d’abord (défaut : 3)"
    )
    parser.add_argument(
        "--rounds", type=int, default=1, metavar="N", help="tours de questions, 3 au plus (défaut : 1)"
    )
    parser.set_defaults(run=enrich)


def enrich(options: Namespace) -> int:
    """Say what it costs, show a sample, then write the questions and build the index with them."""
    from index.enriching import ROUNDS, requests
    from index.library import Library
    from index.llm import configured_model

    if not 1 <= options.rounds <= ROUNDS:
        raise UsageError(f"--rounds va de 1 à {ROUNDS}, pas {options.rounds}")
    model = configured_model()
    if model is None:
        raise UsageError(
            f"enrich demande un modèle de langue ; nommez-en un dans {LLM_VARIABLE},"
            " par exemple ollama:mistral-small (choix : docs/models.md)"
        )
    index = index_folder(options.index)
    library = Library(index)
    try:
        asked = requests(library, options.documents, options.rounds)
        if not asked:
            print("rien à écrire : chaque passage a ses questions")
            return 0
        print(typeset(_cost(asked, model)))
        first = _sample(library, model, asked, options.sample)
        if not options.yes and not _agreed():
            print("rien n’a été gardé")
            return 0
        written = [questions for questions in first if questions.usable]
        _keep(index, written, model)
        done = {id(questions.request) for questions in written}
        left = [request for request in asked if id(request) not in done]
        status = _ask_all(library, model, left, index, written)
    finally:
        library.close()
    _build(index)
    return status


def _cost(asked: "Sequence[Request]", model: "ChatModel") -> str:
    from index.enriching import tokens_written

    passages = {request.passage.passage_id for request in asked}
    documents = {request.passage.doc_id for request in asked}
    read = sum(request.tokens for request in asked)
    lines = [
        f"{len(passages)} passages de {len(documents)} documents, {len(asked)} demandes à {model.name}"
        f" ({model.place}) : environ {_number(read)} tokens lus et {_number(tokens_written(asked))} écrits"
    ]
    if not model.local:
        lines.append("le texte de ces passages sera envoyé à cette autre machine")
    return "\n".join(lines)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _sample(
    library: "Library", model: "ChatModel", asked: "Sequence[Request]", size: int
) -> "list[Questions]":
    """Write and show the questions of a few passages, taken all along. Raises ``ModelFault``."""
    from index.enriching import ask

    chosen = asked[:: max(1, len(asked) // size)][:size] if size > 0 else []
    written = []
    for request in chosen:
        questions = ask(library, model, request)
        written.append(questions)
        print(typeset(_shown(questions)))
    return written


def _shown(questions: "Questions") -> str:
    passage = questions.request.passage
    words = passage.prose.split()
    lines = ["", f"{passage.title} : « {' '.join(words[:25])}{'…' if len(words) > 25 else ''} »"]
    lines += [f"  - {question}" for question in questions.kept]
    lines += [f"  - (écartée, ne retrouve pas le passage) {question}" for question in questions.dropped]
    return "\n".join(lines if questions.usable else [*lines, "  (réponse inutilisable)"])


def _agreed() -> bool:
    try:
        return input("\nContinuer\u00a0? [o/N] ").strip().lower() in ("o", "oui")
    except EOFError:
        print("\nlancez la commande avec --yes pour continuer sans question")
        return False


def _keep(index: Path, written: "Iterable[Questions]", model: "ChatModel") -> None:
    from index.enriching import keep

    for questions in written:
        keep(index, questions, model.name)


def _ask_all(
    library: "Library",
    model: "ChatModel",
    asked: "Sequence[Request]",
    index: Path,
    written: "list[Questions]",
) -> int:
    """Write the questions of each passage, kept one by one; return 1 when some could not be written."""
    from index.enriching import ask

    progress, unusable, in_a_row, last = ProgressLine(), 0, 0, ""
    try:
        for number, request in enumerate(asked):
            progress(request.passage.title, number, len(asked))
            try:
                questions = ask(library, model, request)
            except ModelFault as fault:
                in_a_row, last = in_a_row + 1, str(fault)
                unusable += 1
                if in_a_row == _MOST_FAULTS:
                    break
                continue
            in_a_row = 0
            if questions.usable:
                _keep(index, [questions], model)
                written.append(questions)
            else:
                unusable += 1
    finally:
        progress.close()
        print(typeset(_done(written, unusable, last)))
    return 1 if unusable else 0


def _done(written: "Sequence[Questions]", unusable: int, fault: str) -> str:
    kept = sum(len(questions.kept) for questions in written)
    dropped = sum(len(questions.dropped) for questions in written)
    lines = [f"{kept} questions gardées, {dropped} écartées (elles ne retrouvent pas leur passage)"]
    if unusable:
        lines.append(f"{unusable} passages sans réponse utilisable ; relancez la commande pour les reprendre")
    if fault:
        lines.append(f"dernier défaut du modèle : {fault}")
    return "\n".join(lines)


def _build(index: Path) -> None:
    from index.building import build

    progress = ProgressLine()
    try:
        report = build([], index, progress)
    finally:
        progress.close()
    print(f"index refait avec ces questions : {len(report.updated)} documents mis à jour")
