"""What every check reads: a sentence, the passages, and what each of its clauses rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.verification.alignment import Support, Weigh, sources_of, supports_of
from assistant.verification.reading import Sentence, Word, read
from assistant.verification.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence to verify, beside the sentences of its passages."""

    sentence: Sentence
    sources: tuple[Sentence, ...]
    supports: tuple[Support, ...]
    weigh: Weigh
    passages: tuple[tuple[Sentence, ...], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All the words of the passages."""
        return tuple(word for source in self.sources for word in source.words)


Check = Callable[[Statement], Verdict | None]


def statements(text: str, passages: Sequence[str], weigh: Weigh) -> list[Statement]:
    """Return the sentences of a text, each beside the passages."""
    sources = sources_of(passages)
    if not sources:
        return []
    read_apart = tuple(read(passage) for passage in passages)
    return [
        Statement(sentence, sources, tuple(supports_of(sentence, sources, weigh)), weigh, read_apart)
        for sentence in read(text)
    ]
