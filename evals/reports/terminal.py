"""Figures as tables for a terminal, in French."""

from collections.abc import Mapping, Sequence

from evals.questions import TYPE_NAMES
from evals.scorers import Figures, Scores
from evals.typography import NO_FIGURE, figure

OVERALL_NAME = "ensemble"

_SEARCH_COLUMNS = {name: name for name in ("r@1", "r@5", "r@5w", "r@10", "r@20", "mrr@10", "nDCG@10")}
_ANSWER_COLUMNS = {
    "facts": "faits",
    "cited": "preuves",
    "precision": "précision",
    "verbatim": "mot à mot",
    "supported": "dites",
    "false_answer": "à tort",
    "refused": "refus",
    "leaked": "interdits",
    "words": "mots",
}
_SEARCH_LEGEND = """\
r@k     part des preuves attendues trouvées dans les k premiers passages
r@5w    de même dans les 5 premiers, et dans 1 000 mots
mrr@10  1 / rang du premier passage utile (0 au-delà du 10e)
nDCG@10 ordre des 10 premiers passages, par ir_measures (– s’il n’est pas installé)"""
_ANSWER_LEGEND = """\
faits      part des faits attendus dits dans les 250 premiers mots
preuves    part des preuves attendues qu’une citation recoupe
précision  part des citations qui recoupent une preuve attendue
mot à mot  part des citations qui se lisent telles quelles dans leur source
dites      part des phrases que disent les passages qu’elles citent
à tort     part des questions sans réponse auxquelles il est répondu
refus      part des autres auxquelles il n’est pas répondu
interdits  part des réponses qui contiennent un texte interdit"""


def search_report(scores: Scores) -> str:
    """Return the table of a search run, by type of question."""
    return _report("Recherche", scores, _SEARCH_COLUMNS, _SEARCH_LEGEND)


def answers_report(scores: Scores) -> str:
    """Return the table of an answer run, with the questions whose answers a reader must see."""
    lines = [_report("Réponses", scores, _ANSWER_COLUMNS, _ANSWER_LEGEND), ""]
    misquoted = [name for name, row in scores.questions.items() if row.get("verbatim", 1.0) < 1.0]
    wrong = [name for name, row in scores.questions.items() if row.get("false_answer", 0.0) > 0.0]
    lines.append(f"Citations introuvables dans leur source\u00a0: {_listed(misquoted)}")
    lines.append(f"Questions sans réponse, répondues à tort\u00a0: {_listed(wrong)}")
    return "\n".join(lines)


def missing_report(sources: Sequence[str]) -> str:
    """Return the warning that documents the questions are about are not in the index."""
    return f"documents attendus par les questions, absents de l’index\u00a0: {', '.join(sources)}"


def _report(title: str, scores: Scores, columns: Mapping[str, str], legend: str) -> str:
    rows = [(TYPE_NAMES.get(kind, kind), scores.types[kind]) for kind in _ordered(scores)]
    rows.append((OVERALL_NAME, scores.overall))
    first = max(len(title), *(len(name) for name, _ in rows))
    widths = {name: max(len(head), 5) + 2 for name, head in columns.items()}
    header = f"{title:{first}}{'n':>5}" + "".join(f"{head:>{widths[name]}}" for name, head in columns.items())
    rule = "─" * len(header)
    lines = [header, rule]
    for name, figures in rows:
        if name == OVERALL_NAME:
            lines.append(rule)
        cells = "".join(f"{_cell(figures, column):>{widths[column]}}" for column in columns)
        lines.append(f"{name:{first}}{figures['n']:5.0f}{cells}")
    return "\n".join([*lines, "", legend, *_times(scores.overall)])


def _ordered(scores: Scores) -> list[str]:
    """Return the types in the order in which they are known, then the others."""
    return [kind for kind in TYPE_NAMES if kind in scores.types] + sorted(scores.types.keys() - TYPE_NAMES)


def _cell(figures: Figures, name: str) -> str:
    if name not in figures:
        return NO_FIGURE
    return f"{figures[name]:.0f}" if name == "words" else figure(figures[name], 3)


def _times(overall: Figures) -> list[str]:
    if "ms_p50" not in overall:
        return []
    half, most = figure(overall["ms_p50"], 1), figure(overall["ms_p95"], 1)
    return [f"Temps par question\u00a0: {half}\u00a0ms pour la moitié, {most}\u00a0ms pour 95\u00a0%"]


def _listed(names: list[str]) -> str:
    return f"{len(names)} ({', '.join(names)})" if names else "aucune"
