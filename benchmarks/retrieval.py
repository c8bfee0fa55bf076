"""Compares the product's retrieval with LangChain's defaults: quality, time, memory, disk.

``python -m benchmarks.retrieval --documents FOLDER --questions F.jsonl --sizes 0 10000``

Size 0 is the folder alone; another one adds documents made from it (``benchmarks.material``) until
the product counts about as many passages. Needs an environment of its own: ``docs/benchmarks.md``.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.material import write_material
from benchmarks.measuring import ROUNDS
from benchmarks.systems import SYSTEMS, files_of
from evals.questions import read_questions

OURS = "Tisserand"
CHARACTERS_PER_PASSAGE = 1_150  # new ones, the overlap apart; measured on what is generated
_PACKAGES = ("chromadb", "langchain-core", "langchain-chroma", "langchain-classic", "langchain-community")
_ROWS: Mapping[str, tuple[str, int]] = {  # decimals of each figure
    "search.r@5": ("r@5", 3),
    "search.r@5w": ("r@5 within 1,000 words", 3),
    "search.r@20": ("r@20", 3),
    "search.mrr@10": ("mrr@10", 3),
    "search.ms_p50": ("query p50, ms", 1),
    "search.ms_p95": ("query p95, ms", 1),
    "search.cpu_ms_p50": ("query p50, processor ms", 1),
    "search.cpu_ms_p95": ("query p95, processor ms", 1),
    "search.open_s": ("open and first answer, s", 1),
    "search.open_cpu_s": ("open and first answer, processor s", 1),
    "build.seconds": ("build, s", 1),
    "build.cpu_s": ("build, processor s", 1),
    "add.seconds": ("add 1 %, s", 1),
    "add.cpu_s": ("add 1 %, processor s", 1),
    "build.peak_mb": ("memory while building, MB", 0),
    "search.peak_mb": ("memory while searching, MB", 0),
    "build.disk_mb": ("disk, MB", 1),
    "build.passages": ("passages", 0),
}
_EMBEDDING = ("dense", "ensemble")  # the systems that run MiniLM
_HIGHER_IS_BETTER = ("r@5", "r@5w", "r@20", "mrr@10")

Figures = dict[str, float]  # by step and name, as in the rows


@dataclass(frozen=True, slots=True)
class Bench:
    """What one size is measured on; ``documents`` are folders, ``more`` the one that adds 1 %."""

    documents: tuple[Path, ...]
    more: Path
    questions: Path
    work: Path


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each size in turn, and print its table when it is done."""
    options = _parser().parse_args(argv)
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="tisserand-benchmark-") as temporary:
        measured = _run(options, options.work or Path(temporary))
    if len(measured) > 1 and all(OURS in figures for figures in measured.values()):
        print(f"\n### How Tisserand grows\n\n{_growth(measured)}")
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    return 0


def _run(options: argparse.Namespace, work: Path) -> dict[int, dict[str, Figures]]:
    """Return the figures of each system at each size."""
    measured: dict[int, dict[str, Figures]] = {}
    for size in options.sizes:
        bench = _bench(options.documents, options.questions, size, work / str(size))
        systems = [name for name in options.systems if size <= options.embed_up_to or name not in _EMBEDDING]
        measured[size] = {name: _measured(name, bench) for name in systems}
        if "ensemble" in measured[size]:
            _borrow_build(measured[size])
        print(f"\n### {_size_name(size)}\n\n{_table(measured[size])}", flush=True)
    return measured


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.retrieval", description=__doc__)
    parser.add_argument("--documents", type=Path, required=True, help="folder of documents")
    parser.add_argument("--questions", type=Path, required=True, help="questions with their evidence")
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 10_000], help="passages, 0: no more")
    parser.add_argument("--systems", nargs="+", choices=tuple(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument(
        "--embed-up-to",
        type=int,
        default=1_000,
        metavar="N",
        help="largest size at which MiniLM is run (5 to 15 chunks a second on 2 cores; default: 1000)",
    )
    parser.add_argument("--work", type=Path, help="where to build, kept afterwards (default: temporary)")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser


def _bench(documents: Path, questions: Path, size: int, work: Path) -> Bench:
    """Write the documents to be added, the 1 % more included."""
    shutil.rmtree(work, ignore_errors=True)
    files, asked = files_of([documents]), read_questions(questions)
    characters = sum(file.stat().st_size for file in files)
    wanted = max(0, size * CHARACTERS_PER_PASSAGE - characters)
    folders = [documents]
    if wanted:
        write_material(files, asked, wanted, work / "documents")
        folders.append(work / "documents")
    hundredth = (characters + wanted) // 100
    write_material(files, asked, hundredth, work / "more", seed=8)
    return Bench(tuple(folders), work / "more", questions, work)


def _measured(name: str, bench: Bench) -> Figures:
    """Run the steps of a system; the ensemble searches what ``dense`` has built."""
    store = bench.work / ("dense" if name == "ensemble" else name)
    figures: Figures = {}
    for step in ("build", "search", "add"):
        if name == "ensemble" and step != "search":
            continue
        if name == "dense" and step == "add":
            shutil.copytree(store, copy := bench.work / "dense-and-more")
            figures.update(_step(step, name, bench, copy))
        else:
            figures.update(_step(step, name, bench, store))
    return figures


def _step(step: str, name: str, bench: Bench, store: Path) -> Figures:
    out = bench.work / "figures.json"
    command = [sys.executable, "-m", "benchmarks.measuring", step, name, *map(str, bench.documents)]
    command += ["--store", str(store), "--out", str(out)]
    command += ["--questions", str(bench.questions), "--more", str(bench.more)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "LANGSMITH_TRACING": "false"}
    print(f"{name}: {step}…", file=sys.stderr, flush=True)
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
    values = json.loads(out.read_text(encoding="utf-8"))
    return {f"{step}.{key}": float(value) for key, value in values.items()}


def _borrow_build(measured: dict[str, Figures]) -> None:
    """Give the ensemble the sum of what building its two parts takes, both being needed."""
    parts = [measured[name] for name in ("dense", "BM25") if name in measured]
    for key in ("build.seconds", "build.cpu_s", "add.seconds", "add.cpu_s", "build.disk_mb"):
        measured["ensemble"][key] = sum(part[key] for part in parts)
    for key in ("build.peak_mb", "build.passages"):
        measured["ensemble"][key] = max(part[key] for part in parts)


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"{platform.platform()}, {os.cpu_count()} cores, load {load:.1f}; "
        f"Python {platform.python_version()}, {packages}; fastest of {ROUNDS} askings of each question"
    )


def _size_name(size: int) -> str:
    return f"About {size:,} passages" if size else "The documents alone"


def _table(measured: Mapping[str, Figures]) -> str:
    """Return the Markdown table of one size: the figures of the others with how ours compare."""
    lines = [_line(["", *measured]), _line(["---", *["---:"] * len(measured)])]
    ours = measured.get(OURS, {})
    for key, (label, decimals) in _ROWS.items():
        cells = [
            _number(figures.get(key), decimals) + ("" if name == OURS else _times(key, ours, figures))
            for name, figures in measured.items()
        ]
        lines.append(_line([label, *cells]))
    return "\n".join(lines)


def _times(key: str, ours: Figures, others: Figures) -> str:
    """Say how many times better ours is, below 1 when it is worse; nothing where nothing compares."""
    own, other = ours.get(key), others.get(key)
    if key == "build.passages" or not own or not other:
        return ""
    better = own / other if key.partition(".")[2] in _HIGHER_IS_BETTER else other / own
    return f" (× {better:.2g})"


def _growth(measured: Mapping[int, Mapping[str, Figures]]) -> str:
    """Return the Markdown table of our figures by size, with how each grew since the first."""
    sizes = list(measured)
    lines = [_line(["", *(_size_name(size) for size in sizes)]), _line(["---", *["---:"] * len(sizes)])]
    first = measured[sizes[0]][OURS]
    for key, (label, decimals) in _ROWS.items():
        cells = []
        for size in sizes:
            value = measured[size][OURS].get(key)
            grown = f" (× {value / first[key]:.2g})" if value and first.get(key) and size != sizes[0] else ""
            cells.append(_number(value, decimals) + grown)
        lines.append(_line([label, *cells]))
    return "\n".join(lines)


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:,.{decimals}f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
