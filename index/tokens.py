"""How many tokens a text costs a language model, counted with no download.

The tables of tiktoken are fetched at run time and those of a local model are not known here, so the
count is that of an encoding of our own: byte-level BPE (Sennrich et al. 2016, arXiv:1508.07909),
trained on the French of the field and kept small on purpose, so that it cuts about as fine as the
larger vocabularies of real models do. ``MARGIN`` covers the finest of those measured with
``benchmarks/tokens.py`` (``docs/models.md`` holds the figures).

``python -m index.tokens`` trains it again on the texts of this repository.
"""

import base64
import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import shipped_corpus

if TYPE_CHECKING:
    import tiktoken

MARGIN = 1.35
VOCABULARY = 6_000  # pieces: the 256 bytes and the merges learned
# Words with the blank before them, figures one by one, runs of other marks, line ends.
_PIECES = r" ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_RANKS = Path(__file__).resolve().parent / "data" / "french.tiktoken"


def count(text: str) -> int:
    """Return how many tokens a text costs, within a fifth for the models of today."""
    return len(encoding().encode_ordinary(text))


def at_most(text: str) -> int:
    """Return how many tokens to count for a text where going over would lose its end."""
    return math.ceil(count(text) * MARGIN)


@cache
def encoding() -> "tiktoken.Encoding":
    """Return our encoding, read from the file that ships."""
    import tiktoken

    ranks = {}
    for line in _RANKS.read_bytes().splitlines():
        piece, rank = line.split()
        ranks[base64.b64decode(piece)] = int(rank)
    return tiktoken.Encoding("tisserand-fr", pat_str=_PIECES, mergeable_ranks=ranks, special_tokens={})


def train(texts: Iterator[str], size: int = VOCABULARY) -> list[bytes]:
    """Return the pieces learned from texts, the most useful merges first, in the order of their ranks."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    letters = _letters()
    ranked = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return [bytes(letters[letter] for letter in piece) for piece, _ in ranked]


def own_texts() -> Iterator[str]:
    """Yield the French texts of this repository: fiches, field questions, the pairs of the lexicon."""
    corpus = shipped_corpus().parent
    general = corpus.parent / "evals" / "general" / "documents"
    for file in sorted([*corpus.glob("fiches/*.md"), *general.glob("*.md")]):
        yield file.read_text(encoding="utf-8")
    for file in sorted([*corpus.glob("questions/*.jsonl"), *corpus.glob("language/*.jsonl")]):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield " \n".join(_strings(json.loads(line)))


def _strings(value: object) -> Iterator[str]:
    """Yield the texts of a record, the anchors into reports left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in ("from", "to"):
                yield from _strings(item)


def _letters() -> dict[str, int]:
    """Return the byte that each letter of the byte-level alphabet stands for (as in GPT-2)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    letters = {chr(byte): byte for byte in shown}
    return letters | {chr(256 + place): byte for place, byte in enumerate(hidden)}


if __name__ == "__main__":
    pieces = train(own_texts())
    lines = (f"{base64.b64encode(piece).decode()} {rank}\n" for rank, piece in enumerate(pieces))
    _RANKS.write_text("".join(lines), encoding="ascii")
    print(f"{len(pieces)} morceaux, {_RANKS.stat().st_size // 1024} kio dans {_RANKS}")
