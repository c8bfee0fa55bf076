"""The quantities a text holds: rates, amounts, durations, ages, dates, and things counted.

A digit is not a figure: years, the numbers of measures, pages, laws and footnotes count nothing.
"""

import re
from dataclasses import dataclass

from assistant.asking import Expected, asked

QUANTIFIED = frozenset(
    {Expected.RATE, Expected.AMOUNT, Expected.COUNT, Expected.DURATION, Expected.AGE, Expected.DATE}
)
_WORD = (
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cent|mille"
)
_ROUND = r"milliers?|millions?|milliards?|(?:diz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?"
_NUMBER = rf"(?:\d+(?:[\s.,]\d+)*|\b(?:{_WORD}|{_ROUND})\b)"
_TIME = r"(?:ans?|années?|mois|semaines?|jours?|journées?|heures?|h|minutes?|secondes?)\b"
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_PATTERNS: dict[Expected, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in (
        (
            Expected.RATE,
            rf"\d+(?:[.,]\d+)?\s?%|{_NUMBER}\s+pour\s?cent\b|\b{_NUMBER}\s+sur\s+{_NUMBER}"
            r"|\b(?:moitié|tiers|quarts?|majorité)\b|\bune? \w+ sur (?:deux|trois|quatre|cinq|dix)\b",
        ),
        (
            Expected.AMOUNT,
            rf"{_NUMBER}\s+(?:(?:millions?|milliards?)\s+(?:d[’'])?)?(?:€|euros?\b|k€|M€|points?\b)|\d\s?[kM]?€"
            rf"|\d+(?:[.,]\d+)?\s?%|{_NUMBER}\s+(?:millions?|milliards?)\b(?!\s+d[e’'])",
        ),
        (Expected.DURATION, rf"(?:{_NUMBER}|\bune?)\s+{_TIME}|\d\s?h\b"),
        (Expected.AGE, rf"{_NUMBER}\s+ans\b"),
        (Expected.DATE, rf"\b(?:1[89]|20)\d\d\b|\b\d{{1,2}}(?:er)?\s+{_MONTH}\b"),
    )
}
_COUNTED = re.compile(_NUMBER, re.IGNORECASE)
# What a number labels rather than counts, before and after it.
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:mesures?|fiches?|annexes?|axes?|objectifs?|propositions?|résolutions?|préconisations?|articles?|art"
    r"|niveaux?|séances?|pages?|p|pp|n|no|loi|lois|décrets?|chapitres?|parties?|tables?|convention|ccnt|cc"
    r"|recommandations?|grades?|catégories?|bac|covid|volet|titre|pilier|phase|étape|collège|op|cit|vol)"
    r"[\s.°º-]*(?:n[°º]\s*)?|[LRD]\.?\s?\d*-?|[-/+°º]|\d[\s.,-]|[^\W\d_])$",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(
    rf"\s*(?:%|€|k€|M€|euros?\b|pour\s?cent\b|(?:er|ère|ème|e|nd|nde)\b|{_MONTH}|{_TIME}|[-/°º]\s?\w|[:.]\s)",
    re.IGNORECASE,
)
_WHAT = r"\bquel(?:le)?s? (?:est |sont |était |a été |serait )?(?:la |le |les |l[’'])?"
_SUMS = (
    r"montants?|prix|co[uû]ts?|budgets?|salaires?|tarifs?|primes?|somme|enveloppe|indemnités?|rémunérations?|frais"
    r"|traitements?|bourses?|subventions?|loyers?|amendes?|cotisations?|économies?|contribution (?:de|vie)"
)
_HOW_MANY = re.compile(r"\b(?:combien|cb|cmb|quand|quelles? années?|quel âge)\b", re.IGNORECASE)
_NAMED: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (Expected.AMOUNT, re.compile(rf"{_WHAT}(?:{_SUMS})\b", re.IGNORECASE)),
    (Expected.RATE, re.compile(rf"{_WHAT}(?:taux|proportion|pourcentages?|part|ratio)\b", re.IGNORECASE)),
    (Expected.AGE, re.compile(rf"{_WHAT}âge\b", re.IGNORECASE)),
    (Expected.DURATION, re.compile(rf"{_WHAT}(?:durée|délai|quotité|volume horaire)\b", re.IGNORECASE)),
    (Expected.DATE, re.compile(rf"{_WHAT}(?:date|échéance)\b", re.IGNORECASE)),
    (
        Expected.COUNT,
        re.compile(
            rf"{_WHAT}(?:nombre|superficie|surface|note|indice|quota|effectif|plafond|seuil)\b", re.IGNORECASE
        ),
    ),
)
_COUNTED_TIME = re.compile(rf"\b(?:combien|nombre(?: \w+)?) d(?:e |[’'])\s?{_TIME}", re.IGNORECASE)
# « sur dix candidats, combien… », « combien d’entre eux » : a share tells it as well.
_OF_ALL = re.compile(
    r"\b(?:sur|parmi) (?:tou(?:s|tes) |l[ae]s? |ceu[xl]|celles|\w+ )"
    r"|\bcombien (?:d[’'] ?entre|des|finissent|sont)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*[)]|\s+[A-ZÀÉ](?:[a-zé’]|\s[a-z])")  # after the number of a footnote
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a kind and where it stands in the text: ``text[start:end]``."""

    kind: Expected
    start: int
    end: int


def kinds_asked(question: str) -> frozenset[Expected]:
    """Return the kinds of quantity that a question asks for; none for a question of another sort."""
    kinds = {kind for kind, named in _NAMED if named.search(question)}
    if _HOW_MANY.search(question):
        kinds |= asked(question).expected & QUANTIFIED
    if Expected.COUNT in kinds and _OF_ALL.search(question):
        kinds |= {Expected.RATE}
    if Expected.COUNT in kinds and _COUNTED_TIME.search(question):
        kinds = kinds - {Expected.COUNT} | {Expected.DURATION}
    return frozenset(kinds)


def quantities(text: str, kinds: frozenset[Expected]) -> list[Quantity]:
    """Return the quantities of these kinds that a text holds, kind by kind in reading order."""
    found = []
    for kind in sorted(kinds & QUANTIFIED):
        if kind is Expected.COUNT:
            found += _counts(text)
        else:
            found += [Quantity(kind, *match.span()) for match in _PATTERNS[kind].finditer(text)]
    return found


def _counts(text: str) -> list[Quantity]:
    return [
        Quantity(Expected.COUNT, *match.span())
        for match in _COUNTED.finditer(text)
        if not (
            _YEAR.match(match.group())
            or _LABEL_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
            or _LABEL_AFTER.match(text, match.end())
            or (match.start() == 0 and _NOTE.match(text, match.end()))
        )
    ]
