"""Makes ``index/data/words.txt``, the words of the field: ``python -m index.field_words``.

All that the project holds in French is read (fiches, field questions, language data). A word that it
uses three times is kept, the most used first, so that a spelling without accents finds the usual one.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.config import shipped_corpus

LEAST_USES = 3
_WORD = re.compile(r"\b[^\W\d_]{3,}\b")
_KEY = re.compile(r'"\w+":')
_WORDS = Path(__file__).parent / "data" / "words.txt"


def main() -> int:
    """Write the list beside the code."""
    uses = Counter(word.lower() for text in _texts() for word in _WORD.findall(text) if not word.isupper())
    kept = [word for word, count in uses.most_common() if count >= LEAST_USES]
    _WORDS.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} words in {_WORDS}")
    return 0


def _texts() -> Iterator[str]:
    """Yield the French texts of the project, files in alphabetical order."""
    corpus = shipped_corpus().parent
    for file in sorted(corpus.rglob("*")):
        if file.suffix in {".md", ".jsonl"}:
            yield _KEY.sub(" ", file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
