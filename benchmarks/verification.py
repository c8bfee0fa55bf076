"""Weigh the doubts of the verification, and measure it on pairs of writers who had not read it.

    python -m benchmarks.verification measure [FILE…]   print what is caught and kept, by writer and family
    python -m benchmarks.verification fit [FILE…]       write assistant/verification/weights.json

``fit`` also prints the figures of each file weighed by the others alone. Without FILE, the pairs of
``evals/verification/held``, which neither the model nor the writers of the checks have learned from.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.verification import verifying, weighing
from assistant.verification.entailment import configured_entailment

_HELD = Path(__file__).resolve().parents[1] / "evals" / "verification" / "held"
_WEIGHTS = Path(weighing.__file__).with_name("weights.json")
_NAMES = (weighing.SUPPORT, *verifying.CHECKS)
_RIDGE = 4.0
_CAUTION = 1.1  # what letting a false sentence through counts, a true one lost counting 1
_ROUNDS = 60
_Floats = NDArray[np.float64]


class Read(NamedTuple):
    """A pair as the decision sees it: ``decided`` when quotes or a sure difference settle it."""

    family: str
    supported: bool
    decided: bool | None
    row: _Floats


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("fit", "measure"))
    parser.add_argument("files", nargs="*", type=Path, default=sorted(_HELD.glob("*.jsonl")))
    options = parser.parse_args()
    sets = {file.stem: list(_read(file)) for file in options.files}
    if options.command == "measure":
        weights = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
        own = np.array([weights.get(name, 0.0) for name in (weighing.BIAS, *_NAMES)])
        _print(sets, dict.fromkeys(sets, own))
        return
    print("each file, weighed by the others:")
    others = {name: [one for other in sets if other != name for one in sets[other]] for name in sets}
    _print(sets, {name: _fitted(rows) for name, rows in others.items()} if len(sets) > 1 else {})
    fitted = _fitted([one for rows in sets.values() for one in rows])
    weights = dict(zip((weighing.BIAS, *_NAMES), (round(float(one), 3) for one in fitted), strict=True))
    _WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"\nall of them, written to {_WEIGHTS}:")
    _print(sets, dict.fromkeys(sets, fitted))


def _read(file: Path) -> Iterator[Read]:
    entailment = configured_entailment()
    assert entailment is not None
    for line in file.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        doubts, decided = verifying.doubts_about(pair["sentence"], pair["passages"])
        support = entailment.support(pair["sentence"], pair["passages"])
        row = np.array([1.0, support, *(float(name in doubts) for name in verifying.CHECKS)])
        yield Read(pair["family"], pair["supported"], decided, row)


def _fitted(pairs: Sequence[Read]) -> _Floats:
    """Return the weights of a logistic regression, the bias first."""
    open_pairs = [pair for pair in pairs if pair.decided is None]
    rows = np.array([pair.row for pair in open_pairs])
    truth = np.array([float(pair.supported) for pair in open_pairs])
    shares = np.where(truth > 0, 0.5 / truth.mean(), _CAUTION * 0.5 / (1 - truth.mean()))
    penalty = np.full(rows.shape[1], _RIDGE)
    penalty[:2] = 0.0  # neither the bias nor what the model says
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):  # Newton
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares * (chance - truth)) + penalty * weights
        bend = (rows * (shares * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty + 1e-6)
        weights -= np.linalg.solve(bend, slope)
    weights[2:] = np.minimum(weights[2:], 0.0)  # a doubt never speaks for a sentence
    return weights


def _print(sets: Mapping[str, Sequence[Read]], weights: Mapping[str, _Floats]) -> None:
    caught: dict[str, list[bool]] = defaultdict(list)
    for name, pairs in sets.items():
        if name not in weights:
            continue
        shown = []
        for truth in (False, True):
            right = [_supported(pair, weights[name]) is truth for pair in pairs if pair.supported is truth]
            shown.append(f"{np.mean(right):.3f}" if right else "-")
        print(f"{name:12} {len(pairs):5} pairs: false caught {shown[0]}, true kept {shown[1]}")
        for pair in pairs:
            key = f"{'true' if pair.supported else 'false'} {pair.family}"
            caught[key].append(_supported(pair, weights[name]) is pair.supported)
    for key, right in sorted(caught.items()):
        print(f"   {key:22} {sum(right):4} of {len(right):4} right")


def _supported(pair: Read, weights: _Floats) -> bool:
    return bool(pair.row @ weights > 0) if pair.decided is None else pair.decided


if __name__ == "__main__":
    main()
