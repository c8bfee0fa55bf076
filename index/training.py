"""Trains the embedding that ships: ``python -m index.training [--documents DIR] [--output DIR]``.

A static embedding learnt by contrast (in-batch negatives, van den Oord et al. 2018,
arXiv:1807.03748) from what the project holds: questions that one part of a report answers are near
each other, a question is near the passage that answers it, the everyday words of a concept are near
its institutional ones. With ``--documents``, the parts of the reports that ``corpus/questions``
ask about are read there too and placed near their questions. Takes about a minute on two cores;
needs ``pip install 'tisserand[models]'``. The same data and seed give the same model.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.config import shipped_corpus
from index.embedding import SHIPPED_MODEL
from index.field_questions import read_anchored
from index.loading import read_document
from index.wording import Wording

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor
    from torch.nn import EmbeddingBag

VERSION = "tisserand-fr-2"
VOCABULARY = 8_000
DIMENSIONS = 256
EPOCHS = 12
BATCH = 1_024
LEARNING_RATE = 0.02
SCALE = 20.0  # of the cosines, before the softmax
SEED = 7

Pair = tuple[str, str]


def main(argv: list[str] | None = None) -> int:
    """Train and save the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--documents", type=Path, help="folder of the reports that corpus/questions ask about"
    )
    parser.add_argument("--output", type=Path, default=SHIPPED_MODEL)
    options = parser.parse_args(argv)
    material = Material(shipped_corpus().parent, options.documents)
    tokenizer = train_tokenizer(material.texts())
    save(tokenizer, train(tokenizer, material), options.output)
    return 0


class Material:
    """What the model learns from, read once."""

    def __init__(self, corpus: Path, documents: Path | None) -> None:
        self._lexicon = _read(corpus / "language" / "lexicon.jsonl")
        self._passages = _read(corpus / "language" / "pairs.jsonl")
        self._fiches = [read_document(path) for path in sorted((corpus / "fiches").glob("*.md"))]
        self._parts = [
            (list(part.questions), text)
            for path in sorted((corpus / "questions").glob("*.jsonl"))
            for part, text in _texts_of_parts(path, documents)
        ]

    def texts(self) -> Iterator[str]:
        """Yield the texts from which the pieces of words are learnt."""
        for questions, _ in self._parts:
            yield from questions
        for passage in self._passages:
            yield passage["passage"]
            yield from passage["questions"]
        for concept in self._lexicon:
            yield from concept["institutional"] + concept["everyday"] + concept["related"]
        for fiche in self._fiches:
            yield fiche.text[slice(*fiche.body)]

    def pairs(self, chance: random.Random) -> list[Pair]:
        """Return the pairs of one epoch, drawn anew, in a new order."""
        pairs = [
            *self._question_pairs(chance),
            *self._passage_pairs(chance),
            *self._lexicon_pairs(chance),
            *self._fiche_pairs(chance),
        ]
        chance.shuffle(pairs)
        return pairs

    def _question_pairs(self, chance: random.Random) -> Iterator[Pair]:
        for questions, text in self._parts:
            order = chance.sample(questions, len(questions))
            yield from zip(order[::2], order[1::2], strict=False)
            for _ in range(2):
                yield chance.choice(order), " ".join(chance.sample(order, min(4, len(order))))
            if text:
                for question in chance.sample(order, min(4, len(order))):
                    yield question, text

    def _passage_pairs(self, chance: random.Random) -> Iterator[Pair]:
        for passage in self._passages:
            order = chance.sample(passage["questions"], len(passage["questions"]))
            yield from zip(order[::2], order[1::2], strict=False)
            yield from ((question, passage["passage"]) for question in order)

    def _lexicon_pairs(self, chance: random.Random) -> Iterator[Pair]:
        for concept in self._lexicon:
            institutional = concept["institutional"] + concept["sigles"]
            for word in concept["everyday"]:
                yield word, chance.choice(institutional)
            for word in institutional[1:] + concept["related"][:2]:
                yield word, institutional[0]

    def _fiche_pairs(self, chance: random.Random) -> Iterator[Pair]:
        for fiche in self._fiches:
            body = fiche.text[slice(*fiche.body)]
            sections = [part for part in re.split(r"\n## ", body) if len(part) > 200] or [body]
            for question in fiche.field_questions:
                yield question, chance.choice(sections)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _texts_of_parts(path: Path, documents: Path | None) -> Iterator[tuple[Any, str]]:
    """Yield the parts of a file of questions with their text, empty when it is not at hand."""
    file = documents / f"{path.stem}.txt" if documents else None
    text = read_document(file).text if file and file.is_file() else ""
    wording = Wording(text)
    for part in read_anchored(path):
        start = wording.find(part.begins)
        end = wording.find(part.ends, start) if start is not None else None
        found = text[start : end + len(part.ends)] if start is not None and end is not None else ""
        yield part, " ".join(found.split()) if len(found) < 12 * part.words else ""


def train_tokenizer(texts: Iterator[str]) -> "Tokenizer":
    """Learn the pieces of words: lower case, no accents, apostrophes as blanks."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.Lowercase(),
            normalizers.StripAccents(),
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("’", " "),
            normalizers.Replace("'", " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=["[PAD]", "[UNK]"], min_frequency=2, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train(tokenizer: "Tokenizer", material: Material) -> "EmbeddingBag":
    """Learn a vector for each piece of word."""
    import torch

    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSIONS, mode="mean")
    torch.nn.init.normal_(table.weight, std=0.1)
    optimiser = torch.optim.Adam(table.parameters(), lr=LEARNING_RATE)
    steps = EPOCHS * (len(material.pairs(random.Random(SEED))) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.01, total_iters=steps)
    for epoch in range(EPOCHS):
        pairs, total = material.pairs(chance), 0.0
        for first in range(0, len(pairs) - BATCH, BATCH):
            loss = _contrast(table, tokenizer, pairs[first : first + BATCH])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}/{EPOCHS}: loss {total / (len(pairs) // BATCH):.3f}", file=sys.stderr)
    return table


def _contrast(table: "EmbeddingBag", tokenizer: "Tokenizer", pairs: Sequence[Pair]) -> "Tensor":
    from torch import arange
    from torch.nn.functional import cross_entropy

    left = _embedded(table, tokenizer, [pair[0] for pair in pairs])
    right = _embedded(table, tokenizer, [pair[1] for pair in pairs])
    scores, target = SCALE * left @ right.T, arange(len(pairs))
    return (cross_entropy(scores, target) + cross_entropy(scores.T, target)) / 2


def _embedded(table: "EmbeddingBag", tokenizer: "Tokenizer", texts: list[str]) -> "Tensor":
    import torch

    ids = [encoding.ids or [1] for encoding in tokenizer.encode_batch(texts)]
    starts = torch.tensor([0, *(len(piece) for piece in ids[:-1])]).cumsum(0)
    flat = torch.tensor([piece for text in ids for piece in text])
    return torch.nn.functional.normalize(table(flat, starts))


def save(tokenizer: "Tokenizer", table: "EmbeddingBag", folder: Path) -> None:
    """Write the model in the sentence-transformers format, readable by every user."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=table.weight.detach().numpy())
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    (folder / "VERSION").write_text(VERSION + "\n", encoding="utf-8")
    for file in folder.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)


if __name__ == "__main__":
    raise SystemExit(main())
