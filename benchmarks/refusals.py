"""Learn when what is asked for is lacking, and measure refusals on questions with and without answer.

``refusals.jsonl`` holds questions on the five documents of the shared corpus: near misses, answerable
ones, and off-topic ones. A set of questions asked of one library is given as ``INDEX=FILE``, FILE with
an ``answerable`` or a ``type`` for each question (as in ``evals/questions``). The thresholds were chosen
on probabilities of questions left out of the fit, eight times over.

    python -m benchmarks.refusals fit INDEX=FILE…      write assistant/refusing/weights.json
    python -m benchmarks.refusals measure INDEX=FILE…  print how many are answered, and which wrongly
    python -m benchmarks.refusals scope INDEX=FILE… INDEX~FILE…
                                                       print how to tell whether a library answers at all

``fit`` takes off-topic questions out, and of a file that is not its own every other question, so that
the others show whether it holds. In ``scope``, ``INDEX~FILE`` gives questions on another subject than
the library's.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant import answering, comparing, following, selecting
from assistant.asking import Asked, Form, asked, topic
from assistant.refusing import weighing
from assistant.refusing.judging import ANSWERS
from assistant.refusing.quantities import kinds_asked
from index.documents import ScoredPassage
from index.library import Library

_OWN = Path(__file__).with_name("refusals.jsonl")
_WEIGHTS = Path(weighing.__file__).with_name("weights.json")
_RIDGE = 3.0  # on standardised features
_ROUNDS = 50
_Record: TypeAlias = Mapping[str, object]
_Floats: TypeAlias = NDArray[np.float64]


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("fit", "measure", "scope"))
    parser.add_argument("sets", nargs="+", metavar="INDEX=FILE")
    options = parser.parse_args()
    sets = [
        (Path(index), Path(file)) for index, _, file in (one.partition("=") for one in options.sets) if file
    ]
    if options.command == "scope":
        others = [one.partition("~") for one in options.sets]
        scope(sets, [(Path(index), Path(file)) for index, _, file in others if file])
    else:
        {"fit": fit, "measure": measure}[options.command](sets)


def fit(sets: Sequence[tuple[Path, Path]]) -> None:
    """Fit the weights on what a library of the field answers and on near misses, and write them."""
    read: dict[str, list[tuple[dict[str, float], bool, str]]] = {"figure": [], "other": []}
    for index, file in sets:
        library = Library(index)
        records = [record for record in _records(file) if record.get("part") != "off-topic"]
        for record in records if file.resolve() == _OWN else records[::2]:
            question, wanted, found, _ = _read(library, record)
            if wanted.form not in (Form.THEME, Form.COMPARISON):
                kinds = kinds_asked(question)
                signs = weighing.features(library, question, wanted, found, kinds)
                read["figure" if kinds else "other"].append((signs, not _answerable(record), str(index)))
    weights = {}
    for name, rows in read.items():
        values: _Floats = np.array([list(row.values()) for row, _, _ in rows], dtype=np.float64)
        lacking = np.array([lacks for _, lacks, _ in rows], dtype=np.float64)
        found_weights = _logistic(values, lacking, [library for _, _, library in rows])
        names = ["bias", *rows[0][0]]
        weights[name] = {
            one: round(float(weight), 4) for one, weight in zip(names, found_weights, strict=True)
        }
    counts = {
        name: f"{len(rows)} questions, {sum(row[1] for row in rows)} near misses"
        for name, rows in read.items()
    }
    _WEIGHTS.write_text(json.dumps({"fitted": counts, "weights": weights}, indent=2) + "\n", encoding="utf-8")
    print(_WEIGHTS.read_text(encoding="utf-8"))


def measure(sets: Sequence[tuple[Path, Path]]) -> None:
    """Print by file and part, answerable or not, how many questions end in each status."""
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for index, file in sets:
        library = Library(index)
        for place, record in enumerate(_records(file)):
            question, history = str(record["question"]), _history(record)
            status = answering.answer(library, question, history).status.value
            learned = "learned" if place % 2 == 0 else "left out"
            part = record.get("part") or f"{file.stem} {learned}"
            key = (str(part), _answerable(record))
            counts.setdefault(key, Counter())[status] += 1
            if (status == "answered") != key[1]:
                print(f"  {key[0]:12s} {status:9s} {question}")
    for (part, answerable), statuses in sorted(counts.items()):
        share = statuses["answered"] / statuses.total()
        figure = f"refused {1 - share:.3f}" if answerable else f"false_answer {share:.3f}"
        print(f"{part:28s} {'answerable' if answerable else 'without':10s} {dict(statuses)} {figure}")


def scope(sets: Sequence[tuple[Path, Path]], others: Sequence[tuple[Path, Path]]) -> None:
    """Fit on three numbers whether a library answers a question, and print it with what it lets through.

    Each library is also left out of the fit once, and judged by the others.
    """
    asked_of = [(*one, True) for one in sets] + [(*one, False) for one in others]
    rows, labels, libraries = [], [], []
    for index, file, answers in asked_of:
        library = Library(index)
        records = _records(file)
        off_topic = [record for record in records if record.get("part") == "off-topic"]
        for record in off_topic if off_topic and not answers else filter(_answerable, records):
            rows.append(_scope_signs(library, record))
            labels.append(float(answers))
            libraries.append(str(index))
    values, answered = np.array(rows), np.array(labels)
    print("bias, score, coverage, likeness:", _logistic(values, answered, libraries).round(2))
    for left_out in dict.fromkeys(libraries):
        inside = np.array([library == left_out for library in libraries])
        kept = [library for library in libraries if library != left_out]
        fitted = _logistic(values[~inside], answered[~inside], kept)
        passes = 1 / (1 + np.exp(-(fitted[0] + values @ fitted[1:]))) >= ANSWERS
        shares = [passes[inside & (answered == answer)].mean() for answer in (1, 0)]
        print(f"{left_out} left out: passes {shares[0]:.3f} of what it answers, {shares[1]:.3f} of the rest")


def _records(file: Path) -> list[_Record]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _answerable(record: _Record) -> bool:
    return bool(record.get("answerable", record.get("type") != "unanswerable"))


def _history(record: _Record) -> list[str]:
    history = record.get("history") or []
    assert isinstance(history, list)
    return history


def _read(
    library: Library, record: _Record
) -> tuple[str, Asked, list[ScoredPassage], list[selecting.Sentence]]:
    """Return the question as understood, what it asks for, the passages and sentences found."""
    typed = library.written(str(record["question"]))
    followed = following.followed(library, typed, [library.written(one) for one in _history(record)])
    voices = comparing.voices_named(library, followed.question)
    wanted = asked(followed.question, len(voices))
    broad = wanted.form is Form.THEME
    searched = topic(followed.question) if broad else followed.question
    most = answering.READ_FOR_A_THEME if broad else answering.READ_PASSAGES
    found = library.retrieve(" ".join([*followed.context, searched]), most)
    sentences = selecting.scored(library, searched, wanted, found, followed.context)
    return followed.whole, wanted, found, sentences


def _scope_signs(library: Library, record: _Record) -> list[float]:
    _, _, found, sentences = _read(library, record)
    return [
        max((scored.score for scored in found), default=0.0) / math.log(max(library.lexical.size, 2)),
        min(1.0, max((scored.coverage for scored in found), default=0.0)),
        max((sentence.likeness for sentence in sentences), default=0.0),
    ]


def _logistic(rows: _Floats, labels: _Floats, libraries: Sequence[str]) -> _Floats:
    """Return bias and weights of a ridge logistic regression, by Newton's method.

    In each library the two classes weigh the same.
    """
    sizes = Counter(libraries)
    classes = Counter(zip(libraries, labels.tolist(), strict=True))
    balance = np.array(
        [
            sizes[library] / 2 / classes[library, label]
            for library, label in zip(libraries, labels.tolist(), strict=True)
        ]
    )
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    design = np.hstack([np.ones((len(rows), 1)), (rows - means) / scales])
    penalty = np.diag([0.0, *([_RIDGE] * rows.shape[1])])
    beta = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (balance * (likely - labels)) + penalty @ beta
        curvature = design.T @ (design * (balance * likely * (1 - likely))[:, None]) + penalty
        beta -= np.linalg.solve(curvature, gradient)
    weights = beta[1:] / scales
    return np.array([beta[0] - float(weights @ means), *weights])


if __name__ == "__main__":
    main()
