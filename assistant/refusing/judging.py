"""Whether to answer: refused when what is asked for was looked for and not found, with its reason.

Refusing an answerable question costs as much as answering one that has no answer, so each check is
narrow, and a refusal shows the nearest passages whenever there are some.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answers import Status
from assistant.asking import Asked, Expected, Form
from assistant.privacy import details
from assistant.refusing import lacking
from assistant.refusing.authorities import in_danger, who_knows
from assistant.refusing.quantities import kinds_asked
from assistant.refusing.weighing import asking_part, likely_lacking
from index.documents import ScoredPassage
from index.library import Library
from index.prompting import wording

# Whether the library answers, a logistic regression over the best fused score (which grows with the
# library, hence divided by the logarithm of its passages), the share of the question that a passage
# holds and the likeness of the nearest sentence. Fitted on three libraries (benchmarks/refusals.py
# scope); it only keeps out what is far: what is near without answering is weighed after it.
_SCORE, _COVERAGE, _LIKENESS, _ORIGIN = 27.8, 2.87, 7.3, -5.98
ANSWERS = 0.4
RELATED_SCORE, RELATED_COVERAGE = 0.45, 0.25
# A question made for this share of words that no document holds is out of scope, unless a passage is
# as near as this all the same (misspelt words are unknown too).
OUT_OF_SCOPE, SURE_SCORE = 0.35, 0.9
TELLING_SIZE = 300  # passages: a smaller library lacks many ordinary words
# How likely what is asked for must be lacking, for the answer to be refused: a figure, anything else.
# Chosen on questions that the weights were not learned from (benchmarks/refusals.py).
LACKING_FIGURE, LACKING = 0.63, 0.85
_BROAD = (Form.THEME, Form.COMPARISON)  # asks for more than one thing
_COVERED = 5  # documents named, of those of the library
_KINDS: tuple[tuple[Expected, str], ...] = (
    (Expected.AMOUNT, "le montant demandé"),
    (Expected.RATE, "le taux demandé"),
    (Expected.AGE, "l’âge demandé"),
    (Expected.DURATION, "la durée demandée"),
    (Expected.COUNT, "le nombre demandé"),
    (Expected.DATE, "la date demandée"),
)


class Near(Protocol):
    """A sentence with its likeness to the question, a cosine."""

    @property
    def likeness(self) -> float:
        """Its cosine with the question."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: ``opening`` says it in French, and where to look.

    ``status`` is ``RELATED`` when the nearest passages are worth showing, else ``NONE``.
    """

    status: Status
    opening: str


def refused(
    library: Library,
    question: str,
    asked: Asked,
    found: Sequence[ScoredPassage],
    sentences: Sequence[Near],
) -> Refusal | None:
    """Return why the passages found do not answer the question, ``None`` when they may.

    ``found`` are the passages retrieved, best first; ``sentences`` what could be quoted of them.
    """
    score = max((scored.score for scored in found), default=0.0)
    coverage = max((scored.coverage for scored in found), default=0.0)
    likeness = max((sentence.likeness for sentence in sentences), default=0.0)
    answers = chance_of_answering(library.lexical.size, score, coverage, likeness) >= ANSWERS
    near = score >= RELATED_SCORE or coverage >= RELATED_COVERAGE
    if not near or _out_of_scope(library, question, score):
        return Refusal(Status.NONE, _said(question, wording("none").substitute(), _covered(library)))
    reason = _reason(library, question, asked, found)
    if sentences and not reason and answers:
        return None
    reason = reason or wording("refus-sans-reponse").substitute()
    return Refusal(Status.RELATED, _said(question, reason, wording("refus-proches").substitute()))


def chance_of_answering(size: int, score: float, coverage: float, likeness: float) -> float:
    """Return how likely a library of ``size`` passages answers, 0 to 1.

    ``score`` is the best fused score, ``coverage`` the best share of the question that a passage
    holds, ``likeness`` the best cosine of a sentence.
    """
    logit = (
        _SCORE * score / math.log(max(size, 2))
        + _COVERAGE * min(coverage, 1.0)
        + _LIKENESS * likeness
        + _ORIGIN
    )
    return 1 / (1 + math.exp(-logit))


def _out_of_scope(library: Library, question: str, score: float) -> bool:
    telling = library.lexical.size >= TELLING_SIZE and score < SURE_SCORE
    return telling and lacking.unknown_share(library, question) >= OUT_OF_SCOPE


def _reason(library: Library, question: str, asked: Asked, found: Sequence[ScoredPassage]) -> str:
    """Return in French what is asked for that the passages lack, ``""`` when no check says so."""
    later = lacking.later_year(library, question, found)
    if later:
        year, latest = later
        name = "refus-loi" if lacking.is_law(question, year) else "refus-annee"
        return wording(name).substitute(year=year, latest=latest)
    asking = asking_part(question)  # where one works, told before, is not what is asked for
    told = impersonal(asking)
    missing = lacking.name_missing(library, told, found)
    if missing:  # beside a person, the name of a place identifies as well
        named = wording("refus-nom").substitute(name=missing)
        return named if told == asking else wording("refus-a-cote").substitute()
    if lacking.contact_missing(question, found):
        return wording("refus-coordonnees").substitute()
    if lacking.detail_missing(question, found):
        return wording("refus-detail").substitute()
    if lacking.is_own_case(asking):
        return wording("refus-situation").substitute()
    if asked.form in _BROAD:
        return ""
    kinds = kinds_asked(question)
    if likely_lacking(library, question, asked, found, kinds) <= (LACKING_FIGURE if kinds else LACKING):
        return ""
    if not kinds:
        return wording("refus-a-cote").substitute()
    return wording("refus-chiffre").substitute(thing=next(said for kind, said in _KINDS if kind in kinds))


def impersonal(question: str) -> str:
    """Return a question with blanks over what identifies a person: it is never said back."""
    for detail in details(question):
        question = question[: detail.start] + " " * len(detail.text) + question[detail.end :]
    return question


def _said(question: str, *parts: str) -> str:
    """Return the paragraphs of a refusal: danger first, the reason, who would know."""
    knows = who_knows(question)
    where = [wording("refus-ou-chercher").substitute(authorities="\u00a0; ".join(knows))] if knows else []
    said, *rest = parts
    return "\n\n".join(part for part in (in_danger(question), said, *where, *rest) if part)


def _covered(library: Library) -> str:
    """Return what the library covers, by the titles of its documents, the reports first."""
    documents = sorted(library.heads(), key=lambda document: bool(document.references))
    titles = [
        f"«\u00a0{_inside_quotes(document.short_title or document.title)}\u00a0»" for document in documents
    ]
    if not titles:
        return ""
    if len(titles) > _COVERED:
        titles[_COVERED:] = [f"et {len(titles) - _COVERED} autres documents"]
    return wording("refus-couverture").substitute(covered=", ".join(titles))


def _inside_quotes(title: str) -> str:
    """Return a title with its own quote marks made those of a quote inside another."""
    return re.sub(r"«[\s\u00a0\u202f]*", "“", re.sub(r"[\s\u00a0\u202f]*»", "”", title))
