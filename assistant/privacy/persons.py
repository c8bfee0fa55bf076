"""The persons of a text in neutral words: who is who, and what agrees with them."""

import re

from assistant.privacy.detail import Detail
from assistant.privacy.signs import PEOPLE
from index.french import fold

MARK = "\ue000"  # where a clause was taken out, until the commas around are mended
ALSO = "\ue001"  # the same, « et » going with it
_FEMININE_TITLE = r"(?:madame|mme|mmes|mlle|melle|mademoiselle|veuve)"
_MASCULINE_TITLE = r"(?:monsieur|mr|m)"
_TITLE = re.compile(
    rf"(?:\b(?:mme\s+)?(?P<f>{_FEMININE_TITLE})|\b(?P<m>{_MASCULINE_TITLE})"
    r"|(?P<lead>\b(?:du|au|le|la)\s+|l[’'])?\b(?:(?P<doctor>dr|docteure?)|(?P<lawyer>me|"
    r"ma[îi]tre)))\.?\s+$",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"\b{_MASCULINE_TITLE}\.?\s+et\s+{_FEMININE_TITLE}\.?\s+$", re.IGNORECASE)
_YOUNG = re.compile(
    r"\b(?P<lead>du|au|le|la|les|ce|cette|un|une)\s+(?P<who>petit|petite|jeune)\s+$", re.IGNORECASE
)
_HOUSEHOLD = re.compile(
    r"\b(?P<lead>de la|à la|la|les?|aux|des|du|au|chez les|de l[’']|l[’'])\s*"
    r"(?P<who>familles?|couple|"
    r"époux|consorts|fratrie|enfants|parents|frères|sœurs|jumeaux|jumelles)\s+$",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"\b(?:(?:mon|ma|mes|notre|nos|votre|son|sa|leur|un|une|le|la|l[’']|d[’']un|d[’']une|de ma|de mon|"
    r"de notre|ce|cette)\s*)"
    r"(?!petit|jeune)(?P<noun>[\w-]{3,})(?:\s+(?:[àa] )?(?:domicile|jumeau|jumelle|aînée?|"
    r"cadette?|familiale?|sociale?|"
    r"spécialisée?))?\s*[,:]?\s*$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:,?\s*(?P<who>qui|il|elle|je|on|et il|et elle)?\s*(?:m[’']|s[’']|l[’'])?appel(?:le|ait|ons|é)e?|"
    r",?\s*(?:pré|sur|dé)?nommée?s?|,?\s*(?:son |le |de )?(?:pré)?nom\s?:?)\s*$",
    re.IGNORECASE,
)
_FEMININE = re.compile(
    r"\belle\b|\bnée\b|\b(?:est|était|sera|a été|reste)\s+(?:pas |très |toujours |encore |"
    r"déjà )?(?:\w+ée|\w+ie|\w+ue|\w+euse|\w+ive|enceinte|seule|mineure|majeure|placée)\b|"
    r"\bla (?:petite|jeune)\b",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    r"\bil\b|\b(?:sont|être|été|étaient)\s\w+(?:és|us|is)\b|\bné\b|"
    r"\b(?:est|était|sera|a été|reste)\s+(?:pas |très |toujours |encore |déjà )?(?:\w+é|"
    r"\w+i|\w+u|\w+eux|\w+if|seul|mineur|majeur)\b|\ble (?:petit|jeune)\b",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?:comment|puis|peut|doit|est-ce qu[’']?)?-?\s?il\s+(?:faut|y a|est (?:possible|normal|"
    r"obligatoire))|y a-t-il|faut-il|existe-t-il|s[’']agit-il",
    re.IGNORECASE,
)


class People:
    """The persons of one text, so that the same name is the same person all along."""

    def __init__(self, text: str) -> None:
        spoken = _IMPERSONAL.sub(" ", text)
        self._feminine = bool(_FEMININE.search(spoken))
        self._masculine = bool(_MASCULINE.search(spoken))
        self._met: list[tuple[frozenset[str], str]] = []

    def neutral(self, before: str, one: Detail, text: str) -> tuple[str, str]:
        """Return what precedes a name, without its title, and the words in place of the name."""
        parts = frozenset(re.findall(r"\w+", fold(one.text)))
        if called := _CALLED.search(before):
            if text[one.end :].lstrip().startswith("et "):
                return before[: called.end("who") if called["who"] else called.start()] + ALSO, ""
            return before[: called.start()] + MARK, ""
        if household := _HOUSEHOLD.search(before):
            return _household(before, household)
        if young := _YOUNG.search(before):
            return self._young(before, young, parts)
        if vague := re.search(r"\b(?:un certain|une certaine)\s+$", before, re.IGNORECASE):
            return before[: vague.start()], "une personne" if vague[0].startswith("une") else "quelqu’un"
        if home := re.search(r"\bles\s+$", before, re.IGNORECASE):
            return before[: home.start()], "une famille"
        if both := _BOTH.search(before):
            self._met.append((parts, "ces personnes"))
            return led(before[: both.start()], "un homme et une femme")
        title = _TITLE.search(before)
        bare = before[: title.start()] if title else before
        apposed = _APPOSED.search(bare)
        if apposed and (not title or fold(apposed["noun"]) in PEOPLE):
            before = bare
            self._met.append((parts, "cette personne"))
            kept = before.rstrip(" ,:\u00a0")
            return kept + (MARK if "," in before[len(kept) :] else ""), ""
        if title:
            lead = {"du": "de ", "au": "à "}.get(fold(title["lead"] or "").strip(), "")
            before = before[: title.start()] + lead
        again = next((name for seen, name in self._met if seen <= parts or parts <= seen), "")
        noun = again or self._noun(title)
        if not again:
            if any(name == _again(noun) for _, name in self._met):
                noun = {"quelqu’un": "quelqu’un d’autre"}.get(noun, noun.replace(" ", " autre ", 1))
            self._met.append((parts, _again(noun)))
        return led(before, noun)

    def _noun(self, title: re.Match[str] | None) -> str:
        if title:
            named = (("f", "une femme"), ("m", "un homme"), ("doctor", "un médecin"), ("lawyer", "un avocat"))
            return next(noun for group, noun in named if title[group])
        if self._masculine and not self._feminine:
            return "quelqu’un"
        return "une personne"

    def _young(self, before: str, young: re.Match[str], parts: frozenset[str]) -> tuple[str, str]:
        lead, who = fold(young["lead"]), fold(young["who"])
        feminine = who == "petite" or lead in {"la", "une", "cette"}
        noun = {
            "petit": "un enfant",
            "petite": "une enfant",
            "jeune": "une jeune" if feminine else "un jeune",
        }[who]
        again = next((name for seen, name in self._met if seen <= parts or parts <= seen), "")
        self._met.append((parts, _again(noun)))
        head = before[: young.start()] + {"du": "de ", "au": "à "}.get(lead, "")
        return led(head, again or noun)


def _household(before: str, household: re.Match[str]) -> tuple[str, str]:
    lead, who = fold(household["lead"]), fold(household["who"])
    if who in {"enfants", "parents", "freres", "soeurs", "jumeaux", "jumelles"}:
        return before.rstrip(), ""
    article = (
        "un"
        if who == "couple"
        else "une"
        if who in {"famille", "fratrie"}
        else "des"
        if who == "familles"
        else "un"
    )
    noun = {"epoux": "couple", "consorts": "couple"}.get(who, household["who"].lower())
    head = before[: household.start()]
    if lead in {"de la", "du", "des", "de l'", "de l’"}:
        head += "de " if article == "des" else "d’"
        return (head, noun) if article == "des" else (head + article + " ", noun)
    if lead in {"a la", "au", "aux"}:
        head += "à "
    if lead == "chez les":
        head += "chez "
    return head + article + " ", noun


def _again(noun: str) -> str:
    return {
        "un homme": "cet homme",
        "un enfant": "cet enfant",
        "un jeune": "ce jeune",
        "une jeune": "cette jeune",
        "une enfant": "cette enfant",
        "une femme": "cette femme",
        "un médecin": "ce médecin",
        "un avocat": "cet avocat",
    }.get(noun, "cette personne")


def led(before: str, noun: str) -> tuple[str, str]:
    """Return what precedes a noun with its last word elided as the noun wants, and the noun."""
    vowel = noun[0] in "uaei" and not noun.startswith("cet")
    if found := re.search(r"(?i)\b(?P<word>d|qu|jusqu|lorsqu|puisqu)(?:[’']|e\s+)$", before):
        full = found["word"] + ("’" if vowel or noun.startswith("un") else "e ")
        return before[: found.start()] + full, noun
    return before, noun
