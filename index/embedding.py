"""From texts to vectors: the seam behind which a model stands.

The model that ships is a static embedding (a vector for each piece of word, their mean for a text)
trained on the language of the field by ``index.training`` and saved in the sentence-transformers
format; it is read here with numpy alone, torch is never imported for it. Any other
sentence-transformers model is one setting, ``TISSERAND_MODEL``: a local folder or a name of the hub.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL_VARIABLE = "TISSERAND_MODEL"
ONLINE_VARIABLE = "TISSERAND_HUB"  # set to 1 to let a model be fetched from the hub
_BATCH = 256  # texts cut into pieces at once: the pieces take far more memory than the text
SHIPPED_MODEL = Path(__file__).resolve().parent / "model"


class Embedder(Protocol):
    """Turns texts into unit vectors; ``name`` goes into the manifest of the index."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two names never meet in one index."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape ``(len(texts), dimensions)``."""


def configured_embedder() -> Embedder:
    """Return the model that the settings name, else the one that ships.

    Raises ``UsageError`` with the way out when it cannot be had.
    """
    chosen = os.environ.get(MODEL_VARIABLE, "").strip()
    return _sentence_transformer(chosen) if chosen else shipped_embedder()


@cache
def shipped_embedder() -> StaticEmbedder:
    """Return the model that ships with the product."""
    return StaticEmbedder(SHIPPED_MODEL)


class StaticEmbedder:
    """A static embedding in the sentence-transformers format, read without torch."""

    def __init__(self, folder: Path) -> None:
        """Read the model of a folder. Raises ``UsageError`` when there is none."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self._weights = load_file(folder / "model.safetensors")["embedding.weight"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._name = (folder / "VERSION").read_text(encoding="utf-8").strip()
        except Exception as error:  # tokenizers raises bare exceptions
            raise UsageError(f"le modèle {folder} ne peut pas être lu ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def name(self) -> str:
        """The model's name and version."""
        return self._name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text; a text without a known piece gets the first axis."""
        vectors = np.zeros((len(texts), self._weights.shape[1]), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            batch = list(texts[first : first + _BATCH])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for vector, encoding in zip(vectors[first:], encodings, strict=False):
                if encoding.ids:
                    vector[:] = self._weights[encoding.ids].mean(axis=0)
                if not vector.any():
                    vector[0] = 1.0
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class SentenceTransformerEmbedder:
    """Any model of the sentence-transformers library."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self._name = name
        self._model = model

    @property
    def name(self) -> str:
        """The name by which the model was asked for."""
        return self._name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


@cache
def _sentence_transformer(name: str) -> Embedder:
    """Load a model by folder or hub name; a hub is asked only when the operator allows it.

    The library waits minutes for a hub that does not answer (measured: 70 to 280 s), so it is told
    to stay offline unless ``TISSERAND_HUB=1``.
    """
    local = Path(name).expanduser()
    if (local / "VERSION").is_file():
        return StaticEmbedder(local)
    if os.environ.get(ONLINE_VARIABLE) != "1":
        os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            f"le modèle {name} demande sentence-transformers : pip install 'tisserand[models]'"
        ) from error
    try:
        return SentenceTransformerEmbedder(name, SentenceTransformer(name))
    except Exception as error:  # the library and the hub raise many kinds
        raise UsageError(
            f"le modèle {name} n’est pas sur cette machine ; donnez le chemin de son dossier dans "
            f"{MODEL_VARIABLE}, permettez son téléchargement avec {ONLINE_VARIABLE}=1, "
            f"ou retirez {MODEL_VARIABLE} pour employer le modèle livré"
        ) from error
