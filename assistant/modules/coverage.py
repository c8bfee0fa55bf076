"""Whether the library covers a theme: all of it, one half and which, or not, and what it covers nearby."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations import one_line
from assistant.modules.material import Material, gathered
from assistant.modules.module import NotCovered, Quote
from assistant.modules.selection import EVERYTHING, Selection
from index.documents import ScoredPassage
from index.french import analyse, is_sigle, stem, words
from index.lexicon import Lexicon, lexicon_file
from index.library import Library
from index.prompting import wording

# A theme is covered when the best passage scores this and this many sentences are on it.
_SCORE, _SENTENCES, _PLACES = 0.45, 8, 4
_MEANT = 0.5  # share of the words that a sigle stands for, for a sentence to speak of it
_NAMED = 4  # sentences that hold its main word
_BEST = 20  # passages in which a part of a theme is looked for
_HARDLY, _MISSING, _UNKNOWN = 2, 0.55, 9.0  # sentences for each word of a part; share of a theme; an idf
_NEAR, _LITTLE = 5, 3  # covered themes named, quotes shown of a theme that is not covered
_PARTS = re.compile(r"\s*(?:[,;/]|\bet\b|\bainsi que\b|\bou\b)\s*", re.IGNORECASE)
_COMMON = frozenset(
    stem(word)
    for word in """
    travail social sociaux travailleur travailleuse action intervention pratique question enjeu approche
    notion thème aujourd’hui France français nouveau évolution place rôle lien rapport métier professionnel
    personne public situation accompagner secteur service équipe comment pourquoi mieux faire
    repère introduction initiation découverte""".split()
)
GENERIC = re.compile(
    r"introduction|conclusion|sommaire|annexe|essentiel|synthèse|préambule|avant-propos"
    r"|exposé des motifs|notes|propositions?$"
    r"|contexte|impacts? financiers?|acteurs|perspectives|objectifs?|conditions|évaluation|recommandations",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Covered:
    """A theme that the library covers: its matter, and the parts or words of it that are missing."""

    material: Material
    missing: tuple[str, ...] = ()


def judged(library: Library, theme: str, selection: Selection = EVERYTHING) -> Covered | NotCovered:
    """Return the matter of a theme, or why there is none. Raises ``UsageError`` as ``retrieve`` does."""
    material = gathered(library, theme, selection)
    told = _Told(library, material)
    parts = [part for part in _PARTS.split(theme) if key_words(part)]
    missing = tuple(part for part in parts if told.lacks(key_words(part))) if len(parts) > 1 else ()
    held = [part for part in parts if part not in missing]
    if missing and held:
        narrowed = " et ".join(held)
        material = gathered(library, narrowed, selection)
        told = _Told(library, material)
        theme = narrowed
    absent = tuple(word for word in key_words(theme) if not told.times(word))
    if not told.enough or told.mass(absent) > _MISSING * told.mass(key_words(theme)):
        return _refused(library, theme, material)
    return Covered(material, (*missing, *absent))


class _Told:
    """How much the sentences found for a theme speak of each of its words, or of others that mean it."""

    def __init__(self, library: Library, material: Material) -> None:
        self._library = library
        self._material = material
        self._lexicon = Lexicon(lexicon_file(), library.glossary)
        self._terms = [
            frozenset(analyse(f"{quote.text} {quote.title} {quote.section}")) for quote in material.quotes
        ]

    def times(self, word: str) -> int:
        """Return how many sentences hold a word, or one that means the same, or stand under it."""
        terms = set(analyse(word))
        meant = set(self._lexicon.expand(sorted(terms))) if is_sigle(word) else set()
        return sum(
            bool(terms & held) or (len(meant) > 1 and len(meant & held) > _MEANT * len(meant))
            for held in self._terms
        )

    def lacks(self, kept: Sequence[str]) -> bool:
        """Say whether hardly any sentence or passage speaks of these words."""
        near = [frozenset(analyse(one.passage.prose)) for one in self._material.passages[:_BEST]]
        read = sum(bool(set(analyse(word)) & held) for word in kept for held in near)
        return max(read, sum(self.times(word) for word in kept)) < _HARDLY * len(kept)

    def mass(self, kept: Iterable[str]) -> float:
        """Return how much words weigh, by rarity; a word that no document holds weighs most."""
        idf = self._library.lexical.idf
        return sum(max((idf(term) or _UNKNOWN for term in analyse(word)), default=0.0) for word in kept)

    @property
    def enough(self) -> bool:
        """Say whether there is matter for a module."""
        material = self._material
        best = max((one.score for one in material.passages), default=0.0)
        kept = key_words(material.theme) or words(material.theme)
        named = max((self.times(word) for word in kept), default=0)
        places = len(material.places) >= _PLACES and len(material.quotes) >= _SENTENCES
        return best >= _SCORE and places and named >= _NAMED


def key_words(theme: str) -> list[str]:
    """Return the words that say what a theme is about, as written."""
    kept = []
    for word in words(theme):
        terms = analyse(word)
        if len(word) > 2 and terms and terms[0] not in _COMMON:
            kept.append(word)
    return kept


def _refused(library: Library, theme: str, material: Material) -> NotCovered:
    near = nearest_themes(library, theme, material.passages)
    little = _little(library, theme, material)
    shown = wording("module-refus-proches").substitute(themes="\u00a0; ".join(near)) if near else ""
    reason = wording("module-refus").substitute(theme=theme)
    return NotCovered(f"{reason} {shown}".strip(), near, little)


def _little(library: Library, theme: str, material: Material) -> tuple[Quote, ...]:
    """Return the few sentences that hold a word of the theme."""
    asked = {term for word in key_words(theme) for term in analyse(word)}
    rows = [quote for quote in (*material.quotes, *material.around) if asked & set(analyse(quote.text))]
    return tuple(sorted(rows, key=lambda quote: -quote.score)[:_LITTLE])


def nearest_themes(library: Library, theme: str, found: Sequence[ScoredPassage]) -> tuple[str, ...]:
    """Return the titles of what the library covers nearest to a theme."""
    scores: dict[str, float] = {}
    for one in found:
        document = library.document(one.passage.doc_id)
        fiche = document is not None and bool(document.references)
        section = one.passage.section[-1] if one.passage.section else ""
        heading = re.sub(r"^[\W\dIVX]+[.)/-]\s*", "", section)
        title = one_line(one.passage.title if fiche else heading)
        if 2 <= len(title.split()) <= 16 and not (not fiche and (GENERIC.search(title) or title.isupper())):
            scores.setdefault(title, one.score)
    likeness = dict(zip(scores, library.likeness(theme, list(scores)), strict=True))
    ranked = sorted(scores, key=lambda title: -(scores[title] + likeness[title]))
    return tuple(ranked[:_NEAR])
