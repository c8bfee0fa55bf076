"""Figures, dates and references of a text, in one form: « trois mille » is 3000, « 1/9/2022 » a date."""

import re
from functools import lru_cache

from assistant.verification.numerals import ABOUT, NUMBER, SCALES, SPELLED, value_of
from assistant.verification.quantity import DURATIONS, Kind, Quantity
from index.french import fold

_PARTS = {"moitie": 50.0, "tiers": 100 / 3, "quart": 25.0, "cinquieme": 20.0, "dixieme": 10.0}
_ORDINALS = {
    "premier": 1,
    "premiere": 1,
    "second": 2,
    "seconde": 2,
    "deuxieme": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
    "sixieme": 6,
    "dixieme": 10,
}
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_MEASURES = {
    "%": "%", "pour cent": "%", "pourcent": "%", "point": "point", "euro": "euro", "€": "euro",
    "centime": "centime", "heure": "heure", "h": "heure", "minute": "minute", "jour": "jour",
    "journee": "jour", "semaine": "semaine", "mois": "mois", "trimestre": "trimestre", "semestre": "semestre",
    "an": "an", "annee": "an", "fois": "fois", "km": "km", "kilometre": "km", "metre": "metre",
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_REFERENCE = re.compile(
    r"\b(?:([lrd])\.? ?)?(\d{1,4}(?:-\d{1,4})+)\b(?!/)|\b([lrd])\.? ?(\d{2,4})\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"\b(?P<label>pp?\.|pages?|chapitres?|annexes?|mesures?|niveaux?|illustrations?|avenants?|"
    r"fiches?|etapes?|axes?|"
    r"tomes?|volumes?|numeros?|n°|parties?|sections?|alineas?) ?(?P<n>(?:[ivx]+,? )?\d+(?:\.\d+)*)\b"
    r"(?! ?(?:%|€|euros|ans|mois|jours|heures))"
    r"|\b(?P<n2>\d+(?:\.\d+){2,})\b"
)
_RANGE = re.compile(r"(?<![\w.-])(\d{1,3})-(\d{1,3})(?![\w-])")
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:er)? )?(?P<m>{_MONTH})(?: (?P<y>(?:19|20)\d\d))?\b"
    r"|\b(?:(?P<d2>\d{1,2})[/.])?(?P<m2>0?[1-9]|1[0-2])[/.](?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<y3>(?:19|20)\d\d)\b(?! ?(?:%|euros?|€|postes?|personnes?|familles?|agents?|salaries))"
)
_EDGE = re.compile(r"\b(fin|debut)(?: de l'annee| d'annee)? $")
_RATIO = re.compile(
    rf"\b(?P<n>{NUMBER})"
    rf"(?: (?!(?:sur|(?:et|ou) (?:\d|{SPELLED})|{SPELLED})\b)[^\W\d][^\s\d,;:.]*){{0,6}}"
    rf" sur (?P<of>{SPELLED}|\d+)\b(?! \d)"
)
_PART = re.compile(
    r"\b(?:(?P<n>un|une|la|de|deux|trois|quatre) )(?:petite? |bonne? |grosse? |gros )?"
    r"(?P<part>moitie|tiers|quarts?|cinquiemes?|dixiemes?)\b"
)
_PLAIN = re.compile(
    rf"(?<![\w-])(?P<n>{NUMBER})(?:(?P<rank>e|eme|er|ere)\b)?(?![\w])"
    r"(?:\s?(?P<scale>milliards?|millions?|milliers?)\b)?"
    r"(?: d(?:e |'))?\s?(?P<unit>%|€|(?:pour cent|pourcent|points?|euros?|centimes?|heures?|h|minutes?|"
    r"jours?|journees?|semaines?|mois|trimestres?|semestres?|ans?|annees?|fois|km|kilometres?|metres?)\b)?"
)
_MULTIPLE = re.compile(r"\b(?:(doubl)(?:e|er|ent)|tripl(?:e|er|ent))\b")
_ABOUT_RE = re.compile(rf"\b(?:une|plusieurs) (?P<n>{'|'.join(ABOUT)})\b(?! d'annees)")
_LASTS = re.compile(r" (?:par|entiere|complete|de (?:travail|repos|conge))\b| ?[,.;)]|$")
_NEW = re.compile(r"\b(?:du|parc|logements?|local|locaux|regard|bati|flambant|a) $")
_AND_HALF = re.compile(r" et demie?\b")
_HALF = re.compile(r"\b(?:une? )?demi-?(?P<unit>journee|heure)\b")
_ORDINAL = re.compile(rf"\b(?P<n>{'|'.join(_ORDINALS)})s?\b")
_DAY = re.compile(rf"\b(?P<n>{'|'.join(_DAYS)})s?\b")
_PERIOD = re.compile(
    r"\b(?:(?:chaque|par|toutes les|tous les|(?<=di) du) (jour|semaine|mois|an|annee)s?|(quotidien|"
    r"hebdomadaire|mensuel|annuel|trimestriel)(?:le)?s?)\b"
)
_RATE = re.compile(
    r"^(?: [^\W\d]+){0,4}? (?:par (an|mois|jour|semaine|heure)|(mensuel|annuel|hebdomadaire|quotidien))"
)
_PERIODS = {
    "mensuel": "mois",
    "annuel": "an",
    "hebdomadaire": "semaine",
    "quotidien": "jour",
    "trimestriel": "trimestre",
}
_BOUNDS = (
    ("~", r"(?:un peu|legerement) (?:moins|plus) d(?:e|')|pres d(?:e|')|environ|autour d(?:e|')|"
        r"quelque|presque|"
          r"a peu pres|de l'ordre d(?:e|')|approximativement|aux alentours d(?:e|')|quasi(?:ment)?"),
    (">=", r"au moins|minimum|minimale? d(?:e|')|d'au moins|a partir d(?:e|')"),
    ("<=", r"(?:pas|jamais) plus d(?:e|')|au plus|jusqu'a|maximum|maximale? d(?:e|')"),
    (">", r"plus d(?:e|')|au-dela d(?:e|')|superieure?s? a|depass\w+|exced\w+"),
    ("<", r"moins d(?:e|')|inferieure?s? a|sous les?"),
)  # fmt: skip
_BEFORE = tuple((sign, re.compile(rf"(?:{cues})(?: (?:les?|la|d'))?\s*$")) for sign, cues in _BOUNDS)


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in its order, with their offsets in it."""
    flat = _flat(text)
    found: list[Quantity] = []
    for reader in (
        _labels,
        _references,
        _dates,
        _ratios,
        _parts,
        _multiples,
        _abouts,
        _halves,
        _counts,
        _ranks,
        _weekdays,
        _periods,
    ):
        for quantity in reader(flat):
            if not any(quantity.start < other.end and other.start < quantity.end for other in found):
                found.append(quantity)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _flat(text: str) -> str:
    """Return a text folded letter by letter, so that offsets stay those of the text."""
    flat = "".join(fold(letter)[:1] or letter for letter in text)
    flat = re.sub(r"[\s\u00a0\u202f]", " ", flat).replace("’", "'")
    return _RANGE.sub(
        lambda found: f"{found[1]}–{found[2]}" if int(found[1]) < int(found[2]) else found[0], flat
    )


def _references(flat: str) -> list[Quantity]:
    found = []
    for match in _REFERENCE.finditer(flat):
        letter, number = (match[1] or match[3] or ""), (match[2] or match[4])
        years = re.fullmatch(r"((?:19|20)\d\d)-((?:19|20)\d\d)", number)
        if years is None:
            found.append(Quantity(Kind.REFERENCE, match[0], *match.span(), code=letter + number))
    return found


def _labels(flat: str) -> list[Quantity]:
    """Return the numbers that name a place or a rank: « p. 10 », « niveau 6 », « mesure 7 »."""
    return [
        Quantity(
            Kind.REFERENCE,
            match[0],
            *match.span(),
            code=(match["label"] or "").rstrip("s.x") + (match["n"] or match["n2"]),
        )
        for match in _LABEL.finditer(flat)
    ]


def _dates(flat: str) -> list[Quantity]:
    found = []
    for match in _DATE.finditer(flat):
        part = match.groupdict()
        if (
            part["m"] == "mars"
            and not (part["d"] or part["y"])
            and not re.search(r"\b(?:en|de|debut|fin|depuis) $", flat[: match.start()])
        ):
            continue
        month = _MONTHS.index(part["m"]) + 1 if part["m"] else int(part["m2"] or 0)
        if part["y3"] and not month and (edge := _EDGE.search(flat[: match.start()])):
            month = 12 if edge[1] == "fin" else 1
        day, year = int(part["d"] or part["d2"] or 0), int(part["y"] or part["y2"] or part["y3"] or 0)
        found.append(Quantity(Kind.DATE, match[0], *match.span(), date=(day, month, year)))
    return found


def _ratios(flat: str) -> list[Quantity]:
    found = []
    for match in _RATIO.finditer(flat):
        part, whole = value_of(match["n"]), value_of(match["of"])
        if 0 < part < whole <= 1000:
            found.append(_percent(flat, match, 100 * part / whole))
    return found


def _parts(flat: str) -> list[Quantity]:
    return [
        _percent(flat, match, max(1.0, value_of(match["n"])) * _part(match["part"]))
        for match in _PART.finditer(flat)
    ]


def _part(word: str) -> float:
    return _PARTS.get(word) or _PARTS[word.rstrip("s")]


def _percent(flat: str, match: re.Match[str], value: float) -> Quantity:
    bound = _bound(flat, match.start())
    return Quantity(Kind.COUNT, match[0], *match.span(), value=value, unit="%", bound=bound, rough=True)


def _multiples(flat: str) -> list[Quantity]:
    return [
        Quantity(Kind.COUNT, match[0], *match.span(), value=2.0 if match[1] == "doubl" else 3.0, unit="fois")
        for match in _MULTIPLE.finditer(flat)
    ]


def _abouts(flat: str) -> list[Quantity]:
    return [
        Quantity(Kind.COUNT, match[0], *match.span(), value=ABOUT[match["n"]], bound="~")
        for match in _ABOUT_RE.finditer(flat)
    ]


def _halves(flat: str) -> list[Quantity]:
    return [
        Quantity(Kind.COUNT, match[0], *match.span(), value=0.5, unit=_measure(match["unit"]))
        for match in _HALF.finditer(flat)
    ]


def _counts(flat: str) -> list[Quantity]:
    found = []
    for match in _PLAIN.finditer(flat):
        unit = _measure(match["unit"])
        lasting = unit in DURATIONS and not match["unit"].startswith("annee")
        if (match["unit"] or "").startswith("journee") and not _LASTS.match(flat, match.end()):
            lasting = False  # « une journée délibérative »
        if match["n"] in ("un", "une") and not (match["scale"] or lasting):
            continue  # an article
        if match["n"] == "neuf" and _NEW.search(flat[: match.start()]):
            continue  # « le parc neuf », « du neuf »
        if not (unit or match["scale"]):
            unit = _unit_of_range(flat[match.end() :])
        scale = SCALES.get((match["scale"] or "").rstrip("s"), 1)
        kind = Kind.RANK if match["rank"] else Kind.COUNT
        rate = _RATE.match(flat[match.end() :])
        period = (rate[1] or _PERIODS[rate[2]]) if rate else ""
        text = flat[match.start() : match.end()].strip()
        bound = _bound(flat, match.start())
        if not bound and re.match(r" ?environ\b", flat[match.end() :]):
            bound = "~"
        value = value_of(match["n"]) * scale + (0.5 if unit and _AND_HALF.match(flat, match.end()) else 0.0)
        found.append(
            Quantity(kind, text, match.start(), match.start() + len(text), value, unit, period, bound)
        )
    return found


def _unit_of_range(after: str) -> str:
    """Return the unit that « trois » takes in « trois à six mois »."""
    other = re.match(r"\s?(?:(?:a|et|ou) |–)", after)
    end = _PLAIN.match(after, other.end()) if other else None
    return _measure(end["unit"]) if end else ""


def _measure(unit: str | None) -> str:
    """Return the unit of a measure as written, empty when there is none."""
    return _MEASURES.get(unit or "", _MEASURES.get((unit or "").rstrip("s"), ""))


def _ranks(flat: str) -> list[Quantity]:
    return [
        Quantity(Kind.RANK, match[0], *match.span(), value=_ORDINALS[match["n"]])
        for match in _ORDINAL.finditer(flat)
    ]


def _weekdays(flat: str) -> list[Quantity]:
    return [
        Quantity(Kind.DAY, match[0], *match.span(), value=_DAYS.index(match["n"]))
        for match in _DAY.finditer(flat)
    ]


def _periods(flat: str) -> list[Quantity]:
    """Return how often: « chaque semaine », « hebdomadaire », « par semaine »."""
    return [
        Quantity(Kind.PERIOD, match[0], *match.span(), unit=_PERIODS.get(match[2], "") or _measure(match[1]))
        for match in _PERIOD.finditer(flat)
    ]


def _bound(flat: str, start: int) -> str:
    before = flat[max(0, start - 32) : start]
    return next((sign for sign, cue in _BEFORE if cue.search(before)), "")
