"""``ablation``, ``sweep`` and ``judge``: studies of what makes the figures."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from evals.commands.running import CASES_HELP
from index.terminal import ProgressLine


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands that study."""
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
        "--questions", type=Path, required=True, action="append", metavar="CAS", help=CASES_HELP
    )
    ablation.add_argument(
        "-o", "--output", type=Path, metavar="F.md", help="fichier Markdown où écrire aussi les tableaux"
    )
    ablation.set_defaults(run=_ablation)

    sweep = commands.add_parser(
        "sweep", help="mesurer une table de réglages et tracer la qualité contre le temps"
    )
    sweep.add_argument(
        "table", type=Path, metavar="F.toml", help="table des réglages (exemple\u00a0: evals/sweep.toml)"
    )
    sweep.add_argument("--documents", type=Path, required=True, metavar="DOSSIER", help="documents à indexer")
    sweep.add_argument("--questions", type=Path, required=True, metavar="CAS", help=CASES_HELP)
    sweep.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DOSSIER", help="dossier des mesures et du tracé"
    )
    sweep.set_defaults(run=_sweep)

    judge = commands.add_parser("judge", help="faire juger les réponses d’une mesure par le modèle configuré")
    judge.add_argument("measured", type=Path, metavar="MESURE", help="dossier de la mesure")
    judge.add_argument(
        "--labels",
        type=Path,
        metavar="F.jsonl",
        help="avis de référence (défaut\u00a0: evals/judge-labels.jsonl)",
    )
    judge.set_defaults(run=_judge)


def _ablation(options: Namespace) -> int:
    from contextlib import closing

    from evals.ablation import ablation, ablation_report
    from evals.cases import read_cases
    from evals.reports.terminal import missing_report
    from index.errors import UsageError
    from index.jsonl import write_text

    if len(options.documents) != len(options.questions):
        raise UsageError("donnez un fichier --questions par dossier --documents, dans le même ordre")
    asked = [(file.name, read_cases(file)) for file in options.questions]
    ablations = []
    for folder, (name, questions) in zip(options.documents, asked, strict=True):
        with closing(ProgressLine()) as progress:
            ablations.append(ablation(folder, name, questions, progress))
        if ablations[-1].missing:
            print(f"tisserand-evals\u00a0: {missing_report(ablations[-1].missing)}", file=sys.stderr)
    report = ablation_report(ablations)
    print(report, end="")
    if options.output:
        write_text(options.output, report)
    return 0


def _sweep(options: Namespace) -> int:
    from contextlib import closing

    from evals.sweep import read_table, sweep, sweep_report, write_sweep

    table = read_table(options.table)
    with closing(ProgressLine()) as progress:
        results = sweep(table, options.documents, options.questions, options.output, progress)
    write_sweep(options.output, table, results)
    print(sweep_report(table, results), end="")
    print(f"\ntracé dans {options.output / 'sweep.svg'}")
    return 0


def _judge(options: Namespace) -> int:
    from evals.judge import LABELS, configured_judge, judge_run, judge_summary, read_labels
    from evals.runs import read_measured_run

    judge = configured_judge()
    measured = read_measured_run(options.measured)
    print(judge_summary(judge_run(judge, measured, read_labels(options.labels or LABELS))))
    return 0
