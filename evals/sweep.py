"""A table of configurations, each measured in a process of its own, and the frontier of what they give.

A configuration is on the frontier when no other one is both as fast and as good, and better in one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.comparing import TESTED
from evals.configured import components_without
from evals.reports.plots import Point, frontier, standalone
from evals.running import Progress
from evals.runs import MeasuredRun, read_measured_run
from evals.scorers import LOWER_IS_BETTER
from evals.typography import figure, metric_name, percentage
from index.errors import UsageError
from index.jsonl import write_text
from index.reasons import reason

_ROOT = Path(__file__).resolve().parent.parent
_KEYS = frozenset({"name", "without", "settings"})


@dataclass(frozen=True, slots=True)
class Configuration:
    """One row of a table: a name, components switched off, settings of the product."""

    name: str
    without: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def folder(self) -> str:
        """The name of the folder of its run."""
        return re.sub(r"\W+", "-", self.name).strip("-")


@dataclass(frozen=True, slots=True)
class Table:
    """The configurations of a sweep, and the figure that says what each is worth."""

    configurations: tuple[Configuration, ...]
    quality: str = "r@5"


@dataclass(frozen=True, slots=True)
class Result:
    """What one configuration gave: its run, the milliseconds of the median answer, its worth (0 to 1)."""

    configuration: Configuration
    run: MeasuredRun
    ms: float
    worth: float
    best: bool = field(default=False)


def read_table(path: Path) -> Table:
    """Read a table of configurations. Raises ``UsageError`` naming the row and what to change."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} ne peut pas être lu ({reason(error)})\u00a0; vérifiez le chemin") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} n’est pas du TOML\u00a0: {error}") from error
    rows = data.get("configuration", [])
    if not isinstance(rows, list) or len(rows) < 2:
        raise UsageError(f"{path}\u00a0: il faut au moins deux [[configuration]]")
    table = Table(
        tuple(_configuration(path, number, row) for number, row in enumerate(rows, start=1)),
        str(data.get("quality", "r@5")),
    )
    if table.quality not in TESTED:
        raise UsageError(
            f"{path}\u00a0: quality «\u00a0{table.quality}\u00a0» inconnue\u00a0; {', '.join(TESTED)}"
        )
    if len({one.folder for one in table.configurations}) < len(table.configurations):
        raise UsageError(f"{path}\u00a0: deux configurations portent le même nom")
    return table


def sweep(table: Table, documents: Path, cases: Path, output: Path, progress: Progress) -> list[Result]:
    """Measure each configuration, its run written in a folder of its name; best marked.

    Raises ``UsageError`` with what the configuration that failed says.
    """
    built: dict[tuple[tuple[str, str], ...], Path] = {}
    results = []
    for number, one in enumerate(table.configurations):
        progress(one.name, number, len(table.configurations))
        if one.settings not in built:
            built[one.settings] = output / "index" / str(len(built))
            index = ["--index", str(built[one.settings])]
            _called(one, ["-m", "index", "build", str(documents), *index])
        folder = output / one.folder
        asked = ["--index", str(built[one.settings])]
        without = [part for name in one.without for part in ("--without", name)]
        _called(
            one,
            ["-m", "evals", "run", "--questions", str(cases), "-o", str(folder), *without, *asked],
        )
        results.append(_result(table, one, folder))
    return _with_best(results)


def sweep_report(table: Table, results: Sequence[Result]) -> str:
    """Return the table of a sweep in Markdown, the frontier marked."""
    columns = [
        name
        for name in ("r@5", "mrr@10", "facts", "cited", "refused", "false_answer")
        if _some(results, name)
    ]
    heads = ["réglage", "ms (médiane)", *map(metric_name, columns), "frontière"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 2)}:-:|"]
    for result in results:
        overall = result.run.overall
        cells = [percentage(overall.get(name), 1) for name in columns]
        row = [result.configuration.name, figure(result.ms, 1), *cells, "oui" if result.best else ""]
        lines.append(f"| {' | '.join(row)} |")
    title = f"# Qualité contre temps ({metric_name(table.quality)})"
    return "\n".join([title, "", *lines, ""])


def write_sweep(output: Path, table: Table, results: Sequence[Result]) -> None:
    """Write the table (sweep.md) and the plot (sweep.svg) of a sweep."""
    points = [Point(one.configuration.name, one.ms, one.worth, one.best) for one in results]
    name = metric_name(table.quality)
    plot = frontier(f"{name} contre temps", points, "temps médian d’une réponse (ms)", name)
    write_text(output / "sweep.svg", standalone(plot))
    write_text(output / "sweep.md", sweep_report(table, results))


def _configuration(path: Path, number: int, row: Any) -> Configuration:
    unknown = sorted(set(row) - _KEYS) if isinstance(row, dict) else ["?"]
    if unknown or not isinstance(row.get("name"), str):
        what = f"«\u00a0{unknown[0]}\u00a0» inconnu" if unknown else "il manque name"
        raise UsageError(
            f"{path}, configuration {number}\u00a0: {what}\u00a0; "
            f"clés permises\u00a0: {', '.join(sorted(_KEYS))}"
        )
    settings = row.get("settings", {})
    if not isinstance(settings, dict) or not all(str(name).startswith("TISSERAND_") for name in settings):
        raise UsageError(
            f"{path}, configuration {number}\u00a0: settings ne prend que des variables TISSERAND_…"
        )
    without = tuple(map(str, row.get("without", [])))
    components_without(without)
    return Configuration(row["name"], without, tuple(sorted((k, str(v)) for k, v in settings.items())))


def _called(one: Configuration, arguments: Sequence[str]) -> None:
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **dict(one.settings), "PYTHONPATH": paths},
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["sans message"])[-1]
        raise UsageError(f"le réglage «\u00a0{one.name}\u00a0» n’a pas pu être mesuré\u00a0: {said}")


def _result(table: Table, one: Configuration, folder: Path) -> Result:
    run = read_measured_run(folder)
    value = run.overall.get(table.quality, 0.0)
    worth = 1 - value if table.quality in LOWER_IS_BETTER else value
    return Result(one, run, run.answers.overall.get("ms_p50", 0.0), worth)


def _with_best(results: Sequence[Result]) -> list[Result]:
    return [
        Result(
            one.configuration, one.run, one.ms, one.worth, not any(_beats(other, one) for other in results)
        )
        for one in results
    ]


def _beats(other: Result, one: Result) -> bool:
    as_good = other.ms <= one.ms and other.worth >= one.worth
    return as_good and (other.ms < one.ms or other.worth > one.worth)


def _some(results: Sequence[Result], metric: str) -> bool:
    return any(metric in result.run.overall for result in results)
