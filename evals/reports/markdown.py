"""A run in Markdown, for a merge request: verdict, table of figures, what changed."""

from __future__ import annotations

from assistant.citations import one_line
from evals.comparing import Comparison, Outcome, QuestionChange, worded_diff
from evals.gating import Verdict, summary
from evals.reports.entries import faults, severity
from evals.reports.page import sentences, summary_rows
from evals.runs import MeasuredRun
from evals.typography import STATUS_NAMES, counted, figure, metric_name, points, worth

WORST = 10
CHANGED = 20
_ANSWER_CHARACTERS = 900


def markdown_report(
    measured: MeasuredRun, comparison: Comparison | None = None, verdict: Verdict | None = None
) -> str:
    """Return the short report of a run, with what changed since a baseline where one is given."""
    parts = [f"# Mesure {measured.name}"]
    if verdict:
        parts.append("\n".join(summary(verdict)))
    parts.append("\n".join(f"- {sentence}" for sentence in sentences(measured)))
    parts.append(_table(measured, comparison))
    parts.append(_changes(comparison) if comparison else _worst(measured))
    return "\n\n".join(parts) + "\n"


def comparison_report(comparison: Comparison) -> str:
    """Return what changed between two runs: figures, then each changed question with its answer's diff."""
    counts = ", ".join(f"{len(comparison.of(outcome))} {outcome.value}" for outcome in Outcome)
    title = f"# De {comparison.before.name} à {comparison.after.name}"
    return "\n\n".join([title, counts, _table(comparison.after, comparison), _changes(comparison)]) + "\n"


def _table(measured: MeasuredRun, comparison: Comparison | None) -> str:
    heads = ["mesure", "valeur", "intervalle à 95\u00a0%"]
    heads += ["avant", "écart (points)", "p corrigée"] if comparison else []
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for row in summary_rows(measured, comparison):
        low, high = row.interval
        cells = [
            metric_name(row.metric),
            worth(row.metric, row.value),
            f"{worth(row.metric, low)} à {worth(row.metric, high)}",
        ]
        if comparison and row.difference:
            change = row.difference
            cells += [worth(row.metric, change.before), points(change.change), figure(change.corrected, 3)]
        elif comparison:
            cells += ["–", "–", "–"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _changes(comparison: Comparison) -> str:
    shown = [
        change
        for outcome in (Outcome.WORSE, Outcome.MIXED, Outcome.BETTER, Outcome.CHANGED)
        for change in comparison.of(outcome)
    ]
    if not shown:
        return "Aucune question n’a changé."
    parts = [_change(comparison, change) for change in shown[:CHANGED]]
    if len(shown) > CHANGED:
        parts.append(
            f"… et {counted(len(shown) - CHANGED, 'autre')}\u00a0; le rapport HTML les montre toutes."
        )
    return "\n\n".join([f"## {counted(len(shown), 'question changée', 'questions changées')}", *parts])


def _change(comparison: Comparison, change: QuestionChange) -> str:
    question = change.question
    moved = ", ".join(
        f"{metric_name(name)} {figure(old, 2)} → {figure(new, 2)}"
        for name, (old, new) in change.moved.items()
    )
    sides = []
    for run in (comparison.before.run, comparison.after.run):
        said, found = run.answers.get(question.id), run.search.get(question.id)
        places = [_place(passage) for passage in (found["passages"][:3] if found else [])]
        status = STATUS_NAMES.get(said["status"], said["status"]) if said else "–"
        sides.append(f"{status} ; passages\u00a0: {' · '.join(places) or 'aucun'}")
    old, new = comparison.before.run.answers.get(question.id), comparison.after.run.answers.get(question.id)
    diff = _diff(old["answer"] if old else "", new["answer"] if new else "")
    lines = [
        f"### {change.outcome.value}\u00a0: {question.id}, {_escaped(question.question)}",
        moved or "mêmes chiffres",
        f"- avant\u00a0: {_escaped(sides[0])}\n- après\u00a0: {_escaped(sides[1])}",
        f"> {diff}",
    ]
    return "\n\n".join(lines)


def _place(passage: object) -> str:
    record = dict(passage)  # type: ignore[call-overload]
    section = record["section"][-1] if record["section"] else ""
    page = f"p.\u00a0{record['page']}" if record["page"] else ""
    return ", ".join(filter(None, (record["source"], section, page)))


def _diff(before: str, after: str) -> str:
    """Return the diff of two answers on one line: struck what left, in bold what came."""
    marks = {"=": "", "-": "~~", "+": "**"}
    pieces = []
    for sign, text in worded_diff(before, after):
        words = _escaped(text)
        if words:
            pieces.append(f"{marks[sign]}{words}{marks[sign]}")
    whole = " ".join(pieces)
    return whole if len(whole) <= _ANSWER_CHARACTERS else whole[:_ANSWER_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _worst(measured: MeasuredRun) -> str:
    ordered = sorted(measured.cases, key=lambda case: -severity(measured.figures(case.id)))
    lines = []
    for case in ordered[:WORST]:
        found = faults(measured.figures(case.id))
        if found:
            lines.append(f"- {case.id}, {_escaped(case.question)}\u00a0: {', '.join(found)}")
    return "\n".join(["## Les questions les plus mal servies", "", *lines]) if lines else "Rien à redire."


def _escaped(text: str) -> str:
    """Return a text that Markdown shows as it is written, links and images included."""
    out = one_line(text)
    for mark in "\\`*_[]<>|~#":
        out = out.replace(mark, f"\\{mark}")
    return out
