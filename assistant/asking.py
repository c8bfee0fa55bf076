"""What a question asks for: the form of its answer, and the kinds of thing the answer must hold.

Questions come as people type them (« cb de gens », « c koi », no accents), so the patterns are read
on small letters without accents, apostrophes as blanks.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.expecting import FIGURES, NUMBER_WORD, Expected
from index.french import fold

__all__ = ["Asked", "Expected", "Form", "asked", "topic"]


class Form(StrEnum):
    """The form that an answer takes."""

    FACT = "fact"  # a figure, a date, a name, an article of law: one sentence
    DECISION = "decision"  # yes or no: the sentence that decides
    DEFINITION = "definition"
    LIST = "list"
    HOWTO = "howto"
    COMPARISON = "comparison"  # one block for each organisation or notion
    THEME = "theme"  # the main points of a broad theme, under headings
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; ``parts`` is how many things at once (« combien…, et combien… »)."""

    form: Form
    expected: frozenset[Expected] = frozenset()
    parts: int = 1


# Where a clause begins: words that also join clauses (« qui », « quand », « ou ») ask only there.
_CLAUSE = (
    r"(?:^|[,?:] |\b(?:et|mais|donc|alors|enfin) )(?:a |de |d |par |pour |avec |depuis |en |sur |chez )?"
)
_ASKS = re.compile(
    r"\b(?:combien|cb|cmb|quels?|quelles?|lesquels?|lesquelles?|pourquoi|pk|pq|comment|quoi|koi|qu est ce"
    r"|est ce)\b"
    rf"|{_CLAUSE}(?:qui|que|qu|quand|ou)\b"
)
# « Quand on change…, que disent… ? » tells a circumstance, « Quand a-t-on changé, et… ? » asks a date.
_WHEN = (
    r"\b(?:de|depuis|jusqu a|pour|c est) quand\b|\bquand (?:est|a|ont|sont|etait|date|fut|sera)\b"
    rf"|\bquand ?\?|{_CLAUSE}quand\b(?![^?]*[,:] \w)"
)
_PARTS = re.compile(
    rf"{_CLAUSE}(?:dans )?(?:combien|quels?|quelles?|qui|quand|pourquoi|comment|qu est ce"
    r"|qu[e ] ?(?:constate|dit|dise|propose|demande|pense|craint|craigne|reproche|recommande)\w*)\b"
)

_COMPARISON = re.compile(
    r"\b(?:differences?|different ils|different elles|diverge\w*|distingu\w*|compar(?:er|e[rz]?|aison)"
    r"|qui dit quoi"
    r"|chacune?|respectivement|points? communs?|s oppos\w+|opposent|versus|vs|l une? et l autre"
    r"|tou(?:s|tes) (?:les )?deux|d accord entre|entre eux|entre elles)\b"
)
_TEACHING = re.compile(
    r"\b(?:cours|modules?|sequence|expose|seance|demi journee|journee|td|atelier|formation|memoire|debat"
    r"|intervention|conference|etudiante?s|eleves|promo|dossier|argumentaire|topo)\b"
)
_COURSE = re.compile(
    r"\b(?:cours|modules?|sequence|expose|seance|demi journee|journee|matinee|seminaire|session|td|atelier"
    r"|conference|colloque|argumentaire|topo|debat|etude de cas|heures (?:sur|avec)|interviens"
    r"|formateurs?|formatrices?|(?:prepare|monte|anime|forme) (?:un|une|des|mes))\b"
)
_PREPARING = re.compile(
    r"\b(?:je (?:prepare|monte|construis|cherche|dois|fais|donne|bosse)|j (?:anime|interviens|organise)"
    r"|formateur|formatrice|preparer|animer|monter|expose sur|pour (?:mes|des|une) (?:etudiant|eleve|promo))"
)
_MATERIAL = re.compile(
    r"\b(?:constats?|chiffres|exemples?|paroles?|pistes?|arguments?|notions?|reperes|citations?|points?"
    r"|elements?|enjeux|idees|quoi dire)\b"
)
_TOPIC = re.compile(
    r"\b(?:sur|autour d[eu’']|à propos d[eu’']|au sujet d[eu’']|consacrée? à)\s*(?:le |la |les "
    r"|l[’'])?(.{4,}?)"
    r"(?:\s*:|\s*\?|,? (?:pour|à|avec|auprès de) (?:des|mes|une?|les)\b|,? quel|[.;]|$)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:definitions?|definir|definit|defini|que (?:veut dire|signifie|recouvre|designe)"
    r"|(?:ca|cela) (?:veut dire|signifie)|qu entend on|entend on par|au juste|sens du mot|en quoi consiste)\b"
    r"|^(?:et )?(?:au fait )?(?:qu est ce qu (?:un|une|on appelle)\b|qu est ce que (?:le|la|les|l|ce|cette)\b"
    r"|c est quoi|cest quoi|c koi|c est koi|cest koi|kesako)"
)
_SAYING = re.compile(
    r"\b(?:dit|disent|dis|propose\w*|demande\w*|dmd|recommande\w*|preconise\w*|reclame\w*|veut (?!dire)"
    r"|veulent"
    r"|craint|craignent|pense\w*|reproche\w*|constate\w*|attend\w*|suggere\w*|change\w*|apporte\w*"
    r"|manque\w*)\b"
)
_LIST = re.compile(
    r"\b(?:lesquels|lesquelles|liste|enumere\w*|quels sont|quelles sont|cite(?:r|z| moi)\b|rappele[rz]?"
    rf"|{NUMBER_WORD} (?!ans?\b|heures?\b|jours?\b|mois\b)\w+s|quels \w+s|quelles \w+s|de quoi"
    rf"|que recouvre\w*"
    r"|en quoi consiste|qui sont|toutes? les|tous les)\b"
)
_PROPOSALS = re.compile(
    r"\b(?:propose\w*|dmd|demandent?|recommande\w*|preconise\w*|reclame\w*|suggere\w*|revendique\w*"
    r"|propositions?|recommandations?|pistes?|leviers?|solutions?)\b"
)
_HOWTO = re.compile(
    r"\b(?:comment|coment|commen|que faire|quoi faire|quoi mettre|koi a mettre|s y prendre|par ou commencer"
    r"|quelles? (?:aides?|demarches?|etapes?|outils?|conditions?|methodes?)|quoi comme|que faut il|faut faire"
    r"|conseils?|mode d emploi)\b"
)
_NOT_HOWTO = re.compile(r"\bcomment (?:se fait|expliquer|ca se fait|s appelle)\b")
_WHY = (
    r"pourquoi|pk|pq|pourkoi|raisons?|causes?|d ou vient|a quoi (?:c est|est) du"
    r"|comment (?:se fait|expliquer)"
)
_REASON = re.compile(rf"\b(?:{_WHY})\b")
# « Quel… » with one of these asks for an explanation, not for a fact.
_ONE_THING = re.compile(
    r"\bquel(?:le)?(?: est| etait| serait)?(?: le| la| l)? (?!est\b|role|lien|effet|impact|place|interet"
    r"|raison"
    r"|difference|sens|rapport entre|avenir|position|avis|regard)\w"
)
_EXPECTED: tuple[tuple[Expected, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(asked))
    for kind, asked in (
        (Expected.RATE, r"\b(?:taux|proportion|pourcentages?|quelle part|combien (?:de )?pour ?cent)\b|%"),
        (
            Expected.AMOUNT,
            r"\b(?:montants?|prix|coute(?:nt)?|quel (?:cout|budget|salaire|tarif)|budget"
            r"|salaire (?:minimum|net|brut)"
            r"|gagne|touche (?:une?|t)|combien (?:gagne|touche|coute|est paye)\w*|quelles? primes?"
            r"|combien (?:est|sont|etait) (?:estime|finance|paye|remunere)\w*|enveloppe|euros?)\b",
        ),
        (
            Expected.DURATION,
            r"\b(?:combien de (?:temps|jours|mois|annees|ans|heures|semaines)|quelle duree|quel delai"
            r"|cb de temps)\b",
        ),
        (Expected.AGE, r"\b(?:quel age|age moyen)\b"),
        (Expected.LEVEL, r"\bquel(?:le)? (?:niveau|categorie|grade|echelon)\b"),
        (
            Expected.DATE,
            rf"\b(?:quelles? annees?|quelles? dates?|quel jour|quel mois|quel siecle)\b|{_WHEN}",
        ),
        (Expected.COUNT, r"\b(?:combien|cb|cmb|nombre|plafond|seuil|ratio|maximum|minimum)\b"),
        (
            Expected.PERSON,
            r"\bquel(?:le)? (?:chercheu\w*|auteur\w*|autrice|sociologue|economiste|philosophe|expert\w*"
            r"|president\w*|ministre|personne|universitaire)\b"
            rf"|{_CLAUSE}qui (?:a|est|preside|dirige|signe|parle|cite|etait) (?!oublie|concern|exclu)",
        ),
        (
            Expected.ORGANISATION,
            r"\bquel(?:le)?s? (?:organisme|organisation|association|federation|syndicat|institution|instance"
            r"|reseau|groupe|employeur|ministere|elu)s?\b",
        ),
        (
            Expected.PLACE,
            r"\b(?:dans )?quel(?:le)?s? (?:villes?|departements?|territoires?|regions?|pays|communes?"
            r"|lieux?)\b"
            r"|(?:^|[,?:] )ou (?:est|se|peut|a|sont|ont|faut)\b",
        ),
        (
            Expected.LAW,
            r"\bquel(?:le)?s? (?:lois?|articles?|decrets?|circulaires?|codes?|conventions?|ordonnances?)\b"
            r"|\barticle de loi\b",
        ),
        (
            Expected.TITLE,
            r"\bquel(?:le)?s? (?:rapports?|etudes?|enquetes?|livres?|ouvrages?|documents?|textes?)\b",
        ),
        (Expected.REASON, rf"\b(?:{_WHY})\b"),
    )
)
_FACTS = FIGURES | {
    Expected.DATE,
    Expected.LEVEL,
    Expected.PERSON,
    Expected.ORGANISATION,
    Expected.PLACE,
    Expected.LAW,
    Expected.TITLE,
}
_DECISION = re.compile(
    r"^(?:et )?(?:est ce qu|faut il|peut on|doit on|y a t il)"
    r"|\b(?:faut il|peut on|doit on|y a t (?:il|elle)|(?:a|ont|sont|doivent|peuvent|veulent) t? ?(?:ils?"
    r"|elles?|on))\b"
    r"|\b(?:oui ou non|ou pas|ou plutot)\b|, non \?|, hein"
)


def asked(question: str, named: int = 0) -> Asked:
    """Return what a question asks for; ``named`` is how many organisations of the library it names."""
    text = _asking(question)
    expected = {kind for kind, pattern in _EXPECTED if pattern.search(text)}
    if expected & {Expected.RATE, Expected.AMOUNT, Expected.DURATION, Expected.AGE, Expected.DATE}:
        expected -= set() if re.search(r"\b(?:combien|cb) d(?:e|es)? (?!temps)\w", text) else {Expected.COUNT}
    if "chiffres" in text:
        expected.add(Expected.RATE)
    form = Form.COMPARISON if named > 1 else _form(text, frozenset(expected))
    return Asked(form, frozenset(expected), max(1, min(3, len(_PARTS.findall(text)))))


def prepares(question: str) -> bool:
    """Say whether a question prepares a course, a session, a debate."""
    return _COURSE.search(_plain(question)) is not None


def topic(question: str) -> str:
    """Return the theme of a question that prepares a course, without what is said of the course."""
    match = _TOPIC.search(question)
    return match.group(1).strip() if match else question


def _form(text: str, expected: frozenset[Expected]) -> Form:
    if _COMPARISON.search(text):
        return Form.COMPARISON
    if _PREPARING.search(text) and _TEACHING.search(text) and _MATERIAL.search(text):
        return Form.THEME
    if expected & _FACTS:
        return Form.FACT
    if _DEFINITION.search(text) and not _SAYING.search(text):
        return Form.DEFINITION
    if _LIST.search(text) or (_PROPOSALS.search(text) and "comment" not in text):
        return Form.LIST
    if _HOWTO.search(text) and not _NOT_HOWTO.search(text):
        return Form.HOWTO
    if _ONE_THING.search(text):
        return Form.FACT
    if _DECISION.search(text) or not _ASKS.search(text):
        return Form.OPEN if _REASON.search(text) else Form.DECISION
    return Form.OPEN


def _asking(question: str) -> str:
    """Return what asks in a question, in small letters without accents, marks as single blanks.

    The situation told before (« Je suis éducatrice. Chez nous… Comment… ? ») and quoted words ask
    nothing; a theme to teach is told in both.
    """
    text = re.sub(r"«[^»]*»|“[^”]*”|\"[^\"]*\"", " ", question)
    sentences = [part for part in re.split(r"(?<=[.!?…])\s+", text.strip()) if part]
    asking = [part for part in sentences if part.rstrip(" »").endswith("?")] or sentences[-1:]
    kept = sentences if _PREPARING.search(_plain(text)) else asking
    return _plain(" ".join(kept))


def _plain(text: str) -> str:
    text = re.sub(r"[’'`´_-]", " ", fold(text))
    return " ".join(re.sub(r"[^\w\s,?:%]", " ", text).replace(" :", ":").split())
