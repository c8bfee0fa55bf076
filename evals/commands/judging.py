"""``compare``, ``gate`` and ``report``: what a run is worth beside another."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from index.terminal import ProgressLine

if TYPE_CHECKING:
    from evals.runs import MeasuredRun


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands that judge runs."""
    compare = commands.add_parser("compare", help="dire ce qui a changé d’une mesure à une autre")
    compare.add_argument("before", type=Path, metavar="AVANT", help="dossier de la première mesure")
    compare.add_argument("after", type=Path, metavar="APRÈS", help="dossier de la seconde mesure")
    compare.add_argument("-o", "--output", type=Path, metavar="F.md", help="fichier Markdown à écrire aussi")
    compare.set_defaults(run=_compare)

    gate = commands.add_parser(
        "gate",
        help="dire si une version peut être livrée (statut 0\u00a0: oui, 1\u00a0: non)",
        description="Sans MESURE, mesure d’abord les fiches livrées avec les cas livrés.",
    )
    gate.add_argument("measured", nargs="?", type=Path, metavar="MESURE", help="dossier de la mesure à juger")
    gate.add_argument(
        "--baseline", type=Path, metavar="DOSSIER", help="mesure de référence (défaut\u00a0: evals/baseline)"
    )
    gate.add_argument("--rules", type=Path, metavar="F.toml", help="règles (défaut\u00a0: evals/gate.toml)")
    gate.add_argument("--junit", type=Path, metavar="F.xml", help="fichier JUnit XML à écrire, pour une CI")
    gate.set_defaults(run=_gate)

    report = commands.add_parser("report", help="écrire le rapport d’une mesure, en HTML ou en Markdown")
    report.add_argument("measured", type=Path, metavar="MESURE", help="dossier de la mesure")
    report.add_argument("--baseline", type=Path, metavar="DOSSIER", help="mesure à laquelle la comparer")
    report.add_argument(
        "--rules", type=Path, metavar="F.toml", help="règles du verdict (défaut\u00a0: evals/gate.toml)"
    )
    report.add_argument(
        "-o", "--output", type=Path, required=True, metavar="F.html|F.md", help="fichier à écrire"
    )
    report.set_defaults(run=_report)


def _compare(options: Namespace) -> int:
    from evals.comparing import compare
    from evals.reports.markdown import comparison_report
    from evals.runs import read_measured_run
    from index.jsonl import write_text

    comparison = compare(read_measured_run(options.before), read_measured_run(options.after))
    report = comparison_report(comparison)
    print(report, end="")
    if options.output:
        write_text(options.output, report)
    return 0


def _gate(options: Namespace) -> int:
    import time

    from evals.comparing import compare
    from evals.gating import DEFAULT_RULES, judge, junit, read_rules, summary
    from evals.runs import read_measured_run
    from evals.shipped import BASELINE
    from index.jsonl import write_text

    began = time.perf_counter()
    rules = read_rules(options.rules or DEFAULT_RULES)
    baseline = read_measured_run(options.baseline or BASELINE)
    measured = read_measured_run(options.measured) if options.measured else _measured_now()
    verdict = judge(compare(baseline, measured), rules)
    print("\n".join(summary(verdict)))
    if options.junit:
        write_text(options.junit, junit(verdict, time.perf_counter() - began))
    return 0 if verdict.passes else 1


def _measured_now() -> MeasuredRun:
    from contextlib import closing

    from evals.shipped import measure_shipped

    with closing(ProgressLine()) as progress:
        return measure_shipped("maintenant", progress)[0]


def _report(options: Namespace) -> int:
    from evals.comparing import compare
    from evals.gating import DEFAULT_RULES, judge, read_rules
    from evals.runs import read_measured_run
    from index.errors import UsageError
    from index.jsonl import write_text

    if options.output.suffix not in (".html", ".md"):
        raise UsageError(f"{options.output}\u00a0: donnez un nom en .html ou en .md")
    measured = read_measured_run(options.measured)
    comparison = compare(read_measured_run(options.baseline), measured) if options.baseline else None
    verdict = judge(comparison, read_rules(options.rules or DEFAULT_RULES)) if comparison else None
    if options.output.suffix == ".md":
        from evals.reports.markdown import markdown_report

        text = markdown_report(measured, comparison, verdict)
    else:
        from evals.reports.page import html_report

        text = html_report(measured, comparison, verdict)
    write_text(options.output, text)
    print(f"rapport dans {options.output}")
    return 0
