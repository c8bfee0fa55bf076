"""What a question names of the library: organisations, documents, years, kinds of passage.

What is named comes forward, nothing is left out: « que dit la CFDT du livre blanc de 2023 ? » still
finds the union's words printed elsewhere. To leave out, there are ``index.filters``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from index.documents import Document, Passage, ScoredPassage
from index.french import analyse
from index.kinds import PassageKind
from index.speakers import SPEAKER_ALIASES, named_speakers, naming_terms

# Added to the fused score of a passage that the question names in this way. The first was weighed on
# dev and on 600 held-out questions, with the words that name a speaker left out of the search (dev
# r@5 0.921 to 0.935, held-out unchanged); 0.4 and more lost on held-out. The kind gained nothing
# sure there; documents and years cannot be measured on one report and are kept low.
SPEAKER_BONUS, DOCUMENT_BONUS, YEAR_BONUS, KIND_BONUS = 0.2, 0.1, 0.1, 0.05
PROMISED = 2  # passages of each of several speakers that come right after the first result
_DOCUMENT_WORDS = frozenset(
    term
    for word in "livre rapport avis déclaration dossier article guide fiche enquête étude schéma charte "
    "communiqué contribution note référentiel plan".split()
    for term in analyse(word)
)
_DATED = re.compile(
    r"\b(?:publi\w+|paru\w*|dat\w+|rapports?|textes?|avis|livre|éditions?|documents?|articles?|enquêtes?)\b"
    r"[^?.,;:]{0,25}?\b((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_KINDS = (
    (PassageKind.RECOMMENDATION, re.compile(r"\b(?:recommand|préconis|propos|pistes?\b|solutions?\b)", re.I)),
    (PassageKind.EXPERIENCE, re.compile(r"\b(?:témoign|expérience|paroles?\b|exemples?\b|vécu)", re.I)),
    (PassageKind.DEFINITION, re.compile(r"\b(?:défini|c[’']est quoi|qu[’']est-ce|signifie)", re.I)),
)


@dataclass(frozen=True, slots=True)
class Named:
    """What one question names; ``terms`` are the search terms that only say who speaks."""

    speakers: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()

    def bonus(self, passage: Passage) -> float:
        """Return what a passage gains for being named."""
        return (
            SPEAKER_BONUS * (passage.speaker in self.speakers)
            + DOCUMENT_BONUS * (passage.doc_id in self.documents)
            + YEAR_BONUS * (passage.date[:4] in self.years)
            + KIND_BONUS * (passage.kind in self.kinds)
        )


class Names:
    """The names that a library answers to."""

    def __init__(self, documents: Iterable[Document], speakers: Sequence[str]) -> None:
        self._speakers = speakers
        self._titles = {document.doc_id: analyse(document.title) for document in documents}

    def in_question(self, question: str) -> Named:
        """Return what a question names."""
        speakers = tuple(named_speakers(question, self._speakers, SPEAKER_ALIASES))
        return Named(
            speakers,
            self._documents(analyse(question)),
            frozenset(_DATED.findall(question)),
            frozenset(kind.value for kind, asked in _KINDS if asked.search(question)),
            naming_terms(question, speakers, SPEAKER_ALIASES),
        )

    def _documents(self, asked: Sequence[str]) -> frozenset[str]:
        """Return the documents named by their whole title or as « livre blanc », « rapport X »."""
        spoken = {pair for pair in pairwise(asked) if pair[0] in _DOCUMENT_WORDS}
        found = frozenset(
            doc_id
            for doc_id, title in self._titles.items()
            if spoken & set(pairwise(title)) or (len(title) > 2 and set(title) <= set(asked))
        )
        return found if len(found) <= max(1, len(self._titles) // 2) else frozenset()


def put_forward(found: Sequence[ScoredPassage], named: Named) -> list[ScoredPassage]:
    """Return results ranked again, what the question names first among its likes.

    A question that names several speakers gets the best passages of each right after the first
    result, so that one who has much to say does not hide the others.
    """
    raised = [replace(scored, score=scored.score + named.bonus(scored.passage)) for scored in found]
    ranked = sorted(raised, key=lambda scored: -scored.score)
    if len(named.speakers) < 2 or len(ranked) < 2:
        return ranked
    promised = [_best_of(ranked, speaker) for speaker in named.speakers]
    turns = [turn for group in zip_longest(*promised) for turn in group if turn is not None]
    first = [ranked[0], *(scored for scored in turns if scored is not ranked[0])]
    lifted = [replace(scored, score=max(ranked[1].score, scored.score)) for scored in first[1:]]
    return [ranked[0], *lifted, *(scored for scored in ranked if all(scored is not one for one in first))]


def _best_of(ranked: Sequence[ScoredPassage], speaker: str) -> list[ScoredPassage]:
    """Return the first passages of a speaker, each text once."""
    own: dict[str, ScoredPassage] = {}
    for scored in ranked:
        if scored.passage.speaker == speaker:
            own.setdefault(scored.passage.text_id, scored)
    return list(own.values())[:PROMISED]
