"""Doubts weighed together: what each check found, and what the model of inference makes of the whole.

A logistic regression (``weights.json``, fitted by ``benchmarks.verification`` on pairs that neither the
model nor the writers of the checks had seen).
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.verification.verdict import Verdict

BIAS, SUPPORT = "bias", "support"


def outweighed(doubts: Mapping[str, Verdict], support: float) -> bool:
    """Say whether a sentence is supported all the same.

    ``doubts`` are by the name of their check; ``support`` is the log-odds, to the model, that the
    passages support the sentence.
    """
    weights = _weights()
    total = weights[BIAS] + weights[SUPPORT] * support + sum(weights.get(name, 0.0) for name in doubts)
    return total > 0


@cache
def _weights() -> dict[str, float]:
    text = files("assistant.verification").joinpath("weights.json").read_text(encoding="utf-8")
    fitted: dict[str, float] = json.loads(text)
    return fitted
