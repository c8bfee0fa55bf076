"""Trains the model of inference that ships: ``python -m assistant.verification.training``.

The encoder of multilingual E5 small learns, from pairs written for this product, whether a passage
supports a sentence. About an hour and a half on two cores; needs ``pip install 'tisserand[training]'``.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn

from assistant.verification.training.exporting import export
from assistant.verification.training.pairs import Group, read_groups, shuffled

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.verification.training.network import Judge

PASSES = 4
PIECES = 1_400  # of a batch, padding included
LEARNING_RATE, HEAD_RATE = 7e-5, 8.0  # of the encoder; how many times as much for what judges
WARM_UP, FLOOR = 40, 0.02  # steps, and share of the rate at the end
STRAYS = 0.35
SMOOTHING = 0.02
SEED = 5
_ROOT = Path(__file__).resolve().parents[3]
_PAIRS = tuple(_ROOT / "evals" / "verification" / f"{name}.jsonl" for name in ("pairs", "unread", "learning"))
_MODEL = Path(__file__).resolve().parents[1] / "model"
_SORTED = 64  # groups among which those of like length are put together


def main(argv: list[str] | None = None) -> int:
    """Train and save the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", default=list(_PAIRS))
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--output", type=Path, default=_MODEL)
    options = parser.parse_args(argv)
    from tokenizers import Tokenizer

    from assistant.verification.training.base import encoder
    from assistant.verification.training.network import Judge

    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(_MODEL / "tokenizer.json"))
    judge = Judge(encoder(tokenizer))
    train(judge, tokenizer, read_groups(*options.pairs), options.passes)
    export(judge, options.output)
    return 0


def train(judge: "Judge", tokenizer: "Tokenizer", groups: Sequence[Group], passes: int) -> None:
    """Teach the network in place; the vectors of pieces are left as they are.

    What is kept is the mean of its weights at the end of the passes (Izmailov et al. 2018,
    arXiv:1803.05407): the last ones alone know the pairs by heart.
    """
    from assistant.verification.training.network import Batch

    chance = random.Random(SEED)
    judge.encoder.embeddings.requires_grad_(False)
    head = [weight for name, weight in judge.named_parameters() if not name.startswith("encoder.")]
    body = [weight for weight in judge.encoder.parameters() if weight.requires_grad]
    rates = (LEARNING_RATE, LEARNING_RATE * HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": body}, {"params": head}], lr=LEARNING_RATE, weight_decay=0.01)
    began = time.monotonic()
    step = 0
    judge.train()
    kept: dict[str, torch.Tensor] = {}  # the mean of the weights after each pass but the first
    for number in range(passes):
        batches = list(_batches(list(shuffled(groups, STRAYS, chance)), tokenizer, chance))
        losses = []
        for place, rows in enumerate(batches):
            step += 1
            done = (number + place / len(batches)) / passes
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, step / WARM_UP) * max(FLOOR, 1.0 - done)
            batch = Batch(rows, tokenizer)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = judge(batch)
            wanted = batch.supported * (1 - 2 * SMOOTHING) + SMOOTHING
            loss = nn.functional.binary_cross_entropy_with_logits(found, wanted)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimizer.step()
            losses.append(float(loss))
        mean, minutes = sum(losses) / len(losses), (time.monotonic() - began) / 60
        print(f"pass {number + 1} of {passes}: loss {mean:.3f}, {minutes:.0f} min", flush=True)
        if number or passes == 1:
            part = 1 / max(1, number)
            for name, weight in judge.state_dict().items():
                kept[name] = kept[name].lerp(weight, part) if name in kept else weight.clone()
    judge.load_state_dict(kept)


def _batches(groups: Sequence[Group], tokenizer: "Tokenizer", chance: random.Random) -> Iterator[list[Group]]:
    """Yield batches of groups of like length, in any order."""

    def size(group: Group) -> int:
        texts = ("\n".join(group.passages), *(sentence for sentence, _ in group.sentences))
        return sum(len(tokenizer.encode(text).ids) + 2 for text in texts)

    batches: list[list[Group]] = []
    for first in range(0, len(groups), _SORTED):
        batch: list[Group] = []
        for group in sorted(groups[first : first + _SORTED], key=size):  # the longest comes last
            if batch and (len(batch) + 1) * size(group) > PIECES:
                batches.append(batch)
                batch = []
            batch.append(group)
        batches.append(batch)
    yield from chance.sample(batches, len(batches))


if __name__ == "__main__":
    raise SystemExit(main())
