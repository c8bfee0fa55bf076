"""A run as one HTML page that asks nothing of any host, for someone who does not program."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evals.comparing import ALL, Comparison, Difference
from evals.gating import Verdict
from evals.groups import AXES
from evals.reports import plots
from evals.reports.entries import entry_of, severity
from evals.runs import MeasuredRun
from evals.scorers import LOWER_IS_BETTER, intervals
from evals.thresholds import threshold_curve
from evals.typography import (
    AXIS_NAMES,
    METRIC_NAMES,
    STATUS_NAMES,
    counted,
    day,
    figure,
    metric_name,
    percentage,
    points,
    type_name,
    worth,
)
from index.terminal import typeset

if TYPE_CHECKING:
    from jinja2 import Environment


_HERE = Path(__file__).resolve().parent
SHOWN = (
    "r@5",
    "r@20",
    "mrr@10",
    "nDCG@10",
    "facts",
    "cited",
    "precision",
    "verbatim",
    "supported",
    "refused",
    "false_answer",
    "leaked",
)
_BY_TYPE = ("r@5", "facts", "cited", "refused", "false_answer")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the summary: its mean, its interval, and how it moved where there is a baseline."""

    metric: str
    value: float
    interval: tuple[float, float]
    count: int
    difference: Difference | None


def html_report(
    measured: MeasuredRun, comparison: Comparison | None = None, verdict: Verdict | None = None
) -> str:
    """Return the page of a run, with what changed since a baseline and the verdict where they are given."""
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    entries = sorted(
        (entry_of(measured, comparison, case) for case in measured.cases),
        key=lambda entry: -severity(measured.figures(entry.question.id)),
    )
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=measured,
            comparison=comparison,
            verdict=verdict,
            sentences=sentences(measured),
            rows=summary_rows(measured, comparison),
            plots=[_plot(measured, comparison, metric) for metric in _BY_TYPE if metric in measured.overall],
            breakdowns=breakdowns(measured),
            curve=_curve(measured),
            entries=entries,
            filters={axis: sorted(names) for axis, names in measured.groups.items()},
            style=(_HERE / "report.css").read_text(encoding="utf-8") + plots.STYLE,
            script=script,
            script_digest=digest,
            provenance=provenance_rows(measured),
            broken_down=_BY_TYPE,
        )
    )


def sentences(measured: MeasuredRun) -> list[str]:
    """Return what the figures say, in a few sentences without jargon."""
    overall = measured.overall
    answerable = sum(case.expects_answer for case in measured.cases)
    without = sum(not case.is_answerable for case in measured.cases)
    said = []
    if "refused" in overall:
        answered = round(answerable * (1 - overall["refused"]))
        said.append(
            f"Sur {counted(answerable, 'question')} qui ont une réponse dans la bibliothèque, "
            f"{answered} en {_receive(answered)} une ({percentage(1 - overall['refused'])})."
        )
    if "cited" in overall:
        said.append(
            f"Les preuves attendues sont citées à {percentage(overall['cited'])}, "
            f"les faits attendus dits à {percentage(overall.get('facts'))}."
        )
    if "false_answer" in overall:
        wrong = round(without * overall["false_answer"])
        said.append(
            f"Sur {counted(without, 'question')} sans réponse dans la bibliothèque, "
            f"{wrong} en {_receive(wrong)} une à tort ({percentage(overall['false_answer'])})."
        )
    if "verbatim" in overall:
        said.append(
            f"Les citations se lisent mot pour mot dans leur source à {percentage(overall['verbatim'], 1)}."
        )
    return said


def _receive(count: int) -> str:
    return "reçoivent" if count > 1 else "reçoit"


def summary_rows(measured: MeasuredRun, comparison: Comparison | None) -> list[Row]:
    """Return the figures over all questions, in a fixed order."""
    differences = (
        {one.metric: one for one in comparison.differences if one.group == ALL} if comparison else {}
    )
    ranges = intervals(measured.search.questions) | intervals(measured.answers.questions)
    return [
        Row(
            metric,
            measured.overall[metric],
            ranges[metric],
            sum(metric in measured.figures(case.id) for case in measured.cases),
            differences.get(metric),
        )
        for metric in SHOWN
        if metric in measured.overall and metric in ranges
    ]


def breakdowns(measured: MeasuredRun) -> list[tuple[str, list[tuple[str, int, dict[str, float]]]]]:
    """Return by axis other than type the groups with their counts and means, the least served first."""
    found = []
    for axis in AXES[1:]:
        rows = []
        for name, ids in measured.groups.get(axis, {}).items():
            means = measured.search.groups.get(axis, {}).get(name, {})
            means = means | measured.answers.groups.get(axis, {}).get(name, {})
            rows.append((name, len(ids), {metric: means[metric] for metric in _BY_TYPE if metric in means}))
        if rows:
            found.append((axis, sorted(rows, key=lambda row: (row[2].get("cited", 1.0), row[0]))))
    return found


def provenance_rows(measured: MeasuredRun) -> list[tuple[str, str]]:
    """Return what was run, as names and values for a table."""
    ran = measured.ran
    code, index, corpus, cases = (ran.get(name, {}) for name in ("code", "index", "corpus", "questions"))
    rows = [
        ("date", str(ran.get("date", ""))),
        (
            "code",
            " ".join(filter(None, (code.get("version"), code.get("commit"), str(code.get("sha256"))[:12]))),
        ),
        ("corpus", f"{corpus.get('documents')} documents, {str(corpus.get('sha256'))[:12]}"),
        ("index", f"{index.get('passages')} passages, analyse {index.get('analyser')}"),
        ("modèle de vecteurs", str(index.get("embedder"))),
        ("modèle de langue", str(ran.get("model") or "aucun")),
        (
            "réglages",
            ", ".join(f"{name}={value}" for name, value in ran.get("settings", {}).items()) or "aucun",
        ),
        ("cas", f"{cases.get('count')} ({str(cases.get('sha256'))[:12]})"),
        ("graine", str(ran.get("seed"))),
    ]
    return [(name, value) for name, value in rows if value]


def _plot(measured: MeasuredRun, comparison: Comparison | None, metric: str) -> dict[str, str]:
    before = (
        {one.group: one.before for one in comparison.differences if one.metric == metric}
        if comparison
        else {}
    )
    bars = []
    for kind in dict.fromkeys(case.type for case in measured.cases):
        rows = {case.id: measured.figures(case.id) for case in measured.cases if case.type == kind}
        rows = {key: {metric: row[metric]} for key, row in rows.items() if metric in row}
        if rows:
            low, high = intervals(rows)[metric]
            value = sum(row[metric] for row in rows.values()) / len(rows)
            bars.append(plots.Bar(type_name(kind), value, low, high, len(rows), before.get(kind)))
    bars.sort(key=lambda bar: -bar.value if metric not in LOWER_IS_BETTER else bar.value)
    return {"title": metric_name(metric), "svg": plots.shares(metric_name(metric), bars)}


def _curve(measured: MeasuredRun) -> str:
    thresholds = threshold_curve(measured)
    if not thresholds:
        return ""
    lines = [
        plots.Curve("réponses à tort", "false", [(one.score, one.false_answer) for one in thresholds]),
        plots.Curve("refus à tort", "refused", [(one.score, one.refused) for one in thresholds]),
    ]
    overall = measured.overall
    caption = "le produit tel qu’il est réglé"
    mark = (overall.get("false_answer", 0.0), overall.get("refused", 0.0), caption)
    title = "Réponses à tort et refus à tort selon le seuil"
    return plots.curves(title, lines, mark, "score du meilleur passage à partir duquel répondre")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: typeset((_HERE / name).read_text(encoding="utf-8"))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "figure": figure,
        "points": points,
        "day": day,
        "worth": worth,
        "metric_name": metric_name,
        "type_name": type_name,
        "axis_name": lambda axis: AXIS_NAMES.get(axis, axis),
        "status_name": lambda status: STATUS_NAMES.get(status, status),
    }
    environment.globals |= {"metric_names": METRIC_NAMES, "lower_is_better": LOWER_IS_BETTER}
    return environment
