"""The pairs to learn from: one passage with all the sentences that are judged against it."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_TOGETHER = 10  # sentences read with one passage at once


@dataclass(frozen=True, slots=True)
class Group:
    """A passage, and sentences with whether it supports them."""

    passages: tuple[str, ...]
    sentences: tuple[tuple[str, bool], ...]


def read_groups(*files: Path) -> list[Group]:
    """Read files of pairs, one a line or grouped by passage (``{"passage", "true", "false"}``)."""
    by: dict[tuple[str, ...], list[tuple[str, bool]]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "passage" in record:
                told = by.setdefault((record["passage"],), [])
                told += [(sentence, True) for sentence in record["true"]]
                told += [(sentence, False) for _, sentence in record["false"]]
            else:
                told = by.setdefault(tuple(record["passages"]), [])
                told.append((record["sentence"], bool(record["supported"])))
    return [Group(passages, tuple(told)) for passages, told in by.items()]


def shuffled(groups: Sequence[Group], strays: float, chance: random.Random) -> Iterator[Group]:
    """Yield the groups in any order, cut to what is read at once, their sentences in any order.

    To a share ``strays`` of them a true sentence of another passage is added, which is false here.
    """
    true = [sentence for group in groups for sentence, supported in group.sentences if supported]
    for group in chance.sample(groups, len(groups)):
        told = list(group.sentences)
        if chance.random() < strays:
            told.append((chance.choice(true), False))
        chance.shuffle(told)
        for first in range(0, len(told), _TOGETHER):
            yield Group(group.passages, tuple(told[first : first + _TOGETHER]))
