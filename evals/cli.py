"""``tisserand-evals``: run questions through the product and give its figures."""

import sys
from argparse import Namespace
from pathlib import Path

from index.config import index_folder
from index.errors import TisserandError
from index.terminal import FrenchParser, ProgressLine, run_command

NAME = "tisserand-evals"
COULD_NOT_RUN = 2  # so that 1 stays free to say that figures are not good enough


def main(argv: list[str] | None = None) -> int:
    """Run the command line; the status is 2 when it could not be done, with one line that says why."""
    options = _parser().parse_args(argv)
    return run_command(NAME, lambda: _run_or_explain(options))


def _run_or_explain(options: Namespace) -> int:
    try:
        return int(options.run(options))
    except TisserandError as error:
        print(f"{NAME}\u00a0: {error}", file=sys.stderr)
        return COULD_NOT_RUN


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog=NAME, description="Mesurer Tisserand\u00a0: ce qu’il trouve, ce qu’il répond, ce qu’il cite."
    )
    commands = parser.add_subparsers(title="Commandes\u00a0", metavar="COMMANDE", required=True)

    run = commands.add_parser("run", help="poser les questions d’un fichier et donner les chiffres")
    run.add_argument("--questions", type=Path, required=True, metavar="F.jsonl", help="fichier de questions")
    run.add_argument(
        "--index",
        metavar="DOSSIER",
        help="dossier de l’index (défaut\u00a0: TISSERAND_INDEX, sinon le dossier de l’utilisateur)",
    )
    run.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="DOSSIER",
        help="dossier où écrire search.jsonl, answers.jsonl et figures.json",
    )
    run.set_defaults(run=_run)

    ablation = commands.add_parser("ablation", help="donner ce que chaque composant de la recherche apporte")
    ablation.add_argument(
        "--documents",
        type=Path,
        required=True,
        action="append",
        metavar="DOSSIER",
        help="documents à indexer dans un dossier passager\u00a0; à répéter avec --questions",
    )
    ablation.add_argument(
        "--questions",
        type=Path,
        required=True,
        action="append",
        metavar="F.jsonl",
        help="questions sur ces documents, avec leurs preuves",
    )
    ablation.add_argument(
        "-o", "--output", type=Path, metavar="F.md", help="fichier Markdown où écrire aussi les tableaux"
    )
    ablation.set_defaults(run=_ablation)
    return parser


def _run(options: Namespace) -> int:
    from contextlib import closing

    from evals.provenance import provenance
    from evals.questions import read_questions
    from evals.reports import answers_report, missing_report, search_report
    from evals.running import run_questions
    from evals.runs import prepare_folder, write_run
    from evals.scorers import missing_sources, quote_check, score_answers, score_search
    from index.library import Library

    questions = read_questions(options.questions)
    with closing(Library(index_folder(options.index))) as library:
        prepare_folder(options.output)
        documents = library.documents()
        missing = missing_sources(questions, documents)
        if missing:
            print(f"{NAME}\u00a0: {missing_report(missing)}", file=sys.stderr)
        ran = provenance(library, options.questions, len(questions))
        with closing(ProgressLine()) as progress:
            run = run_questions(library, questions, progress)
    search = score_search(questions, run.search)
    answers = score_answers(questions, run.answers, quote_check(documents))
    write_run(options.output, run, search, answers, ran)
    print(f"{search_report(search)}\n\n{answers_report(answers)}\n")
    print(f"{len(questions)} question{'s' if len(questions) > 1 else ''}, chiffres dans {options.output}")
    return 0


def _ablation(options: Namespace) -> int:
    from contextlib import closing

    from evals.ablation import ablation, ablation_report
    from evals.questions import read_questions
    from evals.reports import missing_report
    from index.errors import UsageError
    from index.jsonl import write_text

    if len(options.documents) != len(options.questions):
        raise UsageError("donnez un fichier --questions par dossier --documents, dans le même ordre")
    asked = [(file.name, read_questions(file)) for file in options.questions]
    ablations = []
    for folder, (name, questions) in zip(options.documents, asked, strict=True):
        with closing(ProgressLine()) as progress:
            ablations.append(ablation(folder, name, questions, progress))
        if ablations[-1].missing:
            print(f"{NAME}\u00a0: {missing_report(ablations[-1].missing)}", file=sys.stderr)
    report = ablation_report(ablations)
    print(report, end="")
    if options.output:
        write_text(options.output, report)
    return 0
