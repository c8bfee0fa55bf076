"""The aspects of a theme that a question enumerates: « l’intérim : pourquoi on y va, ce que ça abîme ».

Who prepares a course names the parts of it. Each is searched with the theme and answered under its
own heading.
"""

import re
from dataclasses import dataclass

from assistant.asking import prepares, topic
from index.french import fold
from index.kinds import PassageKind

LEAST, MOST = 2, 5
_LONGEST = 16  # words: a longer part is no aspect but a sentence
_ASKS = re.compile(
    r"(?=(?:à quoi|ce qu[ie]|qui|que|quels?|quelles?|comment|pourquoi|combien|d[’']où|où)\b)", re.IGNORECASE
)
# What comes before the parts, the surest first…
_OPENS = (
    re.compile(r".*:\s*"),
    re.compile(
        r".*\b(?:il me faut|je cherche|je veux(?: montrer| démonter)?|donnez-moi|donne-moi|que dire)\s+",
        re.IGNORECASE,
    ),
    _ASKS,
)
# …between them…
_BETWEEN = re.compile(
    r"\s*[;,]\s*(?:et\s+|ou\s+)?(?:enfin\s+)?"
    r"|\s+et\s+(?=(?:ce\s+qu|qui\b|où\b|d[’']où|que\b|qu[’']|quel|quoi|comment|pourquoi|combien|l[ae]s?\s"
    r"|l[’']|une?\s|des?\s|propositions?|pistes|exemples|limites|freins|leviers))",
    re.IGNORECASE,
)
# …and after the last.
_CLOSES = re.compile(
    r"\s*(?:,\s*)?(?:qu[’']est-ce que je peux|que puis-je|quels éléments|puis-je|leur donner|citer|présenter"
    r"|à (?:utiliser|mobiliser|citer)|trouver dans|mettre (?:en débat|au programme))\b.*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:et|ou|que dire|il me faut|je cherche|je veux|d(?:e|u|es))\b|d[’'](?!où))\s*(?:d(?:e|u|es)\s)?",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^(?:quel(?:le)?s?(?: sont| est)?(?: les| la| le)?)\s+", re.IGNORECASE)


# Parts that say what sort of matter is wanted, whatever the theme: how such matter is told.
_SORTS: tuple[tuple[re.Pattern[str], frozenset[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"chiffre|donnee|statistique"),
        frozenset(),
        re.compile(
            r"\d\s?%|\b\d{1,3}(?:[ \u00a0\u202f]\d{3})+\b|\d (?:millions?|milliards?|fois|points?)\b"
            r"|\bsur (?:dix|cent)\b"
        ),
    ),
    (re.compile(r"constat|etat des lieux|diagnostic"), frozenset({PassageKind.FINDING}), None),
    (
        re.compile(r"parole|temoignage|citation"),
        frozenset(),
        re.compile(r"[«“][^»”]{25,}[»”]|\bj(?:e|’|')\b"),
    ),
    (
        re.compile(r"piste|proposition|recommandation|levier|solution|moyen"),
        frozenset({PassageKind.RECOMMENDATION}),
        None,
    ),
    (re.compile(r"exemple|experience|initiative|cas\b"), frozenset({PassageKind.EXPERIENCE}), None),
)
_ANY_THEME = re.compile(r"^(?:\w+ )?\w+(?: (?:de|d) (?:terrain|action|solution|reflexion))?$")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One part of a theme: ``name`` is its heading, ``query`` what is searched for it.

    ``kinds`` are the kinds of passage that tell it best and ``form`` how its sentences are told,
    when it names a sort of matter (« chiffres », « pistes »).
    """

    name: str
    query: str
    kinds: frozenset[str] = frozenset()
    form: re.Pattern[str] | None = None

    @property
    def is_sort(self) -> bool:
        """Say whether it names a sort of matter, of which few passages on the theme are."""
        return bool(self.kinds) or self.form is not None

    def suits(self, kind: str, text: str) -> bool:
        """Say whether a sentence of a passage of this kind is of the sort of matter wanted."""
        return kind in self.kinds or (self.form is not None and self.form.search(text) is not None)


def aspects(question: str) -> tuple[Aspect, ...]:
    """Return the aspects that a question which prepares a course enumerates, nothing when it does not."""
    if not prepares(question):
        return ()
    theme = topic(question)
    for sentence in reversed(re.split(r"(?<=[.?!])\s+", question.strip())):
        for opens in _OPENS:
            opening = opens.match(sentence)
            parts = _parts(sentence[opening.end() :]) if opening else []
            if not opening or not parts or (opens is _ASKS and not all(map(_ASKS.match, parts))):
                continue
            subject = theme if theme != question else question.replace(sentence, sentence[: opening.end()])
            return tuple(_aspect(subject.rstrip(" :"), part) for part in parts)
    return ()


def _parts(told: str) -> list[str]:
    """Return the parts of an enumeration, none when it is no list of aspects."""
    told = _CLOSES.sub("", told.rstrip(" .?!"))
    parts = [_LEAD.sub("", part).strip(" …") for part in _BETWEEN.split(told)]
    parts = [part for part in parts if part]
    fits = LEAST <= len(parts) <= MOST and all(len(part.split()) <= _LONGEST for part in parts)
    return parts if fits else []


def _aspect(theme: str, part: str) -> Aspect:
    name, folded = _titled(part), fold(_titled(part))
    for named, kinds, form in _SORTS:
        if named.search(folded):
            query = theme if _ANY_THEME.match(folded) else f"{theme}, {part}"
            return Aspect(name, query, kinds, form)
    return Aspect(name, f"{theme}, {part}")


def _titled(part: str) -> str:
    name = _ASKING.sub("", part).strip()
    return name[:1].upper() + name[1:]
