"""Names and numbers as a French reader expects them."""

from collections.abc import Mapping

from evals.questions import TYPE_NAMES

NO_FIGURE = "–"
MONTHS = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
RANKED = frozenset({"mrr@10", "nDCG@10"})
AXIS_NAMES: Mapping[str, str] = {
    "type": "type de question",
    "tag": "étiquette",
    "document": "document",
    "speaker": "voix",
}
STATUS_NAMES: Mapping[str, str] = {
    "answered": "répondu",
    "related": "passages proches",
    "none": "rien trouvé",
}
METRIC_NAMES: Mapping[str, str] = {
    "r@1": "preuve au premier rang",
    "r@5": "preuves dans les 5 premiers passages",
    "r@5w": "preuves dans 5 passages et 1\u202f000 mots",
    "r@10": "preuves dans les 10 premiers passages",
    "r@20": "preuves dans les 20 premiers passages",
    "mrr@10": "rang du premier bon passage",
    "facts": "faits attendus dits",
    "cited": "preuves citées",
    "precision": "citations qui sont des preuves",
    "verbatim": "citations mot à mot",
    "supported": "phrases dites par leur source",
    "false_answer": "réponses à tort",
    "refused": "refus à tort",
    "leaked": "textes interdits dans la réponse",
    "words": "mots par réponse",
    "search_ms_p50": "temps de recherche (médian)",
    "search_ms_p95": "temps de recherche (95\u00a0%)",
    "answer_ms_p50": "temps de réponse (médian)",
    "answer_ms_p95": "temps de réponse (95\u00a0%)",
}


def figure(value: float | None, digits: int) -> str:
    """Return a number with a comma, and a dash where there is none: 0,92."""
    return NO_FIGURE if value is None else f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def percentage(value: float | None, digits: int = 0) -> str:
    """Return a share as a percentage: 71 %."""
    return NO_FIGURE if value is None else f"{figure(100 * value, digits)}\u00a0%"


def points(value: float) -> str:
    """Return a difference of shares in points, with its sign: +2,5 or −1,0."""
    sign = "−" if value < -5e-5 else "+" if value > 5e-5 else ""
    return f"{sign}{figure(abs(100 * value), 1)}"


def worth(metric: str, value: float | None) -> str:
    """Return a figure as its metric is read: a share in percent, a measure of rank as a number."""
    if metric.startswith(("ms", "answer_ms", "search_ms")):
        return f"{figure(value, 0)}\u00a0ms"
    if metric == "words":
        return figure(value, 0)
    return figure(value, 3) if metric in RANKED else percentage(value, 1)


def day(date: str) -> str:
    """Return an ISO date, or the day of an ISO time, in French: 21 novembre 2026."""
    year, month, number = (int(part) for part in date[:10].split("-"))
    return f"{'1er' if number == 1 else number} {MONTHS[month - 1]} {year}"


def metric_name(metric: str) -> str:
    """Return what a figure is called for a reader, its own name where it is a standard one."""
    return METRIC_NAMES.get(metric, metric)


def type_name(kind: str) -> str:
    """Return what a type of question is called."""
    return TYPE_NAMES.get(kind, kind)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: 1 question, 12 questions."""
    return f"{figure(count, 0)} {(many or one + 's') if count > 1 else one}"
