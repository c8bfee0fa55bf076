"""Which organisations a question names, and their passages put where they are expected."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.documents import ScoredPassage
from index.french import analyse, fold, is_sigle, words

SPEAKER_BONUS = 0.2  # added to the fused score of a passage whose speaker the question names
# Other names under which speakers are asked for.
SPEAKER_ALIASES: dict[str, Sequence[str]] = {
    "CEDTS": ("commission éthique",),
    "Départements de France": ("ADF", "départements de France", "dept de France"),
    "SUD Santé Sociaux": ("SUD",),
    "UNIOPSS": ("uniops",),
}
_COMMON = frozenset(fold(word) for word in ("groupe", "association", "commission", "conseil", "la", "le"))


def named_speakers(question: str, speakers: Iterable[str], aliases: dict[str, Sequence[str]]) -> list[str]:
    """Return the speakers that a question names, by name, sigle or alias, in their order.

    A sigle in a name (« CFDT Interco ») is enough; a name without one must be there in full.
    """
    asked = set(analyse(question)) | {fold(word) for word in words(question)}
    return [
        speaker
        for speaker in speakers
        if any(key and key <= asked for key in _keys(speaker, aliases.get(speaker, ())))
    ]


def _keys(speaker: str, aliases: Sequence[str]) -> list[set[str]]:
    """Return the sets of terms each of which names a speaker."""
    sigles = [{fold(word)} for word in words(speaker) if is_sigle(word)]
    full = {term for term in analyse(speaker) if term not in _COMMON}
    keys = sigles if sigles and not speaker.startswith(("Groupe", "France")) else [full]
    return [*keys, *(set(analyse(alias)) for alias in aliases)]


def put_forward(found: Sequence[ScoredPassage], named: Sequence[str]) -> list[ScoredPassage]:
    """Return results ranked again, the passages of the speakers named gaining ``SPEAKER_BONUS``."""
    if not named:
        return list(found)
    raised = [
        replace(scored, score=scored.score + SPEAKER_BONUS * (scored.passage.speaker in named))
        for scored in found
    ]
    return sorted(raised, key=lambda scored: -scored.score)
