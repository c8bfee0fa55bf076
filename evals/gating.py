"""The gate: rules that a run must keep against a baseline, and what breaks them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.comparing import ALL, TESTED, Comparison, Difference
from evals.runs import MeasuredRun
from evals.typography import RANKED, figure, metric_name, type_name, worth
from index.errors import UsageError
from index.reasons import reason

DEFAULT_RULES = Path(__file__).resolve().parent / "gate.toml"
TIMES = ("search_ms_p50", "search_ms_p95", "answer_ms_p50", "answer_ms_p95")
_KEYS = frozenset({"metric", "type", "floor", "ceiling", "loss", "why"})
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rule:
    """What one figure must keep, over one type of question or all; ``why`` is for the reader."""

    metric: str
    group: str = ALL
    floor: float | None = None
    ceiling: float | None = None
    loss: float | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """What the rule is about, in French."""
        place = "" if self.group == ALL else f", {type_name(self.group)}"
        return f"{metric_name(self.metric)}{place}"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a gate, and below which corrected p-value a loss is significant."""

    rules: tuple[Rule, ...]
    alpha: float


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule applied: the figure now and in the baseline, and what is wrong, empty when nothing is."""

    rule: Rule
    value: float | None
    baseline: float | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a run may be released: every rule, in the order of the file."""

    checked: tuple[Checked, ...]

    @property
    def passes(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    @property
    def broken(self) -> list[Checked]:
        """The rules that are broken."""
        return [checked for checked in self.checked if checked.problems]


def read_rules(path: Path = DEFAULT_RULES) -> Rules:
    """Read the rules of a gate. Raises ``UsageError`` naming the rule and what to change."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} ne peut pas être lu ({reason(error)})\u00a0; vérifiez le chemin") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} n’est pas du TOML\u00a0: {error}") from error
    found = data.get("rule", [])
    if not isinstance(found, list) or not found:
        raise UsageError(f"{path} ne contient aucune règle [[rule]]\u00a0; ajoutez-en une")
    return Rules(
        tuple(_rule(path, number, entry) for number, entry in enumerate(found, start=1)),
        float(data.get("alpha", 0.05)),
    )


def judge(comparison: Comparison, rules: Rules) -> Verdict:
    """Apply the rules to the later of two runs, the earlier one being the baseline."""
    return Verdict(tuple(_checked(comparison, rule, rules.alpha) for rule in rules.rules))


def junit(verdict: Verdict, seconds: float) -> str:
    """Return a verdict as JUnit XML, one test case a rule, for a CI to show."""
    suite = ElementTree.Element(
        "testsuite",
        name="tisserand-evals gate",
        tests=str(len(verdict.checked)),
        failures=str(len(verdict.broken)),
        errors="0",
        skipped="0",
        time=f"{seconds:.3f}",
    )
    for checked in verdict.checked:
        place = "" if checked.rule.group == ALL else f".{checked.rule.group}"
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"gate.{checked.rule.metric}{place}",
            name=checked.rule.name,
            time="0",
        )
        if checked.problems:
            failure = ElementTree.SubElement(case, "failure", message=" ; ".join(checked.problems))
            failure.text = checked.rule.why
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _rule(path: Path, number: int, entry: Any) -> Rule:
    unknown = sorted(set(entry) - _KEYS) if isinstance(entry, dict) else ["?"]
    if unknown:
        raise UsageError(
            f"{path}, règle {number}\u00a0: «\u00a0{unknown[0]}\u00a0» inconnu\u00a0; clés permises\u00a0: "
            + ", ".join(sorted(_KEYS))
        )
    metric = entry.get("metric")
    if metric not in (*TESTED, *TIMES, "precision", "words"):
        raise UsageError(
            f"{path}, règle {number}\u00a0: mesure «\u00a0{metric}\u00a0» inconnue\u00a0; permises\u00a0: "
            + ", ".join((*TESTED, "precision", "words", *TIMES))
        )
    limits = {name: entry.get(name) for name in ("floor", "ceiling", "loss")}
    for name, value in limits.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise UsageError(f"{path}, règle {number}\u00a0: «\u00a0{name}\u00a0» doit être un nombre")
    if all(value is None for value in limits.values()):
        raise UsageError(f"{path}, règle {number}\u00a0: donnez floor, ceiling ou loss")
    if limits["loss"] is not None and metric not in TESTED:
        raise UsageError(f"{path}, règle {number}\u00a0: «\u00a0loss\u00a0» ne vaut pas pour {metric}")
    return Rule(metric, str(entry.get("type", ALL)), **limits, why=str(entry.get("why", "")))


def _checked(comparison: Comparison, rule: Rule, alpha: float) -> Checked:
    value, baseline = _value(comparison.after, rule), _value(comparison.before, rule)
    if value is None:
        problem = "aucune question ne donne cette mesure" if baseline is not None else ""
        return Checked(rule, None, baseline, (problem,) if problem else ())
    problems = []
    if rule.floor is not None and value < rule.floor - _ROUNDING:
        problems.append(f"{worth(rule.metric, value)}, sous le plancher de {worth(rule.metric, rule.floor)}")
    if rule.ceiling is not None and value > rule.ceiling + _ROUNDING:
        problems.append(
            f"{worth(rule.metric, value)}, au-dessus du plafond de {worth(rule.metric, rule.ceiling)}"
        )
    difference = next(
        (one for one in comparison.differences if (one.metric, one.group) == (rule.metric, rule.group)), None
    )
    if rule.loss is not None and difference is not None:
        problems.extend(_losses(rule, difference, alpha))
    return Checked(rule, value, baseline, tuple(problems))


def _losses(rule: Rule, difference: Difference, alpha: float) -> list[str]:
    if difference.loss <= _ROUNDING:
        return []
    told = f"{worth(rule.metric, difference.before)} → {worth(rule.metric, difference.after)}"
    if difference.loss > (rule.loss or 0.0) + _ROUNDING:
        return [f"{told}, {_allowed(rule)}"]
    if difference.corrected < alpha:
        return [f"{told}, perte significative (p = {figure(difference.corrected, 3)})"]
    return []


def _value(measured: MeasuredRun, rule: Rule) -> float | None:
    if rule.metric in TIMES:
        what, _, name = rule.metric.partition("_")
        return (measured.search if what == "search" else measured.answers).overall.get(name)
    for scores in (measured.search, measured.answers):
        figures: Mapping[str, float] = (
            scores.overall if rule.group == ALL else scores.types.get(rule.group, {})
        )
        if rule.metric in figures:
            return figures[rule.metric]
    return None


def _allowed(rule: Rule) -> str:
    loss = rule.loss or 0.0
    if not loss:
        return "alors qu’aucune perte n’est permise"
    told = figure(loss, 3) if rule.metric in RANKED else f"{figure(100 * loss, 1)} points"
    return f"plus que la perte permise de {told}"


def summary(verdict: Verdict) -> Sequence[str]:
    """Return the verdict in a line, then one line a rule broken, in French."""
    if verdict.passes:
        count = len(verdict.checked)
        return [f"Oui\u00a0: {f'les {count} règles sont tenues' if count > 1 else 'la règle est tenue'}."]
    count = len(verdict.broken)
    told = "règles ne sont pas tenues" if count > 1 else "règle n’est pas tenue"
    lines = [f"Non\u00a0: {count} {told} sur {len(verdict.checked)}."]
    for checked in verdict.broken:
        why = f" ({checked.rule.why})" if checked.rule.why else ""
        lines.append(f"- {checked.rule.name}\u00a0: {' ; '.join(checked.problems)}{why}")
    return lines
