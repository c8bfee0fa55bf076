"""``tisserand-index``: build an index, search it, say what it holds."""

import json
import sys
import time
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import index_folder
from index.enrich_command import add_enrich
from index.terminal import FrenchParser, ProgressLine, add_filters, chosen_filters, run_command, typeset

if TYPE_CHECKING:
    from index.documents import BuildReport, Document, ScoredPassage

_INDEX_HELP = "dossier de l’index (défaut : TISSERAND_INDEX, sinon le dossier de l’utilisateur)"


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _parser().parse_args(argv)
    return run_command("tisserand-index", lambda: options.run(options))


def _parser() -> FrenchParser:
    parser = FrenchParser(prog="tisserand-index", description="La bibliothèque : construire, chercher, lire.")
    commands = parser.add_subparsers(title="Commandes\u00a0", metavar="COMMANDE", required=True)

    build = commands.add_parser("build", help="ajouter, rafraîchir, réparer")
    build.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="CHEMIN",
        help="fichiers ou dossiers (défaut : ceux déjà donnés, sinon les fiches livrées)",
    )
    build.set_defaults(run=_build)

    search = commands.add_parser("search", help="chercher des passages")
    search.add_argument("query", nargs="?", metavar="QUESTION", help="la question, entre guillemets")
    search.add_argument("-k", type=int, default=10, metavar="N", help="nombre de passages (défaut : 10)")
    search.add_argument("--questions", type=Path, metavar="F.jsonl", help="fichier de questions à passer")
    search.add_argument(
        "--run", type=Path, metavar="OUT.jsonl", dest="out", help="fichier où écrire les résultats"
    )
    add_filters(search)
    search.set_defaults(run=_search)

    status = commands.add_parser("status", help="dire ce que contient l’index et s’il est sain")
    status.set_defaults(run=_status)

    remove = commands.add_parser("remove", help="retirer des documents")
    remove.add_argument(
        "documents", nargs="+", metavar="DOCUMENT", help="identifiants, tels que status les donne"
    )
    remove.set_defaults(run=_remove)

    show = commands.add_parser("show", help="lire un document")
    show.add_argument("document", metavar="DOCUMENT", help="identifiant, tel que status le donne")
    show.add_argument("--page", type=int, metavar="N", help="seulement cette page, telle qu’imprimée")
    show.set_defaults(run=_show)

    enrich = commands.add_parser("enrich", help="faire écrire par un modèle de langue ce qu’on demandera")
    add_enrich(enrich)

    for command in (build, search, status, remove, show, enrich):
        command.add_argument("--index", metavar="DOSSIER", help=_INDEX_HELP)
    for command in (build, search, status, remove, show):
        command.add_argument("--json", action="store_true", help="écrire en JSON")
    return parser


def _build(options: Namespace) -> int:
    from index.building import build

    progress = ProgressLine()
    try:
        report = build(options.paths, index_folder(options.index), progress)
    finally:
        progress.close()
    _print_report(report, options)
    return 0


def _print_report(report: "BuildReport", options: Namespace) -> None:
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return
    for skipped in report.skipped:
        print(typeset(f"non lu : {skipped.path} : {skipped.reason}"), file=sys.stderr)
    for repaired in report.repaired:
        print(typeset(f"réparé : {repaired}"), file=sys.stderr)
    done = [
        f"{len(names)} {word}{'s' if len(names) > 1 and word[-1] != 's' else ''}"
        for names, word in (
            (report.added, "ajouté"),
            (report.updated, "mis à jour"),
            (report.moved, "renommé"),
            (report.removed, "retiré"),
            (report.unchanged, "inchangé"),
            (report.skipped, "non lu"),
        )
        if names
    ]
    size = _size(report.documents, report.passages)
    print(f"{size} en {report.seconds:.1f} s" + (f" ({', '.join(done)})" if done else ""))
    print(typeset(f"index : {index_folder(options.index)}"))


def _size(documents: int, passages: int) -> str:
    return f"{documents} document{'s' * (documents > 1)}, {passages} passage{'s' * (passages > 1)}"


def _search(options: Namespace) -> int:
    from index.errors import UsageError
    from index.library import Library

    if options.questions or options.out:
        if not (options.questions and options.out):
            raise UsageError("--questions et --run vont ensemble")
        return _search_run(options)
    if not options.query:
        raise UsageError('quelle question ? Exemple : tisserand-index search "aller vers"')
    library = Library(index_folder(options.index))
    found = library.retrieve(options.query, options.k, filters=chosen_filters(options))
    if options.json:
        from index.runs import search_record

        print(json.dumps(search_record("", 0.0, found)["passages"], ensure_ascii=False, indent=1))
    elif not found:
        print("aucun passage trouvé")
    else:
        print("\n\n".join(_shown(scored) for scored in found))
    return 0


def _shown(scored: "ScoredPassage") -> str:
    passage = scored.passage
    page = f", p. {passage.page}" if passage.page is not None else ""
    section = f" — {' › '.join(passage.section)}" if passage.section else ""
    text = " ".join(passage.prose.split())
    short = text if len(text) <= 400 else text[:400].rsplit(" ", 1)[0] + "…"
    also = "".join(f"\n   dit aussi : {' › '.join((one.title, *one.section))}" for one in scored.also)
    return f"{scored.rank}. {passage.title}{section}{page} ({scored.score:.2f})\n   {short}{also}"


def _search_run(options: Namespace) -> int:
    from index.library import Library
    from index.questions import read_questions
    from index.runs import search_record, write_records

    library = Library(index_folder(options.index))
    records = []
    for question in read_questions(options.questions):
        began = time.perf_counter()
        found = library.retrieve(question.question, 20, question.history)
        records.append(search_record(question.id, (time.perf_counter() - began) * 1000, found))
    write_records(options.out, records)
    print(f"{len(records)} questions, résultats dans {options.out}")
    return 0


def _status(options: Namespace) -> int:
    from index.status import describe, rendered

    status = describe(index_folder(options.index))
    print(json.dumps(status, ensure_ascii=False, indent=1) if options.json else typeset(rendered(status)))
    return 1 if status["problems"] else 0


def _remove(options: Namespace) -> int:
    from index.building import remove

    report = remove(options.documents, index_folder(options.index))
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        count = len(report.removed)
        left = _size(report.documents, report.passages)
        print(typeset(f"{count} document{'s' * (count > 1)} retiré{'s' * (count > 1)} ; il reste {left}"))
    return 0


def _show(options: Namespace) -> int:
    from index.errors import UsageError
    from index.library import Library

    document = Library(index_folder(options.index)).document(options.document)
    if document is None:
        raise UsageError(f"document inconnu : {options.document} ; la liste : tisserand-index status")
    if options.json:
        print(json.dumps(asdict(document), ensure_ascii=False, indent=1))
    elif options.page is None:
        print(document.text[slice(*document.body)].strip())
    else:
        print(_page(document, options.page))
    return 0


def _page(document: "Document", number: int) -> str:
    from index.errors import UsageError
    from index.structure import read_structure

    pages = read_structure(document).pages
    starts = [page.offset for page in pages] + [document.body[1]]
    for place, page in enumerate(pages):
        if page.printed == number:
            return document.text[starts[place] : starts[place + 1]].strip()
    known = sorted(page.printed for page in pages if page.printed is not None)
    if not known:
        raise UsageError(f"les pages de {document.doc_id} ne sont pas connues")
    raise UsageError(
        f"la page {number} de {document.doc_id} n’est pas connue"
        f" ({len(known)} le sont, de {known[0]} à {known[-1]})"
    )
