"""Numbers of persons: social security, telephone, bank, files and documents; mails and accounts.

A number is known by its form and its key where it has one, or by the words before it. A wrong key is
no proof of innocence: people mistype.
"""

import re
from collections.abc import Iterator

from assistant.privacy.detail import Detail, Kind, detail

_GAP = r"[\s.\-–_/·]{0,3}"
_RUN = re.compile(
    rf"(?<![\w,])(?:\(\+33\)|\+?[0-9oO])(?:{_GAP}(?:\(0\)|[0-9]|(?<=[\d.\s])[oO](?=[\d.\s]))){{7,}}(?!\w)"
)
_NIR = re.compile(
    rf"(?<![\w])[1-478]{_GAP}\d\d{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d\d|2\s?[AaBb]){_GAP}\d{{3}}"
    rf"{_GAP}\d{{3}}"
    rf"(?:{_GAP}(?:cl[ée]\s*:?\s*)?\d\d)?(?!\d)"
)
_NIR_ASKED = re.compile(
    r"(?:\bNIR\b|\bNIA\b|\bs[ée]cu\b|s[ée]curit[ée] sociale|\bN°?\s?SS\b|assur[ée]e? social|"
    r"carte vitale|\bimmatricul\w+ à la s[ée]cu\w*)"
    rf"[^\d.;!?]{{0,30}}?([12378](?:{_GAP}[\dAaBb]){{4,14}})(?![\w])",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\s?\d\d(?:[\s.\-]{0,2}[A-Z0-9]){10,30}|"
    r"[a-z]{2}\s?\d\d(?:[\s.\-]{0,2}[a-z0-9]){10,30})(?!\w)"
)
_BANK = re.compile(
    r"(?:\bIBAN\b|\bRIB\b|\bcompte\b|\bcarte (?:bancaire|bleue|visa)\b|\bCB\b)[^\d.;!?]{0,30}?"
    rf"((?:[A-Za-z]{{2}}\s?\d\d{_GAP})?\d(?:{_GAP}(?-i:[A-Z0-9])){{7,}})(?!\w)",
    re.IGNORECASE,
)
_RIB = re.compile(r"(?<!\w)\d{5}[\s\-]?\d{5}[\s\-]?[\dA-Za-z]{11}[\s\-]?\d\d(?!\w)")
_CARD = re.compile(r"(?<![\w])\d{4}[\s\-]?\d{4}[\s\-]?\d{4}[\s\-]?\d{4}(?!\w)")
_AT = r"(?:\s?@\s?|\s?[\[(]\s?(?:at|arobase|chez|@)\s?[\])]\s?|\s(?:at|arobase|arrobase|a commercial)\s)"
_DOT = r"(?:\.|\s\.\s?|\s(?:point|dot)\s|\s?[\[(](?:point|dot)[\])]\s?)"
_EMAIL = re.compile(
    rf"(?<![\w+\-.])[\w+\-](?:[\w.+\-]|\s(?:point|tiret)\s){{0,63}}"
    rf"{_AT}[\w\-]+(?:{_DOT}[\w\-]+)*(?:{_DOT}[a-z]{{2,10}})(?![\w-])",
    re.IGNORECASE,
)
_EMAIL_CUT = re.compile(r"(?<![\w+\-.])[\w.+\-]{1,64}@[\w\-]{3,}", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<![\w.@])@[\w.]{3,30}")
_ACCOUNT_NAMED = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|pseudo|facebook|fb|discord|telegram)\b[^\w\n]{0,4}"
    r"(?:(?:de|c[’']est|est|sous|le nom)\s){0,2}[«\"“(:\s]*((?=[\w.]*[\d_.])[a-zA-Z][\w.]{3,30})",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|joignable|joindre|appel(?:er|le|ez)|num[ée]ro|num|"
    r"whatsapp|sms|contact)\b"
    rf"[^\d.;!?\n]{{0,25}}?((?:\+\s?)?\d(?:{_GAP}\d){{7,12}})(?!\w)",
    re.IGNORECASE,
)
_DIGIT = (
    r"(?:z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt|vingts|trente|quarante|cinquante|soixante|septante|nonante|et)"
)
_SPOKEN = re.compile(
    rf"\bz[ée]ro[\s\-,]+(?:un|deux|trois|quatre|cinq|six|sept|neuf)(?:[\s\-,]+{_DIGIT}){{4,}}\b",
    re.IGNORECASE,
)

_FILE_NOUNS = (
    r"dossier|allocataire|caf|mdph|matricule|[ée]crou|agdref|[ée]tranger|titre de s[ée]jour|"
    r"carte de s[ée]jour|r[ée]c[ée]piss[ée]|"
    r"passeport|cni|carte d[’']identit[ée]|identit[ée]|permis(?: de conduire)?|plaque|immatriculation|"
    r"immatricul[ée]e?|ipp|ine|"
    r"b[ée]n[ée]ficiaire|adh[ée]rente?|affaire|rg|parquet|siao|ofpra|cnda|ase|identifiant|fiscal|"
    r"p[ôo]le emploi|"
    r"france travail|usag(?:er|[èe]re)|demandeur|d[ée]p[ôo]t|contrat|client|visa|cmu|css|ame|msa|carsat|"
    r"retraite|"
    r"mutuelle|s[ée]jour|patient|dn[ai]|cjn|jugement|proc[ée]dure|bail|r[ée]f[ée]rence|r[ée]f|unique|"
    r"nu[dr]|logement"
)
_CODE = (
    r"(?:(?-i:(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{8,14})(?!\w)|"
    r"(?:[A-Z]{1,5}[./\-]?)?\d+[A-Z]{0,3}(?:[./\- ]\d+[A-Z]{0,2}|[/\-][A-Z0-9]+|\s(?-i:[A-Z])(?![\w’'.]))*)"
)
_FILE = re.compile(
    rf"\b(?P<noun>{_FILE_NOUNS})s?\b(?P<between>[^\d\n.;!?]{{0,25}}?)(?P<code>(?<![\w’']){_CODE})(?!\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:\bn\s?[°ºo]\s?|\bnum[ée]ro\s|\bnum\s)(?:de |d[’']|"
    rf"du )?(?P<noun>{_FILE_NOUNS})\b[^\d\n.;!?]{{0,25}}?(?P<code>{_CODE})(?!\w)",
    re.IGNORECASE,
)
_NUMBER_SIGN = re.compile(r"n\s?[°ºo]|num[ée]ro|\bnum\b|:|#|matricule|identifiant|r[ée]f", re.IGNORECASE)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-NP-TV-Z]{2}[\s-]?\d{3}[\s-]?[A-HJ-NP-TV-Z]{2}|"
    r"\d{2,4}[ -][A-HJ-NP-TV-Z]{2,3}[ -](?:\d\d|2[AB]))(?![\w-])"
)
_PLATE_ASKED = re.compile(
    r"\b(?:plaque|immatricul\w+|voiture|v[ée]hicule|camion(?:nette)?|scooter|"
    r"caravane)\b[^\d\n.;!?]{0,30}?\b([a-z]{2}[\s-]?\d{3}[\s-]?[a-z]{2})\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?<![\w-])(?:\d\d[A-Z]{2}\d{5}|99\d{8}|[A-Z]{1,2}\d{7,9})(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/\-](?:19|20)?\d\d)?$")
# A file's number in a law, a decree, a report is no one's.
_PUBLIC_TEXT = re.compile(
    r"\b(?:loi|d[ée]cret|circulaire|arr[êe]t[ée]?|ordonnance|directive|rapport|avis|fiche|mesure|"
    r"recommandation|article|art|convention|"
    r"cerfa|instruction|note|page|siret|siren|finess|isbn|issn|agr[ée]ment)\b[^.;!?\n]{0,25}$",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\s?(?:€|euros?|k€|millions?|milliards?|%|personnes|places|dossiers|m[²2]|ans|heures|habitants|"
    r"jours|mois)",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Detail]:
    """Yield the numbers, mails and accounts of a text, some perhaps twice under two kinds.

    The surest kind comes first: of details that overlap, the first one holds.
    """
    yield from _mails(text)
    yield from _bank(text)
    yield from _social_security(text)
    yield from _telephones(text)
    yield from _files(text)
    yield from _said_telephones(text)


def _mails(text: str) -> Iterator[Detail]:
    for pattern in (_EMAIL, _EMAIL_CUT):
        for found in pattern.finditer(text):
            yield detail(Kind.EMAIL, text, *found.span())
    for found in _ACCOUNT.finditer(text):
        yield detail(Kind.ACCOUNT, text, *found.span())
    for found in _ACCOUNT_NAMED.finditer(text):
        yield detail(Kind.ACCOUNT, text, *found.span(1))


def _bank(text: str) -> Iterator[Detail]:
    for found in _IBAN.finditer(text):
        code = re.sub(r"[\s.\-]", "", found[0])
        digits = sum(mark.isdigit() for mark in code)
        length = _iban_length(code)
        if length and digits >= 10:
            yield detail(Kind.IBAN, text, found.start(), _end_of(text, found.start(), length))
        elif found[0][:2].isupper() and digits >= 12 and digits >= 0.6 * len(code):
            yield detail(Kind.IBAN, text, *found.span())
    for found in _BANK.finditer(text):
        if sum(mark.isdigit() for mark in found[1]) >= 8:
            yield detail(Kind.IBAN, text, *found.span(1))
    for found in _RIB.finditer(text):
        yield detail(Kind.IBAN, text, *found.span())
    for found in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", found[0])):
            yield detail(Kind.IBAN, text, *found.span())


def _iban_length(code: str) -> int:
    """Return how many characters of a code form an IBAN whose key is right (ISO 13616, mod 97), or 0."""
    for length in range(min(34, len(code)), 14, -1):
        moved = code[4:length].upper() + code[:4].upper()
        if int("".join(str(int(mark, 36)) for mark in moved)) % 97 == 1:
            return length
    return 0


def _end_of(text: str, start: int, count: int) -> int:
    """Return where the ``count``-th letter or digit from ``start`` ends."""
    for place in range(start, len(text)):
        count -= text[place].isalnum()
        if not count:
            return place + 1
    return len(text)


def _luhn(digits: str) -> bool:
    doubled = [int(mark) * (1 + place % 2) for place, mark in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _social_security(text: str) -> Iterator[Detail]:
    for found in _NIR.finditer(text):
        yield detail(Kind.NIR, text, *found.span())
    for found in _NIR_ASKED.finditer(text):
        yield detail(Kind.NIR, text, *found.span(1))


def _telephones(text: str) -> Iterator[Detail]:
    for found in _RUN.finditer(text):
        digits = re.sub(r"[^\d+]", "", found[0].replace("o", "0").replace("O", "0").replace("(0)", ""))
        if _is_telephone(digits):
            yield detail(Kind.PHONE, text, *found.span())
    for found in _SPOKEN.finditer(text):
        yield detail(Kind.PHONE, text, *found.span())


def _said_telephones(text: str) -> Iterator[Detail]:
    """Yield the numbers, whatever their form, that the words before call a telephone."""
    for found in _TELEPHONE.finditer(text):
        digits = re.sub(r"\D", "", found[1])
        if digits[:2] not in ("08", "19", "20") and not _MONEY.match(text, found.end()):
            yield detail(Kind.PHONE, text, *found.span(1))


def _is_telephone(digits: str) -> bool:
    """Say whether digits are a person's number: French, or with a country code; not a public 08."""
    digits = re.sub(r"^(?:\+|00)33(0?)", "0", digits) if re.match(r"(?:\+|00)33", digits) else digits
    if re.match(r"\+|00[1-9]", digits):
        return 9 <= len(digits.lstrip("+0")) <= 14
    return len(digits) == 10 and digits[0] == "0" and digits[1] in "12345679"


def _files(text: str) -> Iterator[Detail]:
    for pattern in (_PLATE, _DOCUMENT):
        for found in pattern.finditer(text):
            if not _PUBLIC_TEXT.search(text[: found.start()]) and not _MONEY.match(text, found.end()):
                yield detail(Kind.FILE_NUMBER, text, *found.span())
    for found in _PLATE_ASKED.finditer(text):
        yield detail(Kind.FILE_NUMBER, text, *found.span(1))
    for pattern in (_NUMBERED, _FILE):
        for found in pattern.finditer(text):
            if _is_file(text, found):
                yield detail(Kind.FILE_NUMBER, text, *found.span("code"))


def _is_file(text: str, found: re.Match[str]) -> bool:
    code = found["code"]
    digits = sum(mark.isdigit() for mark in code)
    signed = bool(_NUMBER_SIGN.search(found[0][: -len(code)])) or found.re is _NUMBERED
    if digits < 3 or _YEAR.match(code) or _MONEY.match(text, found.end()):
        return False
    if _PUBLIC_TEXT.search(text[: found.start("code")]):
        return False
    return signed or digits >= 5
