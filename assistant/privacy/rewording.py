"""A question without its identifying details, still a French question, for the user to check.

Names become « une personne », « un homme », « un enfant » by what the sentence says of them; values
that a sentence can do without go with the words that bring them; others become what they are.
"""

import re
from collections.abc import Sequence

from assistant.privacy.detail import Detail, Kind
from assistant.privacy.persons import ALSO, MARK, People, led

_BIRTH_CLAUSE = re.compile(
    r"[\s,(;–-]*(?:\bqui est\s|(?P<is>\best\s))?(?:\b(?:n[ée]+(?:\(e\)|[·.]e)?s?|ddn|dn|d\.d\.n\.?)\b|"
    r"(?:\b(?:sa|la|de|et sa|avec pour)\s)?\b(?:date (?:de )?naissance|naissance|"
    r"date de naiss)\b)[^\d;!?]{0,45}?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<label>\b(?:num[ée]ro|num|n[°ºo]|t[ée]l(?:[ée]phone)?|portable|mobile|mail|e-mail|email|"
    r"courriel|adresse|nir|s[ée]cu(?:rit[ée] sociale)?|iban|rib|compte|carte(?: bancaire)?|"
    r"dossier|allocataire|caf|mdph|matricule|[ée]crou|agdref|passeport|cni|identit[ée]|permis|plaque|"
    r"immatricul\w+|s[ée]jour|identifiant|fiscal|r[ée]f[ée]rence|"
    r"insta(?:gram)?|snap(?:chat)?|pseudo|usag(?:er|[èe]re)|contrat|b[ée]n[ée]ficiaire|(?-i:[A-Z]{3,6})|vitale|travail|"
    r"camion|voiture|v[ée]hicule|scooter|caravane|camionnette|[ée]tranger|r[ée]c[ée]piss[ée]|unique|"
    r"logement)\b)"
    r"(?P<rest>\.?(?:\s(?:du|de la|de sa|de son|de l[’'])\s?\w+)?\s*"
    r"(?:(?:est|c[’']est|:|=|n[°ºo]|num[ée]ro|num|le|au|sous|de|social|sociale|,|la|"
    r"se termine par|commence par)\s*){0,4})$",
    re.IGNORECASE,
)
_BARE = {
    Kind.NIR: "un numéro de sécurité sociale",
    Kind.PHONE: "un numéro de téléphone",
    Kind.EMAIL: "une adresse électronique",
    Kind.ADDRESS: "une certaine adresse",
    Kind.BIRTH_DATE: "une date de naissance",
    Kind.IBAN: "un compte bancaire",
    Kind.FILE_NUMBER: "un certain numéro",
    Kind.ACCOUNT: "un compte en ligne",
}
_JOINED = re.compile(
    r"[\s,;(–-]+(?:et|avec|dont|,|\()\s*(?:(?:son|sa|ses|mon|ma|le|la|leur|voici|c[’']est|l[’'])\s*)?$|"
    r",\s*(?:son|sa|mon|ma|le|leur)?\s*$|\s\($",
    re.IGNORECASE,
)


def reworded(text: str, found: Sequence[Detail]) -> str:
    """Return a text with its details in neutral words, agreements kept; without any, the text itself."""
    if not found:
        return text
    people = People(text)
    pieces, place = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start < place:
            continue
        before = text[place : one.start]
        before, neutral = (
            people.neutral(before, one, text)
            if one.kind is Kind.NAME
            else _neutral(before, one, text[one.end :])
        )
        pieces += [before, neutral]
        place = one.end
    return _without(_mended("".join([*pieces, text[place:]])), found) or "Une personne"


def _neutral(before: str, one: Detail, after: str) -> tuple[str, str]:
    """Return what precedes a value, without the words that brought it, and the words in its place."""
    if one.kind is Kind.BIRTH_DATE and (clause := _BIRTH_CLAUSE.search(before)):
        return _unborn(before, clause, after)
    if one.kind is Kind.ADDRESS:
        return _addressed(before)
    if before.endswith("(") and after.startswith(")"):
        return before, ""
    if before.rstrip().endswith(",") and after.startswith(","):
        return before.rstrip(" ,") + MARK, ""
    if label := _LABEL.search(before):
        head = before[: label.start()]
        if joined := _JOINED.search(head):
            return head[: joined.start()], ""
        return head + label["label"] + (_of_whom(label["rest"])), ""
    if one.kind is Kind.PHONE and (
        lead := re.search(r"\b(?:au|sur le)\s+(?:numéro\s+)?$", before, re.IGNORECASE)
    ):
        return before[: lead.start()], "par téléphone"
    if one.kind is Kind.BIRTH_DATE and re.search(r"[(,]\s*$", before):
        return re.sub(r"[\s(,]+$", "", before) + MARK, ""
    if one.kind is Kind.BIRTH_DATE and (day := re.search(r"\ble\s+$", before, re.IGNORECASE)):
        return before[: day.start()], "à une certaine date"
    before = re.sub(r"\b(?:le|la|au)\s+$", "", before, flags=re.IGNORECASE)
    return led(before, _BARE[one.kind])


def _of_whom(rest: str) -> str:
    """Return the « du papa » of « le numéro du papa est le »."""
    found = re.match(r"\.?(\s(?:du|de la|de sa|de son|de l[’'])\s?(?!social)\w+)", rest)
    return found[1] if found else ""


def _unborn(before: str, clause: re.Match[str], after: str) -> tuple[str, str]:
    """Return what precedes a date of birth without « né le », and what stands for the date."""
    if re.match(r"\s+(?:à|au|en|dans)\s", after) and (born := re.search(r"\s+(?:le|en|vers)\s+$", before)):
        return before[: born.start()], ""  # « née à Conakry »
    if clause["is"]:
        if re.match(r"\s*(?:,|et\b)", after):
            return before[: clause.start()] + ALSO, ""
        return re.sub(r"\s*(?:le|en|vers|:)?\s*$", "", before), " à une certaine date"
    return before[: clause.start()] + MARK, ""


def _addressed(before: str) -> tuple[str, str]:
    lead = re.search(
        r"(?:[,:]?\s*\b(?:au|à la|à l[’']|à|dans la|dans l[’']|la|le|sur la|l[’']|dans)\s*)$",
        before,
        re.IGNORECASE,
    )
    if label := re.search(r"\badresse(?:\s*(?:est|:|=|le|au|la)\s*)*$", before, re.IGNORECASE):
        return before[: label.start()] + "adresse", ""
    if re.search(r",\s*$", before) and not lead:
        return before.rstrip(" ,\u00a0"), ""
    if of := re.search(r"\s(?:du|de la|de l[’'])\s*$", before, re.IGNORECASE):
        return before[: of.start()] + " d’", _BARE[Kind.ADDRESS]
    head = before[: lead.start()].rstrip() if lead else before.rstrip()
    if head.endswith("("):
        return head[:-1].rstrip() + MARK, ""
    return head, (" " if head else "") + "à " + _BARE[Kind.ADDRESS]


def _mended(text: str) -> str:
    """Return a text whose commas, brackets and blanks fit again where clauses were taken out."""
    text = re.sub(rf"\(\s*{MARK}\s*\)|\(\s*\)|«\s*»", "", text)
    text = re.sub(rf"{MARK}\s*\)", "", text)
    text = re.sub(rf"\s*{ALSO}\s*(?:,|et\b)?(?:\s+(?:il|elle)\b)?", " ", text)
    text = re.sub(rf"{MARK}\s*,?", " ", text)
    text = re.sub(r"\s+,", ",", re.sub(r",(?:\s*,)+", ",", text))
    text = re.sub(r",\s*(?=[.;:?!]|$)", "", text)
    text = re.sub(r"[ \t]{2,}", " ", text).strip(" ,;")
    text = re.sub(r"(?<=\w)\s+\.", ".", text)
    text = re.sub(r"(?<=[\w»)])[ \u00a0\u202f]?([?!;])", "\u202f\\1", text)
    text = re.sub(r"(?<=\w)[ \u00a0\u202f]:(?=\s)", "\u00a0:", text)
    return re.sub(r"(?:^|(?<=[.?!…]\s))([a-zà-ÿ])", lambda found: found[1].upper(), text)


def _without(text: str, found: Sequence[Detail]) -> str:
    """Return a text in which no detail stands any more, wherever it was said again."""
    for one in found:
        if len(one.text) > 2 and one.text.lower() in text.lower():
            pattern = re.compile(rf"(?<!\w){re.escape(one.text)}(?!\w)", re.IGNORECASE)
            text = pattern.sub("cette personne" if one.kind is Kind.NAME else "…", text)
    return text
