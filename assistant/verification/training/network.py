"""The network: an encoder that reads a passage once and each sentence in its light, and what judges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from assistant.verification.inference import PASSAGE_FROM, passage_ids, sentence_ids
from assistant.verification.training.pairs import Group

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

_PAD, _UNSEEN = 1, -1e4
_DROPPED = 0.1
_EXPECTED = 2.0  # log-sum of the words of a sentence that says nothing


class Batch:
    """Groups of sentences laid one after the other behind their passage, one group a row.

    A passage sees itself; a sentence sees itself and its passage. ``spans``: row, start and end of
    each sentence; ``supported``: shape ``(sentences,)``.
    """

    def __init__(self, groups: Sequence[Group], tokenizer: "Tokenizer") -> None:
        rows = [
            (
                passage_ids(tokenizer, group.passages),
                [sentence_ids(tokenizer, one) for one, _ in group.sentences],
            )
            for group in groups
        ]
        length = max(len(passage) + sum(map(len, told)) for passage, told in rows)
        ids = np.full((len(rows), length), _PAD, dtype=np.int64)
        positions = np.zeros((len(rows), length), dtype=np.int64)
        part = np.full((len(rows), length), -1, dtype=np.int64)  # 0: of the passage, n: of a sentence
        self.spans: list[tuple[int, int, int]] = []
        for row, (passage, told) in enumerate(rows):
            at = 0
            for number, pieces in enumerate((passage, *told)):
                end = at + len(pieces)
                ids[row, at:end], part[row, at:end] = pieces, number
                positions[row, at:end] = np.arange(len(pieces)) + (0 if number else PASSAGE_FROM)
                if number:
                    self.spans.append((row, at, end))
                at = end
        parts = torch.from_numpy(part)
        of_passage = (parts[:, None, :] == 0) & (parts[:, :, None] >= 0)
        self.ids, self.positions = torch.from_numpy(ids), torch.from_numpy(positions)
        self.sees = (parts[:, :, None] == parts[:, None, :]) | of_passage
        self.supported = torch.tensor([float(truth) for group in groups for _, truth in group.sentences])


class Judge(nn.Module):  # type: ignore[misc]
    """Gives the log-odds that a passage supports a sentence."""

    def __init__(self, encoder: "BertModel") -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.inner = nn.Linear(width, width)
        self.word = nn.Linear(width, 1)
        self.whole = nn.Linear(2 * width, 1)
        self.dropout = nn.Dropout(_DROPPED)

    def read(self, ids: Tensor, positions: Tensor, sees: Tensor) -> Tensor:
        """Return a vector a piece, shape ``(rows, length, width)``."""
        mask = torch.where(sees, 0.0, _UNSEEN)[:, None]
        states: Tensor = self.encoder.embeddings(input_ids=ids, position_ids=positions)
        for layer in self.encoder.encoder.layer:
            read = layer(states, attention_mask=mask)
            states = read[0] if isinstance(read, tuple) else read
        return states

    def forward(self, batch: Batch) -> Tensor:
        """Return the log-odds of the sentences of a batch, shape ``(sentences,)``."""
        states = self.read(batch.ids, batch.positions, batch.sees)
        longest = max(end - start for _, start, end in batch.spans)
        told = torch.stack(
            [
                nn.functional.pad(states[row, start:end].float(), (0, 0, 0, longest - (end - start)))
                for row, start, end in batch.spans
            ]
        )
        sizes = torch.tensor([end - start for _, start, end in batch.spans])
        at = torch.arange(longest)
        return self.judged(told, (at > 0) & (at < sizes[:, None]))

    def judged(self, told: Tensor, own: Tensor) -> Tensor:
        """Return log-odds from the vectors of sentences ``(n, length, width)``; ``own``: their words."""
        words = self.word(torch.tanh(self.inner(self.dropout(told)))).squeeze(-1).float()
        unsupported = torch.logsumexp(torch.where(own, words, _UNSEEN), 1) - _EXPECTED
        share = own[..., None].float()
        mean = (told * share).sum(1) / share.sum(1)
        return -(unsupported + self.whole(torch.cat([told[:, 0], mean], 1)).squeeze(-1).float())


class OnePair(nn.Module):  # type: ignore[misc]
    """The network as it ships: the ids of a sentence then of its passage, and how many the sentence has."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, ids: Tensor, length: Tensor) -> Tensor:
        """Return the log-odds, shape ``(1,)``."""
        at = torch.arange(ids.shape[1])
        own = at < length
        positions = torch.where(own, at, PASSAGE_FROM + at - length)[None]
        sees = (own[:, None] == own[None, :]) | ~own[None, :]
        states = self.judge.read(ids, positions, sees[None])
        return self.judge.judged(states, (own & (at > 0))[None])
