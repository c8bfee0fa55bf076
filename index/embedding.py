"""From texts to vectors: the seam behind which a model stands.

The model that ships is a static embedding (a vector for each piece of word, their mean for a text)
trained on the language of the field by ``index.training`` and saved in the sentence-transformers
format; it is read here with numpy alone, torch is never imported for it. Any other
sentence-transformers model is one setting, ``TISSERAND_MODEL``: a local folder or a name of the hub.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

MODEL_VARIABLE = "TISSERAND_MODEL"
ONLINE_VARIABLE = "TISSERAND_HUB"  # set to 1 to let a model be fetched from the hub
_SHIPPED_INSTEAD, _NONE_INSTEAD = "employer le modèle livré", "vous en passer"
_HELLO = 5  # seconds for a hub to say that it is there
_E5 = re.compile(r"\be5-(small|base|large)(?!.*instruct)")
_UNIT: dict[str, Any] = {
    "normalize_embeddings": True,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}
_BATCH = 256  # texts cut into pieces at once: the pieces take far more memory than the text
SHIPPED_MODEL = Path(__file__).resolve().parent / "model"


class Embedder(Protocol):
    """Turns texts into unit vectors; ``name`` goes into the manifest of the index."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two names never meet in one index."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a passage, shape ``(len(texts), dimensions)``."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a question: some models read it otherwise than a passage."""


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

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors that passages of these words would have."""
        return self.embed(texts)


class SentenceTransformerEmbedder:
    """Any model of the sentence-transformers library, with the prompts that it names for each side.

    The E5 family was trained with prompts (Wang et al., 2024, « Multilingual E5 Text Embeddings ») and
    published without them in its settings: they are added.
    """

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self._name = name
        self._model = model
        if _E5.search(name) and not any(model.prompts.values()):
            model.prompts = {"query": "query: ", "document": "passage: "}

    @property
    def name(self) -> str:
        """The name by which the model was asked for."""
        return self._name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a passage."""
        vectors = self._model.encode_document(list(texts), **_UNIT)
        return np.asarray(vectors, dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a question."""
        vectors = self._model.encode_query(list(texts), **_UNIT)
        return np.asarray(vectors, dtype=np.float32)


@cache
def _sentence_transformer(name: str) -> Embedder:
    """Load a model by folder or hub name. Raises ``UsageError`` when it cannot be had."""
    local = Path(name).expanduser()
    if (local / "VERSION").is_file():
        return StaticEmbedder(local)
    offline = _offline(name, MODEL_VARIABLE, _SHIPPED_INSTEAD)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise _extra_missing(name) from error
    try:
        return SentenceTransformerEmbedder(name, SentenceTransformer(_place(name), local_files_only=offline))
    except Exception as error:  # the library and the hub raise many kinds
        raise _not_here(name, MODEL_VARIABLE, _SHIPPED_INSTEAD) from error


class PairModel:
    """A cross-encoder of the sentence-transformers library: it reads two texts together."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its outputs, in small letters: « entailment », « neutral »."""
        named: dict[int, str] = self._model.config.id2label
        return tuple(named[number].lower() for number in sorted(named))

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each text answers a query, higher is better, shape ``(len(texts),)``."""
        return self._predict([(query, text) for text in texts])[:, 0]

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return the probability of each label for each pair, shape ``(len(pairs), len(labels))``."""
        logits = self._predict(pairs)
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: NDArray[np.float32] = weights / weights.sum(axis=1, keepdims=True)
        return found

    def _predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        from torch.nn import Identity

        if not pairs:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        found = self._model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs), -1)


@cache
def cross_encoder(name: str, variable: str) -> PairModel:
    """Load the cross-encoder that a setting names, by folder or hub name.

    Raises ``UsageError``, which names the setting, when it cannot be had.
    """
    offline = _offline(name, variable, _NONE_INSTEAD)
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise _extra_missing(name) from error
    try:
        return PairModel(CrossEncoder(_place(name), local_files_only=offline))
    except Exception as error:  # the library and the hub raise many kinds
        raise _not_here(name, variable, _NONE_INSTEAD) from error


def _place(name: str) -> str:
    return str(Path(name).expanduser())


def _offline(name: str, variable: str, otherwise: str) -> bool:
    """Say whether a model is to be loaded from this machine alone: a folder, or fetched before.

    The hub is asked only when the operator allows it. The library would wait minutes for one that does
    not answer (measured: 70 to 280 s), so it is asked for a sign of life first. Raises ``UsageError``
    when the model is nowhere, before anything heavy is imported.
    """
    allowed = os.environ.get(ONLINE_VARIABLE) == "1"
    if not allowed:
        os.environ["HF_HUB_OFFLINE"] = "1"
    if Path(_place(name)).exists():
        return True
    if allowed and _hub_answers():
        return False
    if not _fetched_before(name):
        raise _not_here(name, variable, otherwise)
    return True


def _fetched_before(name: str) -> bool:
    from huggingface_hub import constants

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME") or constants.HF_HUB_CACHE
    return any(Path(cache).glob(f"models--*{name.replace('/', '--')}"))


def _hub_answers() -> bool:
    import httpx
    from huggingface_hub import constants

    try:
        httpx.head(constants.ENDPOINT, timeout=_HELLO)
    except httpx.HTTPError:
        return False
    return True


def _extra_missing(name: str) -> UsageError:
    return UsageError(f"le modèle {name} demande sentence-transformers : pip install 'tisserand[models]'")


def _not_here(name: str, variable: str, otherwise: str) -> UsageError:
    allowed = os.environ.get(ONLINE_VARIABLE) == "1"
    fetching = "vérifiez le réseau et l’adresse du hub" if allowed else "permettez son téléchargement"
    return UsageError(
        f"le modèle {name} n’est pas sur cette machine{' et le hub ne l’a pas donné' * allowed} ; donnez"
        f" le chemin de son dossier dans {variable}, {fetching} ({ONLINE_VARIABLE}=1),"
        f" ou retirez {variable} pour {otherwise}"
    )
