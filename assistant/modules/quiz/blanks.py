"""What of a sentence can be left out and asked for: a figure, a year, a sigle, an expression, a term."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

GAP = "_____"
_SPACES = "\u00a0\u202f "
_FIGURE = re.compile(
    rf"(?<![\w,.’'/-])(?P<n>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+(?:,\d+)?)"
    rf"(?P<unit>[{_SPACES}]?%|[{_SPACES}](?:millions?|milliards?"
    rf"|milliers?)?(?:[{_SPACES}]?d[’'])?[{_SPACES}]?(?:euros?|€|ans\b|mois\b"
    rf"|jours?\b|heures?\b|semaines?\b|points?\b|journées?\b)|[{_SPACES}](?:millions?"
    rf"|milliards?)\b)?(?![\w/-]|,\d|°)"
)
_LABEL = re.compile(
    r"(?:\b(?:mesures?|fiches?|articles?|chapitres?|niveaux?|annexes?|axes?|pages?|pp?\.|n[°º]|lois?"
    r"|convention|objectifs?|propositions?"
    r"|points?|trajectoire|agenda|plan|covid|illustration|avenants?|bac|catégorie|CD|volet|titre|étape"
    r"|phase|tome|[LDR]\.|d’illustration)[\s\u00a0]*"
    r"|bac ?\+[\s\u00a0]*)$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"[\s\u00a0](?:er )?(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = re.compile(r"(?P<words>(?:[\w’'-]+ ){1,9}[\w’'-]+) \((?P<sigle>[A-Z][A-Z-]{1,7})\)")
_EXPRESSION = re.compile(
    r"«[\s\u00a0\u202f]*(?P<words>[^«».!?\s][^«».!?]{2,58}?[^«».!?\s])[\s\u00a0\u202f]*»"
)
_DEFINED = re.compile(
    r"^(?P<article>L[ae] |L[’']|Les )?(?P<term>[^,;:()«»]{3,48}?) (?:consiste à|désigne\b"
    r"|se définit comme|a pour (?:but|objet)|vise à|est (?:un|une)\b)"
    r"|^(?P<other>[^,;:()«»]{3,48}?), c[’']est (?!ce|à|que|pour)"
)
_BOUND = re.compile(
    r"\b(?:plus d[e’']|au moins|minimum|au-delà d[e’']|supérieur\w* à)\s*(?:les? )?$", re.IGNORECASE
)
_CAP = re.compile(
    r"\b(?:moins d[e’']|au plus|jusqu[’']à|maximum|inférieur\w* à|au maximum)\s*(?:les? )?$", re.IGNORECASE
)


class BlankKind(StrEnum):
    """What is left out."""

    FIGURE = "chiffre"
    YEAR = "année"
    SIGLE = "sigle"
    EXPRESSION = "expression"
    TERM = "terme"


@dataclass(frozen=True, slots=True)
class Blank:
    """What is left out of a text: ``text[start:end]``, its unit and number for a figure."""

    kind: BlankKind
    text: str
    start: int
    end: int
    unit: str = ""
    value: float = 0.0

    @property
    def answer(self) -> str:
        """What is left out, as written."""
        return self.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The sentence with a gap."""
        return self.filled(GAP)

    def filled(self, words: str) -> str:
        """Return the sentence with other words in the gap."""
        return self.text[: self.start] + words + self.text[self.end :]

    def may_be(self, value: float) -> bool:
        """Say whether another number could be true as well: « au moins 30 » when it is 40."""
        before = self.text[max(0, self.start - 30) : self.start]
        if _BOUND.search(before):
            return value <= self.value
        return bool(_CAP.search(before)) and value >= self.value


def figures(text: str, told_in: str = "") -> list[Blank]:
    """Return the figures and years of a text; not ``told_in``, the year of its source."""
    found = []
    for match in _FIGURE.finditer(text):
        number, unit = match["n"], " ".join((match["unit"] or "").split())
        if _LABEL.search(text[max(0, match.start() - 24) : match.start()]) or _MONTH.match(text, match.end()):
            continue
        value = float(re.sub(r"\s", "", number).replace(",", "."))
        if _YEAR.fullmatch(number) and not unit:
            if number != told_in and re.search(
                r"\b(?:en|depuis|dès|fin|début|de|d’ici|à|mi|[a-zû]+)[\s\u00a0-]$", text[: match.start()]
            ):
                found.append(Blank(BlankKind.YEAR, text, match.start(), match.end(), "", value))
        elif unit or value > 5:
            found.append(Blank(BlankKind.FIGURE, text, match.start(), match.end(), _unit(unit), value))
    return [blank for blank in found if text.count(blank.answer) == 1]


def sigles(text: str) -> Iterator[Blank]:
    """Yield the sigles that a text gives right after what they stand for."""
    for match in _LONG.finditer(text):
        sigle = match["sigle"]
        initials = [word[:1].upper() for word in re.split(r"[\s’'-]", match["words"]) if word]
        if text.count(sigle) == 1 and _are_initials(sigle.replace("-", ""), initials):
            yield Blank(BlankKind.SIGLE, text, match.start("sigle"), match.end("sigle"))


def expressions(text: str) -> Iterator[Blank]:
    """Yield the expressions of one to six words that a text puts between quote marks."""
    for match in _EXPRESSION.finditer(text):
        words = match["words"].split()
        if len(words) <= 6 and text.count(match["words"]) == 1 and not match["words"][0].isupper():
            yield Blank(BlankKind.EXPRESSION, text, match.start("words"), match.end("words"))


def terms(text: str) -> Iterator[Blank]:
    """Yield the term that a sentence defines, when it opens the sentence and does not come back in it."""
    match = _DEFINED.match(text)
    if match is None:
        return
    name = "term" if match["term"] else "other"
    if len(match[name].split()) <= 5 and text.lower().count(match[name].lower()) == 1:
        yield Blank(BlankKind.TERM, text, match.start(), match.end(name))


def plausible(blank: Blank, others: Iterable[Blank], most: int) -> list[str]:
    """Return other answers of the same kind and unit, of the same order, none that could be true too."""
    near: dict[float, Blank] = {}
    for other in others:
        if other.kind is not blank.kind or other.unit != blank.unit or blank.may_be(other.value):
            continue
        if blank.kind is BlankKind.YEAR:
            fits = 1 <= abs(other.value - blank.value) <= 9
        else:
            fits = (
                0.3 <= other.value / blank.value <= 3.2
                and abs(other.value - blank.value) > 0.15 * blank.value
            )
        if fits:
            near.setdefault(other.value, other)
    ranked = sorted(near.values(), key=lambda other: abs(other.value - blank.value))
    return [other.answer for other in _spread(ranked, most)]


def _spread(ranked: Sequence[Blank], most: int) -> list[Blank]:
    """Return the nearest on both sides in turn, none within a tenth of another."""
    chosen: list[Blank] = []
    for other in ranked:
        year = other.kind is BlankKind.YEAR
        if len(chosen) < most and all(
            year or abs(other.value - one.value) > 0.1 * one.value for one in chosen
        ):
            chosen.append(other)
    return chosen


def _unit(unit: str) -> str:
    flat = unit.strip().replace("€", "euros")
    return flat if flat in ("%", "mois", "ans") else flat.rstrip("s")


def _are_initials(sigle: str, initials: Sequence[str]) -> bool:
    """Say whether the letters of a sigle are initials of the words before it, in order, from the end."""
    place = len(initials)
    for letter in reversed(sigle):
        while place and initials[place - 1] != letter:
            place -= 1
        if not place:
            return False
        place -= 1
    return True
