"""Postal addresses and dates of birth."""

import re
from collections.abc import Iterator

from assistant.privacy.detail import Detail, Kind, detail

_WAY = (
    r"(?:rue|r\.|avenue|av\.?|ave|boulevard|boul\.?|bd\.?|bld|blvd|impasse|imp\.?|all[ée]es?|chemin|"
    r"ch\.|che|place|pl\.|quai|cours|"
    r"square|sq\.?|route|rte|passage|sentier|sente|villa|cit[ée]|r[ée]sidence|r[ée]s\.?|lotissement|"
    r"lot\.?|hameau|lieu[- ]dit|"
    r"esplanade|promenade|ruelle|mont[ée]e|faubourg|fbg|voie|parvis|venelle|traverse|clos|domaine|"
    r"quartier|rond[- ]point|mail)"
)
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter|quater|[A-Da-d](?!\w)))?"
_NAME_WORD = r"[\w’'.\-]+"
_STOP = (
    r"(?:et|est|a|qui|que|qu|ne|n|ou|où|car|mais|depuis|avec|pour|dans|chez|il|elle|on|je|elles|ils|"
    r"nous|comment|quoi|quand|peut|"
    r"refuse|veut|doit|se|sans|après|avant|son|sa|ses|pas|quel|quelle|quels|y|sous|tel|t[ée]l|né|née|"
    r"téléphone|mail|puis|vit|habite)"
)
_CITY = (
    r"[A-ZÀ-Ý][\w’'\-]+(?:[\s-](?:(?:sur|en|sous|les?|la|de|du|d[’']|"
    r"l[’'])[\s-]?)*[A-ZÀ-Ý][\w’'\-]+)*(?:\s\d{1,2}(?:er|e|ème)?\b)?"
)
_ZIP = r"(?:F-?)?(?:0[1-9]|[1-8]\d|9[0-8]|2[ABab])\s?\d{3}"
_LOWER = rf"(?!{_STOP}\b)[a-zà-ÿ][a-zà-ÿ\-]{{2,}}"
_PLACE = rf"(?:{_CITY}|{_LOWER})"
_TAIL = (
    rf"(?:[\s,(–-]+(?:{_ZIP}(?:[\s,]+{_PLACE})?|[àa]\s{_PLACE}(?:[\s,(]+{_ZIP}\)?)?|"
    rf"{_CITY}(?:[\s,(]+{_ZIP}\)?)?))?"
)
_LINK = r"(?:(?:de|du|des|la|le|les|aux?|en)\s|[dl][’']){1,3}"
_CAPITALS = rf"(?:\s(?:{_LINK})?(?!(?i:{_STOP})\b)[A-ZÀ-Ý0-9][\w’'.\-]*){{0,3}}"
_STREET = (
    rf"(?i:{_WAY})\s(?:(?i:{_LINK})(?!(?i:{_STOP})\b){_NAME_WORD}{_CAPITALS}"
    rf"|[A-ZÀ-Ý0-9][\w’'.\-]*{_CAPITALS}|{_LOWER}(?:\s{_LOWER}(?=\s*(?:[,.;)?!]|$|\d|[àa]\s)))?)"
)
_ADDRESS = re.compile(rf"(?<![\w.,/-]){_NUMBER}\s?,?\s{_STREET}{_TAIL}")
_ADDRESS_CASED = re.compile(
    rf"(?<![\w.,/-]){_NUMBER}\s?,?\s(?i:{_WAY})\s.{{2,60}}?(?=[\s,(–-]+{_ZIP}\b){_TAIL}"
)
_LIVES = (
    r"(?:habit\w*|r[ée]sid(?:e|ait|ant|er|ent)|demeur(?:e|ant|ait)|domicili[ée]e?s?|log[ée]e?s?|loge|"
    r"vit|vivant|"
    r"adresse|h[ée]berg[ée]e?s?|squatte|domicile|chez (?:lui|elle|eux)|dort|install[ée]e?s?)"
)
_LIVES_AT = re.compile(
    rf"\b{_LIVES}\s?[:,]?\s(?:est\s|au\s|[àa]\s|dans\s|sur\s|la\s|l[’']|le\s|"
    rf"en\s){{0,3}}(?P<street>(?i:{_WAY})\s(?:(?:de|du|des|la|le|les|aux?)\s|l[’']|d[’']){{0,3}}"
    rf"[A-ZÀ-Ý][\w’'\-]+(?:\s(?:(?:de|du|des|la|le|les)\s)*[A-ZÀ-Ý][\w’'\-]+){{0,3}}{_TAIL})"
)
_LIVES_LOWER = re.compile(
    r"\b(?:habit\w*|demeur(?:e|ant)|domicili[ée]e?s?)\s(?:au\s|[àa]\s|la\s)*(?P<street>(?:rue|avenue|"
    r"boulevard|impasse|all[ée]e|chemin|place)\s"
    r"(?:(?:de|du|des|la|le|les)\s|l[’']|d[’']){0,3}[a-zà-ÿ’'\-]{3,})"
)
_ZIP_CITY = re.compile(rf"(?<![\w.,/-]){_ZIP}\s{_CITY}")
_DOOR = re.compile(
    r"\b(?:(?:appartement|appart|appt|apt|logement|porte|chambre)\s(?:n[°o]\s?)?[A-Z]?\d{1,4}\b[\s,]*"
    r"(?:(?:b[âa]timent|b[âa]t|escalier|esc|r[ée]sidence|r[ée]s|hall|immeuble|tour|de la r[ée]sidence|"
    r"du b[âa]timent)\.?\s[\wÀ-ÿ]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ]+)*[\s,]*)+"
    r"|(?:b[âa]timent|b[âa]t|escalier|esc|hall|immeuble|tour|r[ée]sidence|r[ée]s)\.?\s(?:les |des |du |"
    r"le |la )?[\wÀ-ÿ]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ]+)*[\s,]+"
    r"(?:\d+e(?:r|me|ème)? [ée]tage[\s,]*)?(?:appartement|appart|appt|apt|logement|porte|escalier|esc|"
    r"chambre)\.?\s(?:n[°o]\s?)?[A-Z]?\d{0,4}[A-Z]?\b)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:janv(?:ier|\.)?|f[ée]vr?(?:ier|\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[ûu]t|"
    r"sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)"
)
_DIGITS = r"\d{1,2}\s?[/.\-\s]\s?\d{1,2}\s?[/.\-\s]\s?(?:19|20)?\d\d"
_ISO = r"(?:19|20)\d\d-\d\d-\d\d"
_WORDED = rf"(?:1er|1°|\d{{1,2}}|premier)\s{_MONTH}\s(?:(?:19|20)\d\d|\d\d)"
_DATE = rf"(?:{_ISO}|{_DIGITS}|{_WORDED}|\d{{8}})(?!\d)"
_SHORT_DATE = (
    rf"(?:{_MONTH}\s(?:(?:19|20)\d\d|\d\d)|\d{{1,2}}/(?:19|20)\d\d|(?:1er|\d{{1,2}})\s{_MONTH})(?!\d)"
)
_BORN = r"\b(?:n[ée]+(?:\(e\)|[·.]e)?s?|naiss?ance|nais|ddn|dn|d\.d\.n\.?|anniversaire)\b"
_BIRTH = re.compile(
    rf"{_BORN}(?P<between>[^\d\n;!?]{{0,45}}?)(?<!\d)(?P<date>{_DATE}|{_SHORT_DATE}|(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(rf"(?<![\w/.-]){_DIGITS}(?![\w/-]|[\s.]\d)")
_SOMEONE = re.compile(
    r"\b(?:m\.|mr|mme|mlle|monsieur|madame|mademoiselle|elle|il|je|fils|fille|enfant|b[ée]b[ée]|jeune|"
    r"mineure?|gar[çc]on|m[èe]re|p[èe]re|homme|femme|"
    r"dame|patiente?|usag(?:er|[èe]re)|r[ée]sidente?|fr[èe]re|s[œo]e?ur|petite?|ado\w*|maman|papa|mari|"
    r"conjointe?|voisine?|locataire|"
    r"jumeaux|jumelles|coll[èe]gue|stagiaire|allocataire|personne|d[ée]nomm[ée]e?)\b",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    r"\b(?:loi|rapport|d[ée]cret|s[ée]curit[ée] sociale|[ée]tat|association|dispositif|mesure|mouvement|"
    r"m[ée]tier|allocation|plan|conseil|"
    r"d[ée]marche|projet|service|travail social|profession|politique|convention|rmi|rsa|caf|ase|hcts|"
    r"dipl[ôo]me|revue|f[ée]d[ée]ration|"
    r"formation|id[ée]e|notion|concept|syndicat|structure|collectif|r[ée]seau|prime|institution|"
    r"[ée]tablissement|[ée]cole|cr[ée]ation)\b[^.;!?]*$",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Detail]:
    """Yield the postal addresses of a text, the fullest form of each first."""
    for pattern in (_ADDRESS_CASED, _ADDRESS):
        for found in pattern.finditer(text):
            yield detail(Kind.ADDRESS, text, found.start(), _trimmed(text, found))
    for pattern in (_LIVES_AT, _LIVES_LOWER):
        for found in pattern.finditer(text):
            yield detail(Kind.ADDRESS, text, *found.span("street"))
    for pattern in (_ZIP_CITY, _DOOR):
        for found in pattern.finditer(text):
            yield detail(Kind.ADDRESS, text, found.start(), _trimmed(text, found))


def births(text: str, people: list[Detail]) -> Iterator[Detail]:
    """Yield the dates of birth of a text; ``people`` are the names found in it."""
    for found in _BIRTH.finditer(text):
        if _is_birth(text, found, people):
            yield detail(Kind.BIRTH_DATE, text, *found.span("date"))
    for found in _BARE_DATE.finditer(text):
        if any(0 <= found.start() - person.end <= 4 for person in people):
            yield detail(Kind.BIRTH_DATE, text, *found.span())


def _is_birth(text: str, found: re.Match[str], people: list[Detail]) -> bool:
    before, word = text[max(0, found.start() - 80) : found.start()], found[0].lower()
    if word.startswith(("ddn", "dn", "d.d.n")):
        return True
    digits: int = sum(mark.isdigit() for mark in found["date"])
    if word.startswith(("naiss", "nais", "anniv")):
        named = "date de" in before.lower()[-12:] or bool(_SOMEONE.search(before)) or bool(people)
        return named or (digits > 4 and len(found["between"].strip(" :le")) < 3)
    if re.search(r"\b(?:après|avant|depuis|entre)\b", found["between"], re.IGNORECASE):
        return digits > 4
    if re.fullmatch(_DIGITS, found["date"]) and found["between"].strip().lower() in ("le", ":", "", "le :"):
        return True
    if not before.strip(" ,(-"):
        return digits > 4 or bool(_SOMEONE.match(text[found.end() :].lstrip(" ,")))
    if _SOMETHING.search(before) and not people:
        return False
    subject = bool(people) or bool(_SOMEONE.search(before))
    return subject or (digits > 4 and not before.rstrip().endswith("est"))


def _trimmed(text: str, found: re.Match[str]) -> int:
    """Return the end of an address, without the punctuation that follows it."""
    return found.start() + len(text[found.start() : found.end()].rstrip(" ,;:.?!-–(\u00a0\u202f"))
