"""Who says what on a theme: for each organisation, its sentences nearest to it."""

from dataclasses import dataclass

from assistant.citations import Citation, cite
from assistant.quotable import Quotable, quotable_sentences
from index.documents import Passage
from index.french import analyse
from index.library import Library

SEARCHED = 120  # passages among which voices are looked for
_COVERAGE, _PASSAGE = 0.5, 0.4  # what a sentence gains by the words it holds, and by its passage
_LEAST = 0.48  # of the score of the best sentence: a voice further away does not speak of the theme
_SENTENCES = 3  # shown of one voice


@dataclass(frozen=True, slots=True)
class Voice:
    """What one organisation says of a theme, best first; each sentence has its own marker."""

    speaker: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    passage: Passage
    sentence: Quotable
    score: float


def voices(library: Library, theme: str) -> list[Voice]:
    """Return the organisations that speak of a theme, the one that speaks of it most nearly first."""
    said = sorted(_said(library, theme), key=lambda one: -one.score)
    by_speaker: dict[str, list[_Said]] = {}
    told: set[tuple[str, str]] = set()
    for one in said:
        if one.score < _LEAST * said[0].score:
            break
        speaker = one.passage.speaker
        own = by_speaker.setdefault(speaker, [])
        if speaker and len(own) < _SENTENCES and (speaker, one.sentence.text) not in told:
            told.add((speaker, one.sentence.text))
            own.append(one)
    return [Voice(speaker, _citations(own)) for speaker, own in by_speaker.items() if own]


def _said(library: Library, theme: str) -> list[_Said]:
    """Return the sentences of the passages nearest to a theme, each with how near it is."""
    found = library.retrieve(theme, SEARCHED)
    asked = library.lexical.weights(theme, ())
    weights = {term: weight * library.lexical.idf(term) for term, weight in asked.items()}
    mass = sum(weights.values()) or 1.0
    # A copy may stand in another organisation's text: it says so too.
    places = [(passage, scored.score) for scored in found for passage in (scored.passage, *scored.also)]
    sentences = [
        (passage, score / found[0].score, one)
        for passage, score in places
        for one in quotable_sentences(passage)
        if one.whole
    ]
    likeness = library.likeness(theme, [one.text for *_, one in sentences])
    said = []
    for near, (passage, score, one) in zip(likeness, sentences, strict=True):
        held = frozenset(analyse(one.text))
        coverage = sum(weight for term, weight in weights.items() if term in held) / mass
        said.append(_Said(passage, one, near + _COVERAGE * coverage + _PASSAGE * score))
    return said


def _citations(said: list[_Said]) -> tuple[Citation, ...]:
    return tuple(
        piece
        for marker, one in enumerate(said, start=1)
        for piece in cite(marker, one.passage, one.sentence.start, one.sentence.end)
    )
