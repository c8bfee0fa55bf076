"""Questions on who says what: the organisation of a position, the positions of one, matching."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from assistant.modules.material import Material, alike
from assistant.modules.module import Choice, Question, QuestionKind, Quote
from assistant.modules.quiz.checking import Checker
from assistant.modules.speaking import named, of_named, uncapitalised
from index.prompting import wording

_WRONG, _PAIRS = 3, 4
# What tells who an organisation is, or how it speaks, is no position.
_PORTRAIT = re.compile(
    r"\[…\](?:, (?:association|fédération|syndicat|réseau|union|instance)| (?:est|s’exprime|regroupe"
    r"|rassemble|réunit|contribue"
    r"|consacre|adresse|répond|publie)\b)"
)


def of_one(quotes: Sequence[Quote], material: Material, checker: Checker) -> Iterator[Question]:
    """Yield questions of single choice on whose position this is."""
    for quote in quotes:
        shown = position(quote, material)
        if not shown:
            continue
        false = (
            name for name in _others(quote, material, checker) if _is_not_of(name, quote, material, checker)
        )
        wrong = list(islice(false, _WRONG))
        if len(wrong) < 2:
            continue
        proposed = [Choice(quote.speaker, True, quote.text, quote)]
        proposed += [Choice(name, False, _said_by(quote, name, material), quote) for name in wrong]
        stem = wording("quiz-voix" if "[…]" in shown else "quiz-voix-phrase").substitute()
        ordered = sorted(proposed, key=lambda choice: choice.text.casefold())
        yield Question(QuestionKind.SINGLE, stem, (quote,), shown, tuple(ordered))


def of_several(quotes: Sequence[Quote], material: Material, checker: Checker) -> Iterator[Question]:
    """Yield questions of multiple choice on the positions of one organisation."""
    for usable, masked in _alike_shown(quotes, material):
        for speaker in dict.fromkeys(quote.speaker for quote in usable):
            own = _apart([quote for quote in usable if quote.speaker == speaker], 2)
            if len(own) < 2:
                continue
            others = (
                quote
                for quote in usable
                if quote.speaker != speaker
                and speaker in _others(quote, material, checker)
                and _is_not_of(speaker, quote, material, checker)
            )
            wrong = _apart(others, _WRONG, own)
            if len(wrong) < 2:
                continue
            proposed = [Choice(_between(position(quote, material)), True, quote.text, quote) for quote in own]
            proposed += [
                Choice(_between(position(quote, material)), False, _said_by(quote, speaker, material), quote)
                for quote in wrong
            ]
            stem = wording("quiz-positions" if masked else "quiz-positions-phrase").substitute(
                of_speaker=of_named(speaker)
            )
            ordered = sorted(proposed, key=lambda choice: choice.text.casefold())
            yield Question(QuestionKind.MULTIPLE, stem, tuple(own), choices=tuple(ordered))


def matching(quotes: Sequence[Quote], material: Material, checker: Checker) -> Iterator[Question]:
    """Yield questions that match positions with organisations, each position with one only."""
    for usable, masked in _alike_shown(quotes, material):
        for skipped in range(0, min(len(usable), 9), 2):
            chosen: list[Quote] = []
            for quote in usable[skipped:]:
                if len(chosen) >= _PAIRS or quote.speaker in [one.speaker for one in chosen]:
                    continue
                if all(
                    _excludes(quote, one, material, checker) and _excludes(one, quote, material, checker)
                    for one in chosen
                ):
                    chosen.append(quote)
            if len(chosen) >= 3:
                stem = wording("quiz-relier" if masked else "quiz-relier-phrase").substitute()
                pairs = tuple((position(quote, material), quote.speaker, quote) for quote in chosen)
                yield Question(QuestionKind.MATCHING, stem, tuple(chosen), pairs=pairs)


def _alike_shown(quotes: Sequence[Quote], material: Material) -> list[tuple[list[Quote], bool]]:
    """Return the quotes whose speaker may be asked for: those with the name masked, and the others."""
    shown = [(quote, position(quote, material)) for quote in quotes]
    return [
        ([quote for quote, text in shown if text and ("[…]" in text) == masked], masked)
        for masked in (True, False)
    ]


def in_short(quotes: Sequence[Quote], material: Material) -> Iterator[Question]:
    """Yield open questions: a position of one organisation on the theme."""
    for quote in {one.speaker: one for one in reversed(quotes) if one.speaker}.values():
        if quote.speaker:
            stem = wording("quiz-position-courte").substitute(
                of_speaker=of_named(quote.speaker), theme=material.theme
            )
            same = [one for one in quotes if one.speaker == quote.speaker][:3]
            yield Question(QuestionKind.SHORT, stem, tuple(same))


def swapped(quote: Quote, material: Material, checker: Checker) -> str:
    """Return the quote with another organisation for its own, that no passage bears out; or nothing."""
    if quote.speaker and (quote.speaker in material.organisations.named_in(quote.text) or not quote.relayed):
        for name in _others(quote, material, checker)[:4]:
            statement = _said_by(quote, name, material)
            if statement and checker.is_false(statement, quote):
                return statement
    return ""


def position(quote: Quote, material: Material) -> str:
    """Return a quote with « […] » for its speaker's name; empty when that would tell or mean nothing."""
    if not quote.speaker or set(material.organisations.named_in(quote.text)) - {quote.speaker}:
        return ""
    if quote.speaker in material.organisations.named_in(quote.text):
        shown = material.organisations.masked(quote.text, quote.speaker)
        told = shown.count("[…]") == 1 and re.match(r"\[…\] \w", shown) and not _PORTRAIT.match(shown)
        return shown if told else ""
    return "" if quote.relayed else quote.text


def _others(quote: Quote, material: Material, checker: Checker) -> list[str]:
    """Return the organisations whose texts do not say what a quote says, those that speak nearby first."""
    speaking = dict.fromkeys(
        one.speaker for one in (*material.quotes, *material.around) if one.speaker not in ("", quote.speaker)
    )
    saying = checker.speakers_like(quote.text, list(speaking))
    return [name for name in speaking if name not in saying]


def _said_by(quote: Quote, name: str, material: Material) -> str:
    """Return what a quote would be, said by another; empty when French would not say it so."""
    shown = material.organisations.masked(quote.text, quote.speaker)
    if quote.speaker in material.organisations.named_in(quote.text) and shown.count("[…]") != 1:
        return ""
    if shown.count("[…]") == 1:
        article = named(name)
        return shown.replace("[…]", article[:1].upper() + article[1:] if shown.startswith("[…]") else article)
    return f"Selon {named(name)}, {uncapitalised(quote.text)}"


def _excludes(quote: Quote, other: Quote, material: Material, checker: Checker) -> bool:
    return other.speaker in _others(quote, material, checker) and _is_not_of(
        other.speaker, quote, material, checker
    )


def _is_not_of(name: str, quote: Quote, material: Material, checker: Checker) -> bool:
    """Say whether a quote, said by another organisation, is borne out by nothing."""
    statement = _said_by(quote, name, material)
    return bool(statement) and checker.is_false(statement, quote)


def _apart(quotes: Iterable[Quote], most: int, taken: Sequence[Quote] = ()) -> list[Quote]:
    chosen: list[Quote] = []
    for quote in quotes:
        if all(alike(quote.text, one.text) < 0.5 for one in (*taken, *chosen)):
            chosen.append(quote)
        if len(chosen) >= most:
            break
    return chosen


def _between(text: str) -> str:
    return f"«\u00a0{text}\u00a0»"
