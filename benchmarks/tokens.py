"""How exact the count of tokens is, against the vocabularies of real models.

``python -m benchmarks.tokens TABLE… --texts FOLDER`` counts windows of the texts of a folder with our
encoding and with each table: ``tekken*.json`` (ships in the wheel of ``mistral-common``),
``*.tiktoken`` (``qwen.tiktoken`` ships in the wheel of ``dashscope``) or a SentencePiece model
``*.model*`` (``pip install sentencepiece``).
"""

import argparse
import base64
import json
from collections.abc import Callable
from pathlib import Path

import tiktoken

from index.tokens import MARGIN, count

WINDOW = 1_500  # characters
_QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def main() -> None:
    """Print a line for each table: characters a token, and how our count compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, required=True, help="folder of .txt or .md files")
    options = parser.parse_args()
    texts = _windows(options.texts)
    ours = [count(text) for text in texts]
    print(f"{len(texts)} windows of {WINDOW} characters, {sum(map(len, texts)) / sum(ours):.2f} a token")
    print("table, characters a token, ours over theirs: whole, least, most, under-counted with margin")
    for table in options.tables:
        counted = _counter(table)
        theirs = [counted(text) for text in texts]
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        print(
            f"{table.name}, {sum(map(len, texts)) / sum(theirs):.2f}, {sum(ours) / sum(theirs):.2f},"
            f" {min(ratios):.2f}, {max(ratios):.2f}, {sum(ratio * MARGIN < 1 for ratio in ratios)}"
        )


def _windows(folder: Path) -> list[str]:
    files = sorted([*folder.glob("*.txt"), *folder.glob("*.md")])
    texts = [" ".join(file.read_text(encoding="utf-8").split()) for file in files]
    return [text[at : at + WINDOW] for text in texts for at in range(0, len(text) - WINDOW, WINDOW)]


def _counter(table: Path) -> Callable[[str], int]:
    """Return the function that counts the tokens of a text with a vocabulary."""
    if table.suffix == ".json":
        read = json.loads(table.read_text(encoding="utf-8"))
        settings = read["config"]
        size = settings["default_vocab_size"] - settings["default_num_special_tokens"]
        ranks = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in read["vocab"][:size]}
        encoding = tiktoken.Encoding(
            table.name, pat_str=settings["pattern"], mergeable_ranks=ranks, special_tokens={}
        )
    elif table.suffix == ".tiktoken":
        pairs = (line.split() for line in table.read_bytes().splitlines())
        ranks = {base64.b64decode(piece): int(rank) for piece, rank in pairs}
        encoding = tiktoken.Encoding(table.name, pat_str=_QWEN, mergeable_ranks=ranks, special_tokens={})
    else:
        import sentencepiece  # type: ignore[import-not-found]

        pieces = sentencepiece.SentencePieceProcessor(str(table))
        return lambda text: len(pieces.encode(text))
    return lambda text: len(encoding.encode_ordinary(text))


if __name__ == "__main__":
    main()
