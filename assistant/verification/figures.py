"""Figures and dates: each stands in a passage, with its unit, about the same thing."""

import re
from itertools import combinations, pairwise

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.attachment import fits_another, share_held
from assistant.verification.content import COMMON
from assistant.verification.meaning import rises
from assistant.verification.quantity import Kind, Quantity, supports
from assistant.verification.reading import Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_ARTICLES = frozenset("de d des du l la le les".split())
_ROUGHLY = 3.0  # points between a part said in words and the part computed
_TIMES = 0.12  # « presque doublé », from nine to seventeen
_REST = re.compile(r"\b(?:le reste|les autres|le solde|restants?)\b")
_TO = re.compile(r"^(?: ?%| euros?| \w+)? a $|\b(?:contre|puis|alors qu\w*)\b")
_BY = re.compile(r"\bd(?:e |')(?:plus de |pres de |environ )?$")  # « augmente de 20 % »
_EARLIER = re.compile(r"^ ?\w* ?(?:auparavant|plus tot|avant)\b")
_FIRST = re.compile(
    r"premieres\b|premiers\b|premiere? (?:niveau|semestre|trimestre|temps|lieu|plan|fois|ligne)\b"
)
_SURE, _MOST = 0.9, 0.5
_PHRASE = 40  # characters: « 61 % des postes de cadres »
_ANYONE = frozenset(
    "personne personnes gens public publics usagers habitants participants visiteurs membres".split()
)


def check_figures(statement: Statement) -> Verdict | None:
    """Refuse a figure or a date that the passages do not give, or give of something else."""
    ranked = any(figure.kind == Kind.RANK for source in statement.sources for figure in source.quantities)
    for said in statement.sentence.quantities:
        if said.value == 1 and not ranked and _FIRST.match(statement.sentence.flat[said.start :]):
            continue  # « parmi les premiers », « de premier niveau »
        found = [
            (source, figure)
            for source in statement.sources
            for figure in source.quantities
            if supports(figure, said)
        ]
        if not found:
            if said.kind == Kind.DATE and any(_pieced(said, source) for source in statement.sources):
                continue
            if said.text.endswith(("milliers de", "milliers d'", "centaines de")) or _derived(
                said, statement
            ):
                continue
            return _absent(said, statement.sentence)
        if said.kind == Kind.COUNT and not any(
            _same_thing(said, figure, source, statement) for source, figure in found
        ):
            return refused(
                Reason.NUMBER,
                f"le passage cité ne donne pas le chiffre {_shown(said, statement.sentence)} de cela",
            )
        if said.kind == Kind.COUNT and all(
            _per_another(said, figure, source, statement) for source, figure in found
        ):
            return refused(Reason.NUMBER, "le passage cité ne le compte pas « par » la même chose")
        if said.kind == Kind.COUNT and fits_another(said, statement):
            return refused(
                Reason.NUMBER,
                f"le chiffre {_shown(said, statement.sentence)} se rapporte à autre chose dans le passage "
                f"cité",
            )
    return None


def _per_another(said: Quantity, figure: Quantity, source: Sentence, statement: Statement) -> bool:
    """Say whether « 450 euros par ménage » is said « par personne »."""
    mine, theirs = _per(said, statement.sentence), _per(figure, source)
    return bool(mine and theirs) and not any(match(word, theirs).near >= _SURE for word in mine)


def _per(figure: Quantity, sentence: Sentence) -> list[Word]:
    """Return what a figure is counted by: « par séance et par personne »."""
    after = [word for word in sentence.words if word.at >= figure.end][:5]
    if "par" not in [word.folded for word in after[:2]] or (after[0].content and after[0].folded != "par"):
        return []
    return [other for word, other in pairwise(after) if word.folded == "par"]


def _pieced(said: Quantity, source: Sentence) -> bool:
    """Say whether the month and the year of a date stand apart in one sentence (« en 2021, de juin… »)."""
    day, month, year = said.date
    dates = [figure.date for figure in source.quantities if figure.kind == Kind.DATE]
    return bool(month and year) and (day, month, 0) in dates and (0, 0, year) in dates


def _derived(said: Quantity, statement: Statement) -> bool:
    """Say whether a figure follows from others of a source.

    A part of a whole when it is said roughly (« un tiers »), what is left of it, the time between
    two years, a difference when a word says that something grew or shrank.
    """
    moved = any(rises(word.folded) is not None for word in statement.sentence.content)
    years = {figure.date[2] for source in statement.sources for figure in source.quantities if figure.date[2]}
    if said.unit == "an" and any(abs(one - other) == said.value for one, other in combinations(years, 2)):
        return True
    for source in statement.sources:
        if said.value == 1 and any(
            figure.kind == Kind.PERIOD and figure.unit == said.unit for figure in source.quantities
        ):
            return True
        counts = [figure for figure in source.quantities if figure.kind == Kind.COUNT and not figure.rough]
        rest = said.unit == "%" and _REST.search(source.flat)
        if rest and any(figure.unit == "%" and 100 - figure.value == said.value for figure in counts):
            return True
        for one, other in combinations(counts, 2):
            low, high = sorted((one.value, other.value))
            if one.unit != other.unit or not low:
                continue
            part = said.unit == "%" and said.rough and not one.unit
            if part and abs(100 * low / high - said.value) <= _ROUGHLY:
                return True
            measured = said.unit == one.unit or (said.unit, one.unit) == ("point", "%")
            if said.unit == "fois" and abs(high / low - said.value) <= _TIMES * said.value:
                return True
            gap = measured and not said.rough and high - low == said.value
            if moved and gap and _from_to(one, other, source):
                return True
    return False


def _from_to(one: Quantity, other: Quantity, source: Sentence) -> bool:
    """Say whether two figures tell one thing at two times: « de 28 % à 41 % », « 85, contre 40 »."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    years = [other for other in source.quantities if other.date[2]]
    if len(years) == 2 and not any(_BY.search(source.flat[: figure.start]) for figure in (one, other)):
        return True
    return bool(_TO.search(source.flat[first.end : last.start]) or _EARLIER.match(source.flat[last.end :]))


def _absent(said: Quantity, sentence: Sentence) -> Verdict:
    dated = said.kind in (Kind.DATE, Kind.DAY)
    kind, noun = (Reason.DATE, "la date") if dated else (Reason.NUMBER, "le chiffre")
    if said.kind == Kind.REFERENCE:
        noun = "la référence"
    return refused(kind, f"{noun} «\u00a0{_shown(said, sentence)}\u00a0» ne figure pas dans le passage cité")


def _shown(said: Quantity, sentence: Sentence) -> str:
    return sentence.text[said.start : said.end].strip()


def _same_thing(said: Quantity, figure: Quantity, source: Sentence, statement: Statement) -> bool:
    """Say whether what a figure counts is near it in the source too."""
    noun = _counted(said, statement.sentence)
    if noun is None or noun.stem in COMMON:
        return True
    phrase = [word for word in statement.sentence.content if said.end <= word.at < said.end + _PHRASE]
    if (theirs := _counted(figure, source)) and match(theirs, phrase).near < ALIGNED:
        others = [other for other in source.quantities if other is not figure and other.kind == Kind.COUNT]
        if theirs.folded in _ANYONE:
            return True
        if any((own := _counted(other, source)) and match(noun, (own,)).near >= _SURE for other in others):
            return False
        held = (*source.content, *source.inherited)
        if match(noun, held).near < ALIGNED:
            return noun.folded in _ANYONE or said.unit not in ("", "%")
        elsewhere = [word for word in statement.sentence.content if word.at >= said.end + _PHRASE]
        if match(theirs, elsewhere).near >= _SURE:
            return False
    if share_held(statement.sentence, source) >= _MOST:
        return True
    if noun.folded in _ANYONE or said.unit not in ("", "%"):
        return True
    if _counted(figure, source) is None or figure.rough:
        return match(noun, statement.words).near >= ALIGNED
    near = [word for word in source.content if abs(word.at - figure.start) < 160]
    near.extend(source.inherited)
    return match(noun, near).near >= ALIGNED


def _counted(figure: Quantity, sentence: Sentence) -> Word | None:
    """Return the noun that a figure counts, ``None`` when it counts none or it is not known."""
    inside = [word for word in sentence.content if figure.start <= word.at < figure.end]
    if inside:
        return inside[0]
    if figure.rough:
        return None
    after = [word for word in sentence.words if word.at >= figure.end]
    for word in after[:2]:
        if word.content:
            return word
        if word.folded not in _ARTICLES:
            return None
    return None
