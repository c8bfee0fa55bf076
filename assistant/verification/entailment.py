"""A second opinion on content, by setting: whether a model says that the passages entail a sentence.

``TISSERAND_NLI`` names a cross-encoder trained for natural language inference (a folder, or a name of
the hub). None ships. It is asked only of a sentence whose content was not found in the passages; no
figure, name, negation or modal passes by it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from index.embedding import PairModel

NLI_VARIABLE = "TISSERAND_NLI"
_LABEL, _SURE = "entailment", 0.5


def configured_entailment() -> Entailment | None:
    """Return the model that the setting names, ``None`` when there is none.

    Raises ``UsageError``, which names the setting, when it cannot be had or was trained for something
    else.
    """
    name = os.environ.get(NLI_VARIABLE, "").strip()
    if not name:
        return None
    from index.embedding import cross_encoder

    model = cross_encoder(name, NLI_VARIABLE)
    if _LABEL not in model.labels:
        raise UsageError(
            f"le modèle {name} de {NLI_VARIABLE} ne juge pas d’implication : il lui manque la classe "
            f"«\u00a0{_LABEL}\u00a0» (les siennes : {', '.join(model.labels)})"
        )
    return Entailment(model)


class Entailment:
    """Says whether passages entail a sentence."""

    def __init__(self, model: PairModel) -> None:
        self._model = model
        self._at = model.labels.index(_LABEL)

    def holds(self, sentence: str, passages: Sequence[str]) -> bool:
        """Say whether a passage, or all of them together, entail a sentence."""
        premises = [*passages, "\n".join(passages)] if len(passages) > 1 else list(passages)
        found = self._model.probabilities([(premise, sentence) for premise in premises])
        return bool(found[:, self._at].max() >= _SURE)
