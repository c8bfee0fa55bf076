"""Who speaks in a sentence: the organisation whose words or position it gives."""

import re
from dataclasses import dataclass

from index.french import fold
from index.library import Library

_REPORT = "HCTS"
_POSITION = re.compile(r"^La position (?:de la |de l[’']|de |du |des |d[’'])(?P<name>.+?) sur\b")
_ARTICLES = {
    "croixrouge": "Croix-Rouge française",
    "intercocfdt": "CFDT Interco",
    "cfdtinterco": "CFDT Interco",
}
_REPORT_SAYS = re.compile(r"\b(?:livre blanc|HCTS|Haut Conseil du travail social)\b")
# One who is named as speaking, whether the library knows it or not.
_ACCORDING = re.compile(
    r"\b(?:[Ss]elon|[Dd][’']après|[Pp]our)\s+(?:la |le |les |l[’'])?[A-ZÀ-Ý]|, (?:estime|juge|note"
    r"|rappelle|souligne|dit|écrit)\w* [A-ZÀ-Ýl]"
)


@dataclass(frozen=True, slots=True)
class Organisations:
    """The organisations whose positions the library holds, each with the patterns that name it."""

    names: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, library: Library) -> "Organisations":
        """Return those that speak in a part of a document, or that a fiche gives the position of."""
        names: dict[str, str] = {}
        for document in library.documents():
            found = [part.speaker for part in document.parts] + [document.speaker]
            if match := _POSITION.match(document.title):
                found.append(match["name"])
            for name in filter(None, found):
                names.setdefault(_key(name), name)
        names.setdefault(_key(_REPORT), _REPORT)
        ordered = tuple(sorted(set(names.values())))
        return cls(ordered, tuple((name, _pattern(name)) for name in ordered))

    def named_in(self, text: str) -> list[str]:
        """Return the organisations that a text names, in the order of the text."""
        places = [(match.start(), name) for name, pattern in self.patterns if (match := pattern.search(text))]
        return [name for _, name in sorted(places)]

    def speaking(self, text: str, relayed: str, speaker: str) -> str:
        """Return who speaks in a sentence, empty when that is not certain.

        ``relayed`` is the source that a fiche gives for it, ``speaker`` the voice of its passage.
        """
        named = self.named_in(text)
        if speaker:
            return speaker if not _ACCORDING.search(text) and set(named) <= {speaker} else ""
        told = self.named_in(relayed)
        if "contribution" in relayed or " texte de " in relayed:
            own = [name for name in told if name != _REPORT]
            return own[0] if len(own) == 1 and (not named or named == own) else ""
        if _REPORT_SAYS.search(relayed) and _REPORT_SAYS.search(text):
            return (
                _REPORT
                if set(named) <= {_REPORT} and not _ACCORDING.search(_REPORT_SAYS.sub("", text))
                else ""
            )
        return ""

    def masked(self, text: str, name: str) -> str:
        """Return a text with « […] » for the name of an organisation and its article, empty if absent."""
        pattern = dict(self.patterns).get(name)
        if pattern is None:
            return ""
        if re.search(rf"\b(?:du|au|aux|des|de|d[’'])\s?{pattern.pattern}", text, pattern.flags):
            return ""  # « du livre blanc » is not said as « de la CNAPE »
        article = rf"(?:\b[Ll][ea]s?\s|\b[Ll][’'])?{pattern.pattern}"
        masked, count = re.subn(article, "[…]", text, flags=pattern.flags)
        return masked if count else ""


def named(name: str) -> str:
    """Return the name of an organisation with its article, as French says it."""
    if name.startswith(("Départements", "France ", "SUD", "Interco")):
        return name
    if name in (_REPORT,) or name.startswith(("Groupe", "Conseil")):
        return f"le {name}"
    if name == "CESE":
        return "le CESE"
    if name[:1] in "AEIOUÉ" or name.startswith("HC"):
        return f"l’{name}"
    return name if name.startswith(("La ", "Le ", "L’")) else f"la {name}"


def of_named(name: str) -> str:
    """Return the name of an organisation after « de »: de l’ANAS, du HCTS, de France ESF."""
    told = named(name)
    if told.startswith("le "):
        return f"du {told[3:]}"
    return f"d’{told}" if told[:1] in "AEIOUÉ" else f"de {told}"


def uncapitalised(text: str) -> str:
    """Return a text that opened a sentence as it stands inside one; a sigle or a name keeps its capitals."""
    first = text.split()[0] if text.split() else ""
    return text if any(map(str.isupper, first[1:])) else text[:1].lower() + text[1:]


def _key(name: str) -> str:
    key = re.sub(r"\W", "", fold(name))
    return _ARTICLES.get(key, key) if key in _ARTICLES else key


def _pattern(name: str) -> re.Pattern[str]:
    """Return what names an organisation: its name, or what people call it."""
    if name == _REPORT:
        return re.compile(r"\b(?:livre blanc(?: du HCTS)?|HCTS|Haut Conseil du travail social)\b")
    others = {
        "Croix-Rouge française": r"Croix-Rouge(?: française)?",
        "CFDT Interco": r"(?:CFDT Interco|Interco CFDT)",
        "SUD Santé Sociaux": r"SUD(?: Santé[- ]Sociaux)?",
        "Départements de France": r"(?:Départements de France|ADF)",
    }
    body = others.get(name) or re.escape(name)
    return re.compile(rf"\b{body}\b", re.IGNORECASE if not name.isupper() or len(name) > 4 else 0)
