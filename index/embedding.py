"""From texts to vectors: the seam behind which a model stands.

The one that ships here hashes stems and the trigrams of words into a fixed number of dimensions
(feature hashing, Weinberger et al. 2009, doi:10.1145/1553374.1553516): no training, no download,
near texts get near vectors. It places passages in Chroma; ranking does not use it.
"""

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.french import analyse


class Embedder(Protocol):
    """Turns texts into unit vectors; ``name`` goes into the manifest of the index."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two names never meet in one index."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape ``(len(texts), dimensions)``."""


class HashingEmbedder:
    """Signed feature hashing of stems and word trigrams."""

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        """The model's name."""
        return f"hashing-{self._dimensions}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text; a text without words gets the first axis."""
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for feature, count in Counter(_features(text)).items():
                code = zlib.crc32(feature.encode("utf-8"))
                sign = 1.0 if code & 1 else -1.0
                vector[(code >> 1) % self._dimensions] += sign * math.sqrt(count)
            if not vector.any():
                vector[0] = 1.0
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def _features(text: str) -> list[str]:
    terms = analyse(text)
    trigrams = [f"#{term[at : at + 3]}" for term in terms for at in range(len(term) - 2)]
    return terms + trigrams
