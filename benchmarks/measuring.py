"""Measures one step of one system in a process of its own, so that its memory is its own.

``python -m benchmarks.measuring STEP SYSTEM --store DIR --out F.json FOLDER…``; run by
``benchmarks.retrieval``.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.systems import SYSTEMS, Search
from evals.questions import Question, read_questions
from evals.scorers import score_search
from index.runs import SearchRecord

ROUNDS = 3  # each question is asked as often, its fastest time counts: the machine may be shared
_MEGABYTE = 1_000_000
_FIGURES = ("r@5", "r@5w", "r@20", "mrr@10", "ms_p50", "ms_p95")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one step and write its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("build", "search", "add"))
    parser.add_argument("system", choices=tuple(SYSTEMS))
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="the folder to add")
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    figures = {"build": _build, "search": _search, "add": _add}[options.step](options)
    options.out.write_text(json.dumps({**figures, "peak_mb": _peak_mb()}), encoding="utf-8")
    return 0


def _build(options: argparse.Namespace) -> dict[str, float]:
    system = SYSTEMS[options.system]
    figures, passages = _timed(lambda: system.build(options.documents, options.store))
    return {**figures, "passages": passages, "disk_mb": disk_mb(options.store)}


def _add(options: argparse.Namespace) -> dict[str, float]:
    system = SYSTEMS[options.system]
    return _timed(lambda: system.add(options.documents, options.more, options.store))[0]


def _search(options: argparse.Namespace) -> dict[str, float]:
    questions = read_questions(options.questions)
    system = SYSTEMS[options.system]

    def ready() -> Search:
        search = system.open(options.documents, options.store)
        search(questions[0])
        return search

    opened, search = _timed(ready)
    run, work = {}, []
    for question in questions:
        run[question.id], used = _asked(search, question)
        work.append(used)
    overall = score_search(questions, run).overall
    return {
        **{name: overall[name] for name in _FIGURES},
        "cpu_ms_p50": float(np.quantile(work, 0.5)),
        "cpu_ms_p95": float(np.quantile(work, 0.95)),
        "open_s": opened["seconds"],
        "open_cpu_s": opened["cpu_s"],
    }


def _asked(search: Search, question: Question) -> tuple[SearchRecord, float]:
    """Return what a question finds with its time, and the processor's time in all threads, in ms."""
    times, work = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        passages = search(question)
        times.append((time.perf_counter() - began) * 1_000)
        work.append((time.process_time() - used) * 1_000)
    return {"id": question.id, "ms": min(times), "passages": passages}, min(work)


def _timed(step: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Return the seconds, and those of the processor in all threads, that a step took, and its result."""
    began, used = time.perf_counter(), time.process_time()
    result = step()
    return {"seconds": time.perf_counter() - began, "cpu_s": time.process_time() - used}, result


def _peak_mb() -> float:
    """Return the most memory that this process had at once."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage gives on Linux counts the parent's memory in
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1_024 / _MEGABYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1_024) / _MEGABYTE


def disk_mb(folder: Path) -> float:
    """Return the size of all files of a folder, 0 when there is none."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MEGABYTE


if __name__ == "__main__":
    raise SystemExit(main())
