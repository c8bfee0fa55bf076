"""The model of inference that reads a sentence and its passages together: ours, or one by setting.

``TISSERAND_NLI`` names another one: a cross-encoder trained for natural language inference (a folder,
or a name of the hub); ``aucun`` does without any, and then every doubt of a check refuses.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from index.errors import UsageError

if TYPE_CHECKING:
    from index.embedding import PairModel

NLI_VARIABLE = "TISSERAND_NLI"
_NONE = "aucun"
_LABEL = "entailment"
_LEAST = 1e-4  # probability: of the log-odds of a model that is sure


class Entailment(Protocol):
    """Reads a sentence and passages together."""

    def support(self, sentence: str, passages: Sequence[str]) -> float:
        """Return the log-odds that the passages support the sentence: positive when they likely do."""


def configured_entailment() -> Entailment | None:
    """Return the model that the setting names, ours by default, ``None`` when it is to be done without.

    Raises ``UsageError``, which names the setting, when it cannot be had or was trained for something
    else.
    """
    name = os.environ.get(NLI_VARIABLE, "").strip()
    if name.lower() == _NONE:
        return None
    return _cross_encoder(name) if name else _shipped()


@cache
def _shipped() -> Entailment:
    from assistant.verification.inference import ShippedInference

    return ShippedInference()


def _cross_encoder(name: str) -> Entailment:
    from index.embedding import cross_encoder

    model = cross_encoder(name, NLI_VARIABLE)
    if _LABEL not in model.labels:
        raise UsageError(
            f"le modèle {name} de {NLI_VARIABLE} ne juge pas d’implication : il lui manque la classe "
            f"«\u00a0{_LABEL}\u00a0» (les siennes : {', '.join(model.labels)})"
        )
    return _CrossEncoder(model)


class _CrossEncoder:
    def __init__(self, model: PairModel) -> None:
        self._model = model
        self._at = model.labels.index(_LABEL)

    def support(self, sentence: str, passages: Sequence[str]) -> float:
        premises = [*passages, "\n".join(passages)] if len(passages) > 1 else list(passages)
        found = self._model.probabilities([(premise, sentence) for premise in premises])
        chance = min(max(float(found[:, self._at].max()), _LEAST), 1 - _LEAST)
        return math.log(chance / (1 - chance))
