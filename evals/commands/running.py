"""``run``, ``trec`` and ``baseline``: measure."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from index.config import index_folder
from index.terminal import ProgressLine

CASES_HELP = "cas\u00a0: un fichier .jsonl ou .csv, ou un dossier de ces fichiers"


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands that measure."""
    run = commands.add_parser("run", help="poser les questions d’un fichier et donner les chiffres")
    run.add_argument("--questions", type=Path, required=True, metavar="CAS", help=CASES_HELP)
    add_index(run)
    run.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="DOSSIER",
        help="dossier où écrire answers.jsonl, search.jsonl, figures.json, run.json…",
    )
    run.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="COMPOSANT",
        help="chercher sans un composant\u00a0: spelling, lexicon, dense_passages, dense_questions, "
        "names (répétable)",
    )
    run.set_defaults(run=_run)

    trec = commands.add_parser("trec", help="mesurer un fichier de résultats au format TREC, de tout système")
    trec.add_argument("ranking", type=Path, metavar="RUN.trec", help="résultats au format TREC")
    trec.add_argument("--qrels", type=Path, required=True, metavar="Q.trec", help="jugements au format TREC")
    trec.set_defaults(run=_trec)

    baseline = commands.add_parser(
        "baseline", help="refaire la référence des fiches livrées (evals/baseline)"
    )
    baseline.set_defaults(run=_baseline)


def add_index(parser: ArgumentParser) -> None:
    """Add the option that names the index."""
    parser.add_argument(
        "--index",
        metavar="DOSSIER",
        help="dossier de l’index (défaut\u00a0: TISSERAND_INDEX, sinon le dossier de l’utilisateur)",
    )


def _run(options: Namespace) -> int:
    from contextlib import closing

    from evals.cases import read_cases
    from evals.configured import open_library
    from evals.measuring import measure
    from evals.reports.terminal import answers_report, missing_report, search_report
    from evals.runs import prepare_folder, write_run
    from evals.scorers import missing_sources
    from evals.typography import counted
    from index.llm import configured_model

    questions = read_cases(options.questions)
    model = configured_model()
    with closing(open_library(index_folder(options.index), options.without)) as library:
        prepare_folder(options.output)
        missing = missing_sources(questions, library.heads())
        if missing:
            print(f"tisserand-evals\u00a0: {missing_report(missing)}", file=sys.stderr)
        with closing(ProgressLine()) as progress:
            name = options.output.resolve().name
            measured, grades = measure(library, questions, options.questions, name, progress, model)
    write_run(options.output, measured, grades)
    print(f"{search_report(measured.search)}\n\n{answers_report(measured.answers)}\n")
    print(f"{counted(len(questions), 'question')}, chiffres dans {options.output}")
    return 0


def _trec(options: Namespace) -> int:
    from statistics import fmean

    from evals.trec import MEASURES, measured, read_qrels, read_ranking
    from evals.typography import counted, figure

    figures = measured(read_qrels(options.qrels), read_ranking(options.ranking))
    for name in MEASURES:
        print(f"{name:8} {figure(fmean(row[name] for row in figures.values()), 4)}")
    print(counted(len(figures), "question"))
    return 0


def _baseline(options: Namespace) -> int:
    from contextlib import closing

    from evals.runs import prepare_folder, write_run
    from evals.shipped import BASELINE, compact, measure_shipped
    from evals.typography import counted

    with closing(ProgressLine()) as progress:
        measured, grades = measure_shipped(BASELINE.name, progress)
    prepare_folder(BASELINE)
    write_run(BASELINE, compact(measured), grades)
    print(
        f"{counted(len(measured.cases), 'cas', 'cas')}, référence dans {BASELINE}\u00a0; relisez-en le diff"
    )
    return 0
