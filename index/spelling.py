"""Questions as people type them, put into written French: « cb de plasse, kil fodré ? ».

Three steps, for each word that neither the library nor the list of the field's words knows: the
abbreviations of text messages; an article stuck to its noun (« lassistante »); the known word that
sounds the same, else the one spelt most like it. Sound is the key of a simplified French phonetic
alphabet, in the manner of Soundex (Russell 1918) and of its French descendants.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from index.french import fold

# Never a word or a sigle of the field.
_TEXTED = {
    "cb": "combien", "cmb": "combien", "kombien": "combien",
    "pr": "pour", "ds": "dans", "ac": "avec", "avc": "avec", "qd": "quand", "tt": "tout", "tte": "toute",
    "tps": "temps", "tjs": "toujours", "tjrs": "toujours", "tjr": "toujours",
    "bcp": "beaucoup", "pb": "problème", "pbs": "problèmes", "qq": "quelques", "qqn": "quelqu’un",
    "qqch": "quelque chose", "rdv": "rendez-vous", "dc": "donc", "ms": "mais", "mm": "même",
    "vs": "vous", "ns": "nous", "pk": "pourquoi", "pq": "pourquoi", "pkoi": "pourquoi",
    "pourkoi": "pourquoi", "pck": "parce que", "pcq": "parce que", "parcke": "parce que",
    "ki": "qui", "kil": "qu’il", "kils": "qu’ils", "kel": "quel", "kelle": "quelle", "kels": "quels",
    "kelles": "quelles", "lekel": "lequel", "lekels": "lesquels", "koi": "quoi", "ke": "que",
    "kan": "quand", "kand": "quand", "cest": "c’est", "cetait": "c’était", "jai": "j’ai",
    "jsuis": "je suis", "jsui": "je suis", "chui": "je suis", "ya": "il y a", "yavait": "il y avait",
    "fo": "il faut", "fau": "faut", "dif": "différence",
    "diff": "différence",
    "dmd": "demande", "svp": "", "stp": "", "jms": "jamais",
    "sui": "suis", "til": "t-il",
    }  # fmt: skip
# Words cut short as the trade cuts them: they say nothing of how the rest is typed.
_CUT = {
    "asso": "association", "assos": "associations", "dept": "département", "depts": "départements",
    "assfam": "assistant familial", "assfams": "assistants familiaux", "educ": "éducateur",
    "educs": "éducateurs", "auxi": "auxiliaire", "puer": "puériculture", "protec": "protection",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_STUCK = re.compile(r"(qu|[ldjnscm])(?=[aeiouyhéèêâ])(\w{3,})")
_LEAST = 4  # letters: a shorter unknown word is left as it is
_SPELLING = 80  # likeness out of 100 of two spellings, for one to be meant by the other
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        (r"ph", "f"),
        (r"qu?|ck|c(?=[^eiyhç]|$)", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|ç", "s"),
        (r"g(?=[eiy])e?", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"ti(?=on|el|eu)|si(?=on)", "si"),
        (r"eau|au", "o"),
        (r"(?:en|an|em|am)(?![aeiouy])", "A"),
        (r"(?:ain|ein|in|im|un)(?![aeiouy])", "I"),
        (r"(?:on|om)(?![aeiouy])", "O"),
        (r"(?:ai|ei|oe|e)(?:nt|s|t|z|r|x)?$", "e"),
        (r"ai|ei", "e"),
        (r"(?<!c)h", ""),
        (r"y", "i"),
        (r"z", "s"),
        (r"(?<=\w\w)(?:e(?:s|nt)?|[tsxdp]+)$", ""),
    )
)

_UNKNOWN = 2  # words that nothing knows, for a question to be typed loosely

Known = Callable[[str], bool]


def written(question: str, known: Known) -> str:
    """Return a question with its words as French writes them, when it is typed loosely.

    It is when it holds an abbreviation of text messages or several words that nothing knows. Words
    in capitals are left alone; ``known`` says of a word in small letters whether the library knows it.
    """
    words = [match.group() for match in _WORD.finditer(question) if match.group().islower()]
    unknown = [word for word in words if len(word) >= _LEAST and not _is_word(word, known)]
    loose = any(word in _TEXTED for word in words) or len(unknown) >= _UNKNOWN
    read = _WORD.sub(lambda found: _written(found, known, loose=loose), question)
    return " ".join(read.split()) if read != question else question


def _written(found: re.Match[str], known: Known, *, loose: bool) -> str:
    word = found.group()
    if not word.islower() or found.string[found.end() : found.end() + 1] in ("’", "'"):
        return word
    if word in _CUT:
        return _CUT[word]
    if not loose:
        return word
    if word in _TEXTED:
        return _TEXTED[word]
    if len(word) < _LEAST or _is_word(word, known):
        return word
    return _heard(word) or _unstuck(word, known) or _spelt(word) or word


def _unstuck(word: str, known: Known) -> str:
    """Return a word with the article stuck to it set apart, ``""`` when none is."""
    stuck = _STUCK.fullmatch(word)
    if stuck is None:
        return ""
    rest = stuck.group(2)
    noun = rest if _is_word(rest, known) else _heard(rest)
    return f"{stuck.group(1)}’{noun}" if noun else ""


def _is_word(word: str, known: Known) -> bool:
    return fold(word) in _forms() or known(word)


@cache
def _forms() -> dict[str, str]:
    """Return the words of the field by their letters without accents, the most frequent first."""
    text = files("index.data").joinpath("words.txt").read_text(encoding="utf-8")
    forms: dict[str, str] = {}
    for word in text.split():
        forms.setdefault(fold(word), word)
    return forms


@cache
def _by_sound() -> dict[str, list[str]]:
    sounds: dict[str, list[str]] = {}
    for word in _forms():
        sounds.setdefault(sound(word), []).append(word)
    return sounds


@cache
def _heard(word: str) -> str:
    """Return the known word that sounds like this one, ``""`` when none does."""
    from rapidfuzz import fuzz

    folded = fold(word)
    key = sound(folded)
    same = _by_sound().get(key, []) if len(key) > 1 else []
    return _forms()[max(same, key=lambda one: fuzz.ratio(folded, one))] if same else ""


@cache
def _spelt(word: str) -> str:
    """Return the known word spelt most like this one, ``""`` when none is near."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(fold(word), _forms().keys(), scorer=fuzz.ratio, score_cutoff=_SPELLING)
    return _forms()[near[0]] if near else ""


def sound(word: str) -> str:
    """Return how a French word sounds, in simplified letters: « faudrait » and « fodré » are one."""
    heard = word
    for pattern, letters in _SOUNDS:
        heard = pattern.sub(letters, heard)
    return heard
