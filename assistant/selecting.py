"""Which sentences answer a question: each is scored by what it holds and by where it stands.

What counts: the words of the question that it holds (weighted by how rare each is), its likeness in
meaning, the score of its passage, how near the question is to a field question that the place it
stands in answers, and whether it holds the kind of thing asked for.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking import Asked, Form
from assistant.expecting import Expected, holds
from assistant.quotable import Quotable, quotable_sentences
from index.documents import FieldQuestion, Passage, ScoredPassage
from index.french import analyse
from index.library import Library

# Chosen on 155 questions with marked answers; weights learned on 819 held-out field questions, linear
# or boosted trees, over 27 features, did no better on those.
_COVERAGE, _LIKENESS, _PASSAGE, _LOCATED = 0.5, 2.5, 1.5, 2.25
_EXPECTED, _DEFINES, _VOICE, _DEPENDENT, _NOTE, _TOLD_HOW = 0.8, 0.6, 0.3, 0.15, 0.4, 0.6
_PASSAGE_FOLLOWED = 3.0  # in a conversation the words of the question alone tell less than where it led
_SHARE_OF_A_THEME = 0.5  # of what the kind expected brings: figures are one thing among others there
_NOTES = ("note", "référence bibliographique")
# Titles of the parts of an account of experience: how it was done, and what it is told with.
_HOW = re.compile(
    r"actions?\b.*(?:réalisé|menée|mise)|étapes|déroul|mise en œuvre|modalités|chronologie|méthod|démarche"
    r"|calendrier|fonctionnement|organisation|comment\b|préconisations?|recommandations?|leviers|conseils"
    r"|conditions? de réussite",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:objectifs?|publics?|constats?|porteurs?|structures?|partenaires?|contacts?)\b|contexte|enjeux"
    r"|présentation",
    re.IGNORECASE,
)
# Openings that lean on the sentence before…
_LEANING = (
    r"Elles?|Ils?|(?:Cel(?:le|ui|les)|Ceux)(?:-ci|-là)?|Ce(?:tte)? derni\w+|Ces derni\w+|Ces (?:deux|trois"
    r"|quatre)|"
    r"Cela|Ceci|Ainsi|Or|Mais|En effet|De plus|De même|Par ailleurs|Enfin|Ensuite|Car|C[’']est|En outre"
    r"|Toutefois|"
    r"Cependant|Néanmoins|Pour autant|Au contraire|D[’']autre part|Dès lors|De ce fait|Par conséquent|Et|Puis"
)
_LEANS = re.compile(rf"(?:[«“\"]\s*)?(?:{_LEANING})\b")
# …and those that cannot be understood without it. « Il faut », « il existe » name nobody.
_IMPERSONAL = (
    r"faut|faudr\w+|s[’']agi\w+|convien\w+|conviendr\w+|existe\w*|y (?:a|aura|avait)|importe\w*|reste"
    r"|semble\w*|"
    r"paraît|apparaît|apparaitrait|manque|suffit|en (?:a |est )?(?:résult\w+|va|ressort\w*)|(?:est|sera"
    r"|serait|n[’']est|était)"
    r"(?: (?!pas\b)\w+){0,2} (?:de|d[’']\w+|que|qu[’']\w+)|est (?:pas|donc|aussi|ainsi|temps|à noter|clair)"
)
_LINKED = (
    r"(?:(?:Or|Mais|Ainsi|Enfin|Et|Pourtant|De plus|En effet|Pour autant|Toutefois|Cependant|Aussi),? )?"
)
_ORPHAN = re.compile(
    rf"(?:[«“\"]\s*)?{_LINKED}(?:[Ee]lles?\b|[Ii]ls?\b(?! (?:ne |n[’'])?(?:{_IMPERSONAL}))|"
    r"(?:[Cc]el(?:le|ui|les)|[Cc]eux)(?:-ci|-là|\b(?! qu| de| d[’']))|[Cc]e(?:tte|t|s)?\b(?! (?:qu"
    r"|n[’']est pas|sont|fut))"
    r"|(?:[Ss]elon|[Pp]our|[Dd][’']après|[Cc]hez) (?:lui|elle|eux|elles)\b|[Cc]ela\b|[Cc]eci\b"
    r"|[Cc][’']est (?:en ce sens|pourquoi|ce|là|ainsi)\b|Parmi (?:eux|elles)\b"
    r"|[Ll][’']une? (?:d|et)|[Ll]eurs? )|(?:[«“\"]\s*)?(?:(?:[\w’]+ ){0,3}[\w’]+, )?[Ss](?:on|a|es) \w"
)
_DEFINING = re.compile(
    r"\b(?:se défini\w+|peut se définir|on entend par|désign\w+|(?:est|sont) (?:un|une|des|à comprendre"
    r"|l[’'])"
    r"|consiste|vise à|signifie|c[’']est-à-dire|défini\w* comme|renvoie)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be quoted, with its score (higher is better).

    ``likeness`` is its cosine with the question, ``coverage`` the share of the question's words that
    it holds, each weighing by its rarity; ``asked`` holds those words as search terms, ``also`` the
    other passages that say the same.
    """

    passage: Passage
    also: tuple[Passage, ...]
    quotable: Quotable
    terms: frozenset[str]
    likeness: float
    coverage: float
    score: float
    asked: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        """Where it begins in its document."""
        return self.quotable.start

    @property
    def end(self) -> int:
        """Where it ends in its document."""
        return self.quotable.end

    @property
    def text(self) -> str:
        """Its text on one line."""
        return self.quotable.text

    @property
    def place(self) -> tuple[str, int]:
        """Its document and where it begins there: what tells it from every other."""
        return self.passage.doc_id, self.start

    def is_orphan(self) -> bool:
        """Say whether it names by a pronoun what only the sentence before it names in full."""
        return is_orphan(self.text, self.asked)


def is_orphan(text: str, asked: Collection[str] = ()) -> bool:
    """Say whether a sentence names by a pronoun what only the one before it names in full.

    « Cet accueil… » names what the question asks about, when ``asked`` holds that word.
    """
    match = _ORPHAN.match(text)
    if match is None:
        return False
    noun = analyse(text[match.end() :][:40])[:1]
    return not (match.group()[:1] in "Cc" and noun and noun[0] in asked)


def scored(
    library: Library,
    question: str,
    asked: Asked,
    found: Sequence[ScoredPassage],
    history: Sequence[str] = (),
    theme: str = "",
    voices: Sequence[str] = (),
) -> list[Sentence]:
    """Return the sentences of the passages that can be quoted, best first.

    ``voices`` are the organisations that the question names, ``theme`` the question without their
    names: left in, they would bring their self-portraits.
    """
    rows = _candidates(found)
    theme = theme or question
    likeness = library.likeness(theme, [one.text for _, one in rows])
    mass = _mass(library, theme, history)
    total = sum(mass.values()) or 1.0
    words = frozenset(mass)
    top = max((one.score for one in found), default=1.0) or 1.0
    place = _PASSAGE_FOLLOWED if history else _PASSAGE
    spans = _answered_spans(library, question, found)
    sentences = []
    for (one, quotable), near in zip(rows, likeness, strict=True):
        terms = _terms(quotable.text)
        coverage = sum(mass[term] for term in mass.keys() & terms) / total
        score = _COVERAGE * coverage + _LIKENESS * near + place * one.score / top
        score += _LOCATED * _located(spans.get(one.passage.doc_id, ()), quotable)
        title = " ".join(one.passage.place_at(quotable.start).section[-1:])
        score += _fitting(asked, one.passage, quotable.text, title) + _VOICE * (one.passage.speaker in voices)
        sentences.append(Sentence(one.passage, one.also, quotable, terms, near, coverage, score, words))
    return sorted(sentences, key=lambda sentence: -sentence.score)


def _candidates(found: Sequence[ScoredPassage]) -> list[tuple[ScoredPassage, Quotable]]:
    """Return the sentences of the passages, each once, with the best passage that holds it."""
    rows: dict[tuple[str, int], tuple[ScoredPassage, Quotable]] = {}
    for one in found:
        for quotable in quotable_sentences(one.passage):
            if quotable.whole or quotable.listed >= 0:
                rows.setdefault((one.passage.doc_id, quotable.start), (one, quotable))
    return list(rows.values())


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    """Return the search terms of a sentence; the same ones are read for question after question."""
    return frozenset(analyse(text))


def _mass(library: Library, question: str, history: Sequence[str]) -> dict[str, float]:
    """Return the terms of the question, each with its weight and rarity."""
    weights = library.lexical.weights(question, history)
    return {term: weight * library.lexical.idf(term) for term, weight in weights.items()}


def _answered_spans(
    library: Library, question: str, found: Sequence[ScoredPassage]
) -> Mapping[str, list[tuple[FieldQuestion, float]]]:
    """Return by document the field questions of the passages, with their likeness to the question."""
    asked = {(one.passage.doc_id, field): field.text for one in found for field in one.passage.questions}
    spans: dict[str, list[tuple[FieldQuestion, float]]] = {}
    for (doc_id, field), near in zip(asked, library.likeness(question, list(asked.values())), strict=True):
        spans.setdefault(doc_id, []).append((field, near))
    return spans


def _located(spans: Sequence[tuple[FieldQuestion, float]], quotable: Quotable) -> float:
    """Return the likeness of the nearest field question that this sentence helps to answer."""
    middle = (quotable.start + quotable.end) // 2
    return max((near for field, near in spans if field.start <= middle < field.end), default=0.0)


def _fitting(asked: Asked, passage: Passage, text: str, title: str) -> float:
    """Return what the form of a sentence adds, beside what the question asks for."""
    wanted = [kind for kind in asked.expected if kind is not Expected.REASON]
    share = _SHARE_OF_A_THEME if asked.form is Form.THEME else 1.0
    score = share * _EXPECTED * any(holds(kind, text) for kind in wanted)
    score += _DEFINES * (asked.form is Form.DEFINITION and _DEFINING.search(text) is not None)
    if asked.form is Form.HOWTO:
        score += _TOLD_HOW * (bool(_HOW.search(title)) - bool(_FRAME.search(title)))
    score -= _DEPENDENT * (_LEANS.match(text) is not None)
    return score - _NOTE * (passage.kind in _NOTES)
