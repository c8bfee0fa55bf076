"""Learn when the figure asked for is lacking, and measure refusals on questions with and without answer.

``refusals.jsonl`` holds questions written on the five documents of the shared corpus: near misses,
answerable ones, and off-topic ones. Those of part ``learn`` fit the weights; the threshold was
chosen looking at the others.

    python -m benchmarks.refusals fit --index DIR       write assistant/refusing/weights.json
    python -m benchmarks.refusals measure --index DIR [--dev dev.jsonl]
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import answering
from assistant.refusing import standing
from assistant.refusing.quantities import kinds_asked
from index.library import Library

_QUESTIONS = Path(__file__).with_name("refusals.jsonl")
_WEIGHTS = Path(standing.__file__).with_name("weights.json")
_RIDGE = 1.0  # on standardised features
_ROUNDS = 50


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("fit", "measure"))
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--dev", type=Path)
    options = parser.parse_args()
    library = Library(options.index)
    records = [json.loads(line) for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()]
    if options.command == "fit":
        fit(library, [record for record in records if record["part"] == "learn"])
        return
    if options.dev:
        for line in options.dev.read_text(encoding="utf-8").splitlines():
            dev = json.loads(line)
            answerable = dev["type"] != "unanswerable"
            records.append({"part": "dev", "answerable": answerable, **dev})
    measure(library, records)


def fit(library: Library, records: Iterable[dict[str, object]]) -> None:
    """Fit the weights on the questions that ask for a figure, and write them."""
    rows, lacking = [], []
    for record in records:
        question = str(record["question"])
        kinds = kinds_asked(question)
        if kinds:
            found = library.retrieve(question, answering.READ_PASSAGES)
            rows.append(astuple(standing.standing(library, question, found, kinds)))
            lacking.append(not record["answerable"])
    weights = _logistic(np.array(rows, dtype=np.float64), np.array(lacking, dtype=np.float64))
    names = ["bias", *(field.name for field in fields(standing.Standing))]
    found_weights = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    about = f"benchmarks.refusals, {len(rows)} questions, {sum(lacking)} of them without answer"
    _WEIGHTS.write_text(json.dumps({"fitted": about, "weights": found_weights}, indent=2) + "\n")
    print(found_weights)


def _logistic(rows: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return bias and weights of a ridge logistic regression, classes balanced (Newton's method)."""
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    design = np.hstack([np.ones((len(rows), 1)), (rows - means) / scales])
    balance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    penalty = np.diag([0.0, *([_RIDGE] * rows.shape[1])])
    beta = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (balance * (likely - labels)) + penalty @ beta
        curvature = design.T @ (design * (balance * likely * (1 - likely))[:, None]) + penalty
        beta -= np.linalg.solve(curvature, gradient)
    weights = beta[1:] / scales
    return np.array([beta[0] - float(weights @ means), *weights])


def measure(library: Library, records: Iterable[dict[str, object]]) -> None:
    """Print by part, answerable or not, how many questions end in each status."""
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for record in records:
        question, history = str(record["question"]), record.get("history") or []
        assert isinstance(history, list)
        status = answering.answer(library, question, history).status.value
        key = (str(record["part"]), bool(record["answerable"]))
        counts.setdefault(key, Counter())[status] += 1
        if (status == "answered") != record["answerable"]:
            print(f"  {key[0]:9s} {status:9s} {question}")
    for (part, answerable), statuses in counts.items():
        share = statuses["answered"] / statuses.total()
        figure = f"refused {1 - share:.3f}" if answerable else f"false_answer {share:.3f}"
        print(f"{part:10s} {'answerable' if answerable else 'without':10s} {dict(statuses)} {figure}")


if __name__ == "__main__":
    main()
