"""The kinds of thing that a question asks for by name, and how a text that holds one is recognised."""

import re
from enum import StrEnum


class Expected(StrEnum):
    """A kind of thing that a question asks for by name."""

    RATE = "rate"
    AMOUNT = "amount"
    COUNT = "count"
    DURATION = "duration"
    DATE = "date"
    AGE = "age"
    LEVEL = "level"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    LAW = "law"
    TITLE = "title"
    REASON = "reason"


NUMBER_WORD = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|vingt|\d{1,2})"
)
FIGURES = frozenset({Expected.RATE, Expected.AMOUNT, Expected.DURATION, Expected.AGE, Expected.COUNT})
_FIGURE = r"\d"
_HELD: dict[Expected, re.Pattern[str]] = {
    kind: re.compile(held, flags)
    for kind, held, flags in (
        (
            Expected.RATE,
            r"\d\s?%|\bsur (?:dix|cent|deux|trois|quatre|cinq)\b|\btiers\b|\bmoitié\b|\bquarts?\b",
            re.IGNORECASE,
        ),
        (Expected.AMOUNT, r"\d[\d\s.,]*\s?(?:€|euros?|M€|k€|millions?|milliards?|points?)", re.IGNORECASE),
        (
            Expected.DURATION,
            rf"(?:\d+|\b{NUMBER_WORD}|\bun)\s(?:ans?|années?|mois|jours?|heures?|semaines?|minutes?)\b",
            re.IGNORECASE,
        ),
        (Expected.AGE, r"\d+\sans\b", re.IGNORECASE),
        (Expected.LEVEL, r"\bniveau|\bcatégorie|\bgrade\b|\bbac\b", re.IGNORECASE),
        (
            Expected.DATE,
            r"\b(?:1[89]|20)\d\d\b|\bX[IVX]+\s?(?:e|ème)|\d{1,2}(?:er)? (?:janv|févr|mars|avril|mai|juin"
            r"|juil|août|sept|oct|nov|déc)|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
            re.IGNORECASE,
        ),
        (Expected.COUNT, rf"{_FIGURE}|\b{NUMBER_WORD}\b|\bmillions?\b", re.IGNORECASE),
        (
            Expected.PERSON,
            r"\b[A-ZÉÈ][a-zéèêëîïôöûüç]+(?:-[A-ZÉÈ][a-zéè]+)? (?:de )?[A-ZÉÈ][A-ZÉÈa-zéèêëîïôöûüç’'-]{2,}",
            0,
        ),
        (
            Expected.ORGANISATION,
            r"\b[A-Z]{3,}\b|\b(?:[Cc]onseil|[Ff]édération|[Uu]nion|[Aa]ssociation|[Dd]épartements?"
            r"|[Cc]ommission)\b",
            0,
        ),
        (Expected.PLACE, r"(?<=[a-zé,’] )[A-ZÉÎ][a-zéèêîôç-]{2,}", 0),
        (
            Expected.LAW,
            r"\b(?:articles?|lois?|décrets?|codes?|ordonnances?|circulaires?|arrêtés?|accords?)\b"
            r"|\b[LRD]\.?\s?\d",
            re.IGNORECASE,
        ),
        (
            Expected.TITLE,
            r"\b(?:rapport|étude|enquête|livre|manifeste|audition|baromètre)s?\b|[«“][^»”]{12,}",
            re.IGNORECASE,
        ),
        (
            Expected.REASON,
            r"\b(?:car|parce qu|en raison|du fait|en effet|à cause|s’expliqu\w+|expliquent?|lié\w* à|puisqu"
            r"|faute d|en cause|pour cause|résult\w+|conséquence|dû à|due? aux?|conduit|entraîn\w+)\b",
            re.IGNORECASE,
        ),
    )
}


def holds(expected: Expected, text: str) -> bool:
    """Say whether a text holds a thing of the kind expected."""
    return _HELD[expected].search(text) is not None


def is_figure(expected: Expected) -> bool:
    """Say whether this kind is told by a number."""
    return expected in FIGURES
