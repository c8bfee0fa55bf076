"""Figures and dates: each stands in a passage, with its unit, about the same thing."""

import re
from itertools import combinations, pairwise

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.attachment import fits_another, share_held
from assistant.verification.content import COMMON
from assistant.verification.meaning import rises
from assistant.verification.quantity import Kind, Quantity, part_supports, supports
from assistant.verification.reading import Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_ARTICLES = frozenset("de d des du l la le les".split())
_TENFOLD = 10  # of which a ratio may be told: « près de cinq candidats par place »
_TIMES = 0.12  # « presque doublé », from nine to seventeen
# What is left of a whole, or between two figures: « huit n’ont pas suivi », « treize de plus ».
_APART = re.compile(r"\b(?:ne|sans|rest\w+|autres|de plus|de moins|supplementaires?)\b|\bn'")
_REST = re.compile(r"\b(?:le reste|les autres|le solde|restants?)\b")
_TO = re.compile(r"^(?: ?%| euros?| \w+)? a $|\b(?:contre|puis|alors qu\w*)\b")
_BY = re.compile(r"\bd(?:e |')(?:plus de |pres de |environ )?$")  # « augmente de 20 % »
_EARLIER = re.compile(r"^ ?\w* ?(?:auparavant|plus tot|avant)\b")
# « parmi les premiers », « de premier niveau », « les seconds », « la première raison »
_LOOSE_RANK = re.compile(
    r"premieres\b|premiers\b|seconde?s\b|premiere? (?:niveau|semestre|trimestre|temps|lieu|plan|fois|ligne"
    r"|raison|cause|motif|obstacle|frein|besoin)\b"
)
_COUNTABLE = 12  # things that a reader counts in a list
_SURE, _MOST = 0.9, 0.5
_PHRASE = 40  # characters: « 61 % des postes de cadres »
_ANYONE = frozenset(
    "personne personnes gens public publics usagers habitants participants visiteurs membres".split()
)


def check_figures(statement: Statement) -> Verdict | None:
    """Refuse a figure or a date that the passages do not give, or give of something else."""
    ranked = any(figure.kind == Kind.RANK for source in statement.sources for figure in source.quantities)
    for said in statement.sentence.quantities:
        if not ranked and _is_loose_rank(said, statement.sentence):
            continue
        if said.kind == Kind.PERIOD and any(_times(said.unit, source) for source in statement.sources):
            continue
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


def _is_loose_rank(said: Quantity, sentence: Sentence) -> bool:
    return said.kind == Kind.RANK and _LOOSE_RANK.match(sentence.flat[said.start :]) is not None


def _times(unit: str, source: Sentence) -> bool:
    """Say whether a sentence tells of a length of time by its unit: « dans l’année », « par an »."""
    words = ("an", "annee", "annuel") if unit == "an" else (unit,)
    return any(re.search(rf"\b{word}", source.flat) for word in words)


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
    two years, a difference when a word says that something grew, shrank or is left.
    """
    apart = _APART.search(statement.sentence.flat) is not None
    moved = apart or any(rises(word.folded) is not None for word in statement.sentence.content)
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
        shares = [figure for figure in source.quantities if said.unit == figure.unit == "%"]
        if apart and any(part_supports(100 - figure.value, said) for figure in shares):
            return True
        if any(_follows(said, one, other, source, moved) for one, other in combinations(counts, 2)):
            return True
    return False


def _follows(said: Quantity, one: Quantity, other: Quantity, source: Sentence, moved: bool) -> bool:
    """Say whether a figure is the share, the ratio or the difference of two of a sentence."""
    low, high = sorted((one, other), key=lambda figure: figure.value)
    if low.unit != high.unit or not low.value:
        return False
    if said.unit == "%" and said.rough and not low.unit:
        return part_supports(100 * low.value / high.value, said)
    if said.unit == "fois" or (said.bound == "~" and not said.unit and high.value > _TENFOLD):
        return abs(high.value / low.value - said.value) <= _TIMES * said.value
    measured = said.unit == low.unit or (said.unit, low.unit) == ("point", "%")
    if not (moved and measured) or said.rough or high.value - low.value != said.value:
        return False
    return not said.unit or _from_to(low, high, source)


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
    reason = f"{noun} «\u00a0{_shown(said, sentence)}\u00a0» ne figure pas dans le passage cité"
    return refused(kind, reason, sure=_is_exact(said))


def _is_exact(said: Quantity) -> bool:
    """Say whether a figure can only be read in a source, not counted or converted from it: « 42 % »."""
    if said.kind in (Kind.RANK, Kind.PERIOD) or said.rough or said.bound:
        return False
    if said.kind == Kind.COUNT:
        return said.text[:1].isdigit() or said.value > _COUNTABLE
    return True


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
