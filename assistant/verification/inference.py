"""The model of inference that ships: a small encoder that reads a sentence with what it cites.

Multilingual E5 small (Wang et al. 2024, arXiv:2402.05672, MIT licence), cut to the pieces of French and
trained on pairs written for this product (``assistant.verification.training``). The passage is read
alone and the sentence in its light; each word of the sentence tells how far it is unsupported, and the
highest decide, together with the sentence as a whole. Eight-bit ONNX: neither torch nor network.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from index.sentences import sentence_spans

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL = files("assistant.verification").joinpath("model")
# Ids of the special pieces, and the most pieces read of a sentence and of its passages.
BEGINS, ENDS = 0, 2
LONGEST_SENTENCE, LONGEST_PASSAGE = 72, 300
# Positions of the passage begin here, those of the sentence at 0.
PASSAGE_FROM = 74


def sentence_ids(tokenizer: "Tokenizer", sentence: str) -> list[int]:
    """Return the pieces of a sentence as the model reads them."""
    return [BEGINS, *_pieces(tokenizer, sentence)[:LONGEST_SENTENCE], ENDS]


def passage_ids(tokenizer: "Tokenizer", passages: Sequence[str]) -> list[int]:
    """Return the pieces of what a sentence cites, read as one passage."""
    return [*_pieces(tokenizer, "\n".join(passages))[:LONGEST_PASSAGE], ENDS]


def _pieces(tokenizer: "Tokenizer", text: str) -> list[int]:
    return tokenizer.encode(text.replace("’", "'")).ids


class ShippedInference:
    """The model, loaded the first time that it is asked."""

    def support(self, sentence: str, passages: Sequence[str]) -> float:
        """Return the log-odds that the passages support the sentence.

        Of passages longer than what is read at once, the part that supports it best counts.
        """
        own = sentence_ids(self._tokenizer, sentence)
        return max(self._read(own, passage_ids(self._tokenizer, part)) for part in self._parts(passages))

    def _read(self, own: list[int], cited: list[int]) -> float:
        ids = np.array([own + cited], dtype=np.int64)
        (score,) = self._session.run(None, {"ids": ids, "length": np.array(len(own), dtype=np.int64)})
        return float(np.asarray(score).reshape(-1)[0])

    def _parts(self, passages: Sequence[str]) -> list[Sequence[str]]:
        """Return the passages whole or, when they are long, by runs of sentences that overlap by half."""
        if self._size(passages) <= LONGEST_PASSAGE:
            return [passages]
        sentences = [text[start:end] for text in passages for start, end in sentence_spans(text)]
        sizes = [self._size([sentence]) for sentence in sentences]
        parts: list[Sequence[str]] = []
        first = 0
        while first < len(sentences):
            last, room = first, LONGEST_PASSAGE
            while last < len(sentences) and (last == first or sizes[last] <= room):
                room -= sizes[last]
                last += 1
            parts.append(sentences[first:last])
            if last == len(sentences):
                break
            first = max(first + 1, (first + last) // 2)
        return parts

    def _size(self, texts: Sequence[str]) -> int:
        return sum(len(_pieces(self._tokenizer, text)) for text in texts)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        return Tokenizer.from_str(MODEL.joinpath("tokenizer.json").read_text(encoding="utf-8"))

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession

        return InferenceSession(
            MODEL.joinpath("inference.onnx").read_bytes(), providers=["CPUExecutionProvider"]
        )
