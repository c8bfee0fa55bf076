"""Editing a module before it is exported: pure functions, each of which returns another module.

Sequences and questions are told by their place from 0. Raises ``UsageError`` for a place that there is not.
"""

from collections.abc import Sequence as Ordered
from dataclasses import replace
from typing import TypeVar

from assistant.modules.module import Module, Question, Quote, Sequence
from assistant.modules.request import LONGEST, in_words
from assistant.modules.timing import STEP, shared
from index.errors import UsageError

_Item = TypeVar("_Item")


def without_sequence(module: Module, place: int) -> Module:
    """Remove a sequence; the others share its time, so that the duration stays."""
    _at(module.sequences, place)
    if len(module.sequences) == 1:
        raise UsageError("un module garde au moins une séquence")
    kept = _without(module.sequences, place)
    return replace(module, sequences=_rescaled(kept, module.minutes))


def moved_sequence(module: Module, place: int, to: int) -> Module:
    """Move a sequence; the days follow the new order, so that day 2 never comes before day 1."""
    sequence = _at(module.sequences, place)
    _at(module.sequences, to)
    left = list(_without(module.sequences, place))
    left.insert(to, sequence)
    days = sorted(one.day for one in module.sequences)
    ordered = (replace(one, day=day) for one, day in zip(left, days, strict=True))
    return replace(module, sequences=tuple(ordered))


def lasting(module: Module, place: int, minutes: int) -> Module:
    """Give a sequence another length; the others are shortened or lengthened, the duration stays."""
    _at(module.sequences, place)
    others = _without(module.sequences, place)
    left = module.minutes - minutes
    if minutes < STEP or left < STEP * len(others):
        most = module.minutes - STEP * len(others)
        raise UsageError(
            f"cette séquence peut durer de {STEP} à {most} min dans un module de {in_words(module.minutes)}"
        )
    scaled = iter(_rescaled(others, left))
    return replace(
        module,
        sequences=tuple(
            replace(one, minutes=minutes) if rank == place else next(scaled)
            for rank, one in enumerate(module.sequences)
        ),
    )


def lasting_in_all(module: Module, minutes: int) -> Module:
    """Give the whole module another duration; every sequence keeps its share."""
    least = STEP * len(module.sequences)
    if not least <= minutes <= LONGEST:
        raise UsageError(
            f"ce module peut durer de {in_words(least)} à {in_words(LONGEST)}, pas {in_words(minutes)}"
        )
    request = replace(module.request, minutes=max(60, minutes))
    return replace(module, request=request, sequences=_rescaled(module.sequences, minutes))


def without_quote(module: Module, quote: Quote) -> Module:
    """Remove a passage wherever the sequences show it."""
    return replace(module, sequences=tuple(_replaced(one, quote, None) for one in module.sequences))


def replaced_quote(module: Module, quote: Quote) -> Module:
    """Put the next best passage in the place of one; the one taken out goes to the end of the reserve.

    In the place of what an organisation says, the next best of any organisation that is not shown there.
    """
    if not any(quote in one.all_quotes for one in module.sequences):
        raise UsageError("ce passage n’est pas dans le module")
    shown = {voice.speaker for one in module.sequences for voice in one.voices if quote in one.all_quotes}
    as_voice = any(voice.quote == quote for one in module.sequences for voice in one.voices)
    for other in module.reserve:
        if not as_voice or (other.speaker and (other.speaker == quote.speaker or other.speaker not in shown)):
            sequences = tuple(_replaced(one, quote, other) for one in module.sequences)
            reserve = (*(one for one in module.reserve if one != other), quote)
            return replace(module, sequences=sequences, reserve=reserve)
    raise UsageError("la bibliothèque n’a pas d’autre passage à mettre à cette place")


def without_question(module: Module, place: int) -> Module:
    """Remove a question of the quiz."""
    _at(module.quiz, place)
    return replace(module, quiz=_without(module.quiz, place))


def moved_question(module: Module, place: int, to: int) -> Module:
    """Move a question of the quiz."""
    question = _at(module.quiz, place)
    _at(module.quiz, to)
    left = list(_without(module.quiz, place))
    left.insert(to, question)
    return replace(module, quiz=tuple(left))


def regenerated_question(module: Module, place: int) -> Module:
    """Put another question in the place of one: of the same kind if there is one, on other passages."""
    question = _at(module.quiz, place)
    others = _without(module.quiz, place)
    asked = {quote.place for one in others for quote in _quotes_of(one)}
    texts = {(one.stem, one.text) for one in (*others, question)}
    fresh = [
        one
        for one in module.spare
        if (one.stem, one.text) not in texts and not asked & {quote.place for quote in _quotes_of(one)}
    ]
    if not fresh:
        raise UsageError("la bibliothèque n’a pas d’autre question à poser à cette place")
    chosen = next((one for one in fresh if one.kind is question.kind), fresh[0])
    spare = (*(one for one in module.spare if one != chosen), question)
    quiz = tuple(chosen if rank == place else one for rank, one in enumerate(module.quiz))
    return replace(module, quiz=quiz, spare=spare)


def _quotes_of(question: Question) -> list[Quote]:
    return [*question.proofs, *(one.proof for one in question.choices)]


def _replaced(sequence: Sequence, quote: Quote, other: Quote | None) -> Sequence:
    def swap(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(kept for one in quotes if (kept := other if one == quote else one))

    voices = tuple(
        replace(voice, quote=kept, speaker=kept.speaker or voice.speaker)
        for voice in sequence.voices
        if (kept := other if voice.quote == quote else voice.quote)
    )
    return replace(
        sequence,
        quotes=swap(sequence.quotes),
        figures=swap(sequence.figures),
        case=swap(sequence.case),
        voices=voices,
    )


def _rescaled(sequences: tuple[Sequence, ...], minutes: int) -> tuple[Sequence, ...]:
    """Return sequences that keep their share of another duration, five minutes each at least."""
    parts = [(float(max(0, one.minutes - STEP)), STEP) for one in sequences]
    lengths = shared(minutes, parts)
    return tuple(replace(one, minutes=length) for one, length in zip(sequences, lengths, strict=True))


def _at(items: Ordered[_Item], place: int) -> _Item:
    if not 0 <= place < len(items):
        raise UsageError(f"il n’y a pas de numéro {place + 1} parmi {len(items)}")
    return items[place]


def _without(items: tuple[_Item, ...], place: int) -> tuple[_Item, ...]:
    return (*items[:place], *items[place + 1 :])
