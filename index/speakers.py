"""Which organisations a question names: by name, by sigle or as people call them."""

from collections.abc import Iterable, Sequence

from index.french import analyse, fold, is_sigle, words

# Other names under which speakers are asked for.
SPEAKER_ALIASES: dict[str, Sequence[str]] = {
    "CEDTS": ("commission éthique",),
    "Croix-Rouge française": ("Croix-Rouge",),
    "Départements de France": ("ADF", "départements de France", "dept de France"),
    "SUD Santé Sociaux": ("SUD",),
    "UNIOPSS": ("uniops",),
}
_COMMON = frozenset(
    term for word in ("groupe", "association", "commission", "conseil", "français") for term in analyse(word)
)


def named_speakers(question: str, speakers: Iterable[str], aliases: dict[str, Sequence[str]]) -> list[str]:
    """Return the speakers that a question names, by name, sigle or alias, in their order.

    A sigle in a name (« CFDT Interco ») is enough; a name without one must be there in full.
    """
    asked = _asked(question)
    return [
        speaker
        for speaker in speakers
        if any(key and key <= asked for key in _keys(speaker, aliases.get(speaker, ())))
    ]


def naming_terms(question: str, named: Iterable[str], aliases: dict[str, Sequence[str]]) -> frozenset[str]:
    """Return the terms of a question that only name these speakers."""
    asked = _asked(question)
    keys = (key for speaker in named for key in _keys(speaker, aliases.get(speaker, ())))
    return frozenset(term for key in keys if key <= asked for term in key)


def _asked(question: str) -> set[str]:
    return set(analyse(question)) | {fold(word) for word in words(question)}


def _keys(speaker: str, aliases: Sequence[str]) -> list[set[str]]:
    """Return the sets of terms each of which names a speaker."""
    sigles = [{fold(word)} for word in words(speaker) if is_sigle(word)]
    full = {term for term in analyse(speaker) if term not in _COMMON}
    keys = sigles if sigles and not speaker.startswith(("Groupe", "France")) else [full]
    return [*keys, *(set(analyse(alias)) for alias in aliases)]
