"""What a passage is, where the text tells: a finding, a recommendation, a definition, a note.

The part of the document tells most (a bibliography, a fiche from the field, a contribution), then
the headings, then the forms of the text: « il convient de », items in the infinitive, an article
of law quoted. Nothing is said where nothing tells.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from index.sentences import sentence_spans


class PassageKind(StrEnum):
    """The kinds of passage, as readers see them."""

    FINDING = "constat"
    RECOMMENDATION = "recommandation"
    DEFINITION = "définition"
    LAW = "texte de loi cité"
    EXPERIENCE = "retour d’expérience"
    POSITION = "position d’une organisation"
    REFERENCE = "référence bibliographique"
    NOTE = "note"


NOTES_TITLE = "Notes"
_BY_PART = {
    "bibliographie": PassageKind.REFERENCE,
    "expérience": PassageKind.EXPERIENCE,
    "experience": PassageKind.EXPERIENCE,
    "recommandations": PassageKind.RECOMMENDATION,
    "mesure": PassageKind.RECOMMENDATION,
    "definition": PassageKind.DEFINITION,
    "définition": PassageKind.DEFINITION,
    "chiffres": PassageKind.FINDING,
    "position": PassageKind.POSITION,
    "déclaration": PassageKind.POSITION,
}
_SILENT_PARTS = frozenset({"liste", "communiqué"})
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ARTICLE = re.compile(r"\bArt(?:icle|\.)\s?\*?[LRD]\.?\s?\d[\d-]*", re.IGNORECASE)
_QUOTED = re.compile(r"[«“]([^»”]{200,})[»”]")
_LAW_POINT = re.compile(r"(?<![n\d])\d°\s?[A-ZÀ-Ý]")
_LAW_SHARE = 0.35
_SILENT_TITLE = re.compile(
    r"avertissement|méthodologi|méthode\b|remerciement|sommaire|message du|comparaisons internationales",
    re.IGNORECASE,
)
_PROPOSAL_TITLE = re.compile(
    r"^(?:\d+\W+|[A-D]\W+)?(?:propositions?|recommandations?|préconisations?|axe \d|objectif \d"
    r"|comment|pour\b|fiche mesure)|\brecommandations\b|propositions$",
    re.IGNORECASE,
)
_FINDING_TITLE = re.compile(r"constats?\b|exposé des motifs|contexte|enjeux", re.IGNORECASE)
_EXPERIENCE_TITLE = re.compile(
    r"fiche d’illustration|retours? d’expériences?|témoignages?|initiatives? de terrain", re.IGNORECASE
)
_DEFINITION_TITLE = re.compile(r"^(?:\W|\d|définitions?\b)*définitions?\b|qu’est-ce qu", re.IGNORECASE)
_DEFINES = re.compile(
    r"\bse défini(?:t|ssent)\b|\bpeut se définir\b|\bon entend par\b|\bdésigne\b|\best un ensemble d"
    r"|\best une démarche (?!à|particul)",
    re.IGNORECASE,
)
_TOUCHES_DEFINITION = re.compile(
    r"\b(?:est|sont|être) défini(?:e|s|es)?\b|\bse comprend comme\b|\best une (?:notion|approche) ",
    re.IGNORECASE,
)
_EXPERIENCES = re.compile(
    r"\binitiatives? (?:pionnière|locale)|\bexpérimentation"
    r"|\b(?:a|ont) (?:été mise?s? en place|permis (?:de|d’))"
    r"|\bnous (?:accompagnons|avons (?:mis|mené|créé|expérimenté))|\bs’est concrétisée?|\bse concrétiser\b",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(?:qu’)?il (?:convient|conviendrait|faut|faudrait|importe)\b|\bdoi(?:t|vent)\b"
    r"|\bdevr(?:ait|aient|ont|a)\b"
    r"|\b(?:qu’)?il s’agi(?:t|rait) (?:de|d’|donc|également|en particulier)"
    r"|\bil (?:est|apparaî?t|semble|serait) \w*,?\s?(?:donc )?"
    r"(?:nécessaire|indispensable|essentiel|important|souhaitable|opportun|urgent|impératif|proposé)"
    r"|\b(?:recommand|préconis|propos)(?:e|ent|ons)\b|\bpermettr(?:ait|aient)\b|\bpourr(?:ait|aient)\b"
    r"|\burgence à\b|\breste à\b|\bà (?:déployer|élaborer|développer|encourager)\b"
    r"|\borientation essentielle\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^\s*(?:[•●▪➢\uf0b7\uf0a7\uf0d8*–−-]\s*|[a-z]\)\s*|\d{1,2}[.)]\s*| )(?:D[e’'] ?)?([^\W\d_]+)",
    re.MULTILINE,
)
_INFINITIVE = re.compile(r"[A-ZÀ-Ýa-zà-ÿ][a-zà-ÿ]+(?:er|ir|re)$")
_PROPOSAL_SHARE = 0.42  # of the sentences of a report; more, and the passage recommends
_LIST_SHARE = 0.5  # of the items of a list that begin with an infinitive


def kind_of(text: str, section: Sequence[str] = (), part_kind: str = "") -> str:
    """Return what a passage is (a ``PassageKind`` value), empty when the text does not tell.

    ``text`` is its prose, ``section`` the headings above it, ``part_kind`` the kind of the part of
    the document (or of the document) that it stands in.
    """
    found = _by_place(text, section, part_kind)
    return "" if found is None else str(found or _by_form(text, section) or "")


def _by_place(text: str, section: Sequence[str], part_kind: str) -> str | None:
    """Return the kind that the place tells, empty when it tells none, ``None`` when there is none."""
    if section and section[-1] == NOTES_TITLE:
        return PassageKind.NOTE
    if _addresses(text) > 0.5:
        return PassageKind.REFERENCE
    if _quotes_law(text):
        return PassageKind.LAW
    if part_kind in _SILENT_PARTS or any(_SILENT_TITLE.search(title) for title in section):
        return None
    if part_kind == "contribution":
        return PassageKind.RECOMMENDATION if _lists_proposals(text, section) else PassageKind.POSITION
    if part_kind == "fiche" and any(title.lower().startswith("fiche mesure") for title in section):
        return PassageKind.RECOMMENDATION
    return _BY_PART.get(part_kind, "")


def _by_form(text: str, section: Sequence[str]) -> PassageKind | None:
    """Return the kind that headings, verbs and lists tell."""
    if any(_EXPERIENCE_TITLE.search(title) for title in section[-3:]):
        return PassageKind.EXPERIENCE
    if section and _DEFINITION_TITLE.search(section[-1]):
        return PassageKind.DEFINITION
    if _DEFINES.search(text) or len(_TOUCHES_DEFINITION.findall(text)) >= 2:
        return PassageKind.DEFINITION
    if len(_EXPERIENCES.findall(text)) >= 2:
        return PassageKind.EXPERIENCE
    if _lists_proposals(text, section):
        return PassageKind.RECOMMENDATION
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    if not sentences:
        return None
    proposing = sum(_PROPOSES.search(sentence) is not None for sentence in sentences)
    return (
        PassageKind.RECOMMENDATION if proposing >= _PROPOSAL_SHARE * len(sentences) else PassageKind.FINDING
    )


def _lists_proposals(text: str, section: Sequence[str]) -> bool:
    """Say whether the passage is a list of things to do, by its headings or by its verbs."""
    if section and (_PROPOSAL_TITLE.search(section[-1]) and not _FINDING_TITLE.search(section[-1])):
        return True
    first_words = _ITEM.findall(text)
    infinitives = sum(_INFINITIVE.match(word) is not None for word in first_words)
    return infinitives >= 3 and infinitives >= _LIST_SHARE * len(first_words)


def _addresses(text: str) -> float:
    """Return the share of a text that web addresses make."""
    return sum(len(address) for address in _ADDRESS.findall(text)) / max(1, len(text.strip()))


def _quotes_law(text: str) -> bool:
    """Say whether a good part of a text is an article of law, quoted or with its numbered points."""
    if not _ARTICLE.search(text):
        return False
    quoted = sum(len(quote) for quote in _QUOTED.findall(text))
    return quoted > _LAW_SHARE * len(text) or len(_LAW_POINT.findall(text)) >= 2
