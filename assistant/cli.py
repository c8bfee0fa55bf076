"""``tisserand``: the chat, and one answer on the terminal."""

import json
import sys
import time
from argparse import Namespace
from pathlib import Path

from assistant.module_command import add_module
from assistant.privacy.command import add_screen
from assistant.verification.command import add_verify
from index.config import index_folder, shipped_corpus
from index.terminal import FrenchParser, ProgressLine, add_filters, chosen_filters, run_command

_COMMANDS = ("chat", "ask", "module", "screen", "verify")
_INDEX_HELP = "dossier de l’index (défaut : TISSERAND_INDEX, sinon le dossier de l’utilisateur)"


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit status; without a command, open the chat."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments = ["chat", *arguments]
    options = _parser().parse_args(arguments)
    return run_command("tisserand", lambda: options.run(options))


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog="tisserand",
        description="Des réponses citées, tirées des rapports et des fiches du travail social.\n"
        "Sans commande, ouvre le chat.",
    )
    commands = parser.add_subparsers(title="Commandes\u00a0", metavar="COMMANDE", required=True)

    chat = commands.add_parser("chat", help="ouvrir le chat dans le navigateur")
    chat.add_argument(
        "--host", default="127.0.0.1", metavar="ADRESSE", help="adresse d’écoute (défaut : 127.0.0.1)"
    )
    chat.add_argument("--port", type=int, default=7860, metavar="N", help="port (défaut : 7860)")
    chat.set_defaults(run=_chat)

    ask = commands.add_parser("ask", help="poser une question dans le terminal")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="la question, entre guillemets")
    ask.add_argument("--json", action="store_true", help="écrire en JSON")
    ask.add_argument("--questions", type=Path, metavar="F.jsonl", help="fichier de questions à passer")
    ask.add_argument(
        "--run", type=Path, metavar="OUT.jsonl", dest="out", help="fichier où écrire les réponses"
    )
    add_filters(ask)
    ask.set_defaults(run=_ask)

    add_module(commands.add_parser("module", help="composer un module de formation sur un thème"))
    add_screen(commands.add_parser("screen", help="repérer les données personnelles d’un fichier de textes"))
    add_verify(commands.add_parser("verify", help="vérifier un fichier de phrases contre leurs passages"))

    for command in (chat, ask):
        command.add_argument("--index", metavar="DOSSIER", help=_INDEX_HELP)
    return parser


def _chat(options: Namespace) -> int:
    index = index_folder(options.index)
    if not (index / "CURRENT").exists():
        _build_shipped(index)
    from assistant.chat import serve

    serve(index, options.host, options.port)
    return 0


def _build_shipped(index: Path) -> None:
    """Build the index of the fiches that ship with the product, on the first start."""
    from index.building import build

    print(f"Premier démarrage : construction de la bibliothèque dans {index}…")
    progress = ProgressLine()
    try:
        report = build([shipped_corpus()], index, progress)
    finally:
        progress.close()
    print(f"{report.documents} documents, {report.passages} passages.")


def _ask(options: Namespace) -> int:
    from assistant.answering import answer
    from assistant.runs import answer_record
    from assistant.terminal import render
    from index.errors import UsageError
    from index.library import Library
    from index.llm import configured_model

    if options.questions or options.out:
        if not (options.questions and options.out):
            raise UsageError("--questions et --run vont ensemble")
        return _ask_run(options)
    if not (options.question or "").strip():
        raise UsageError('quelle question ? Exemple : tisserand ask "C’est quoi l’aller vers ?"')
    library = Library(index_folder(options.index))
    began = time.perf_counter()
    result = answer(library, options.question, filters=chosen_filters(options), model=configured_model())
    if options.json:
        record = answer_record("", (time.perf_counter() - began) * 1000, result)
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        print(render(result))
    return 0


def _ask_run(options: Namespace) -> int:
    from assistant.answering import answer
    from assistant.runs import answer_record
    from index.library import Library
    from index.llm import configured_model
    from index.questions import read_questions
    from index.runs import write_records

    library, model = Library(index_folder(options.index)), configured_model()
    records = []
    for question in read_questions(options.questions):
        began = time.perf_counter()
        result = answer(library, question.question, question.history, model=model)
        records.append(answer_record(question.id, (time.perf_counter() - began) * 1000, result))
    write_records(options.out, records)
    print(f"{len(records)} questions, réponses dans {options.out}")
    return 0
