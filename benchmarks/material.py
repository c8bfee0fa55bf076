"""Documents in any number, made from those of a folder: the start of one sentence, the end of another.

They speak the language of the field and use its words as often, and answer nothing: sentences that
share words with the evidence of the questions are left out, each sentence is cut in two and joined
to half of another, and every figure is drawn anew. The same seed gives the same documents.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from evals.matching import tokens
from evals.questions import Question
from index.loading import read_document
from index.sentences import sentence_spans

DOCUMENT_CHARACTERS = 60_000  # about twenty pages
_SHARED = 0.4  # share of a sentence's pairs of words found in the evidence, for it to be left out
_WORDS = range(8, 60)  # of a sentence worth cutting in two
_PARAGRAPH = (3, 7)
_SECTION = (3, 8)
_FIGURE = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")

Halves = tuple[list[str], list[str]]


def write_material(
    files: Sequence[Path], questions: Sequence[Question], characters: int, folder: Path, seed: int = 7
) -> list[Path]:
    """Write documents of ``characters`` characters in all into a new folder, and return them."""
    halves = list(_halves(files, questions))
    if len(halves) < 100:
        raise SystemExit(f"{len(halves)} sentences to recombine: too few, give a larger folder")
    folder.mkdir(parents=True)
    written = []
    for number in range(-(-characters // DOCUMENT_CHARACTERS)):
        size = min(DOCUMENT_CHARACTERS, characters - number * DOCUMENT_CHARACTERS)
        file = folder / f"recueil-{number:05d}.md"
        file.write_text(_document(halves, size, random.Random(f"{seed}-{number}")), encoding="utf-8")
        written.append(file)
    return written


def _halves(files: Sequence[Path], questions: Sequence[Question]) -> Iterator[Halves]:
    """Yield the two halves of each sentence that gives no answer."""
    places = [place for question in questions for group in question.evidence for place in group]
    evidence = {pair for place in places for pair in pairwise(tokens(place.quote))}
    for file in files:
        document = read_document(file)
        for start, end in sentence_spans(document.text, *document.body):
            words = _BLANKS.split(document.text[start:end])
            pairs = list(pairwise(tokens(" ".join(words))))
            if len(words) in _WORDS and sum(pair in evidence for pair in pairs) < _SHARED * len(pairs):
                yield words[: len(words) // 2], words[len(words) // 2 :]


def _document(halves: Sequence[Halves], characters: int, chance: random.Random) -> str:
    blocks = [f"# {_heading(halves, chance)}"]
    length = len(blocks[0])
    while length < characters:
        section = [f"## {_heading(halves, chance)}"]
        for _ in range(chance.randint(*_SECTION)):
            sentences = (_sentence(halves, chance) for _ in range(chance.randint(*_PARAGRAPH)))
            section.append(" ".join(sentences))
        blocks.extend(section)
        length += sum(len(block) + 2 for block in section)
    return "\n\n".join(blocks)[:characters] + "\n"


def _sentence(halves: Sequence[Halves], chance: random.Random) -> str:
    text = " ".join([*chance.choice(halves)[0], *chance.choice(halves)[1]])
    return _FIGURE.sub(lambda figure: str(chance.randrange(10 ** len(figure.group()))), text)


def _heading(halves: Sequence[Halves], chance: random.Random) -> str:
    return " ".join(chance.choice(halves)[0][:7]).strip(" ,;:.-–—#")
