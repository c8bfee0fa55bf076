"""Questions that go on from the conversation, completed from it with no model.

A question leans on what came before when it opens as a reply (« Et pour… », « Donc… »), when a
pronoun has nothing to stand for in it (« Qui le finance ? »), when it asks for more of the same
(« Donne-moi un exemple », « Pourquoi ? ») or when hardly a word of it says what it is about. Any other
is a new subject, and nothing of the conversation is carried into it.

A reply that only names something else (« Et pour les moniteurs-éducateurs ? ») takes the place of
what it answers to in the earlier question; any other is asked about the earlier question's subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing import voices_named
from index.french import analyse, fold
from index.library import Library

_REPLY = re.compile(
    r"^(?:(?:ok|oui|non|d accord|merci|bien|super|ah)\b ?)*"
    r"(?:et|mais|donc|alors|sinon|puis|ensuite|aussi|pareil)\b"
)
_MORE = re.compile(
    r"^(?:(?:tu |vous |on )?(?:peux|peut|pouvez|pourrais|pourriez)? ?(?:tu |vous |on )?(?:m |me |nous |en )*"
    r"(?:donner?|donnez|cite|citer|citez|preciser?|precisez|developper?|expliquer?|detailler?|resumer?|continuer?"
    r"|t as|tu as|vous avez|y a t il|as tu|avez vous)(?: moi| nous)?)\b.*"
    r"\b(?:exemples?|details?|precisions?|plus|autres?|mieux|davantage)\b"
    r"|^(?:pourquoi|comment|combien|lesquel\w*|quand|ou|qui|quoi|par qui|depuis quand|a quoi bon|c est tout"
    r"|vraiment|et apres|la suite|plus de details|un exemple|des exemples|precise[rz]?|developpe[rz]?"
    r"|explique[rz]?|continue[rz]?|resume[rz]?)$"
)
# Pronouns that stand for something said: « ils », « cela », « Qui le finance », « comment y entrer ».
_PRONOUN = re.compile(
    r"\b(?:ils|elles?|celui ci|celle ci|ceux ci|celles ci|celui la|celle la|ceux la|cela|ca|leurs?|la dessus"
    r"|la dedans|dans tout ca|ce dernier|cette derniere|ces derniers|l un|l autre|difference avec)\b"
    r"|\b(?:qui|on|il|elle|faut il|peut on|doit on|tu|vous) (?:(?:ne|n|peut|doit|va|faut) )?"
    r"(?:l|le|la|les|lui|y|en) (?!plus\b|mieux\b|moins\b|meilleur|fait\b)\w+(?: \w+)?$"
    r"|\b(?:comment|pourquoi|quand|ou|qui peut|qui doit) (?:l|le|la|les|lui|y|en) \w+(?:er|ir|re|oir)$"
    r"|\b(?:qui|on|peut|doit) (?:y|en) \w+|\b(?:y|en) (?:travaille|vienn|participe|sont|entre)\w*"
    r"|\b(?:peut|doit) (?:l|le|la|les) etre\b|\b(?:l|le|la|les|y|en) \w+r(?:ait|aient|a|ont)$"
)
_IMPERSONAL = re.compile(r"\b(?:y a t il|y a t elle|il y a|ca va|ca veut dire|c est quoi|il faut|faut il)\b")
# A pronoun that repeats a subject named before it: « la CNAPE propose-t-elle », « les CCAS, ça pèse ».
_REPEATED = re.compile(r"-(?:t-)?(?:ils?|elles?|on)\b|(?<=\w), (?:ça|cela|ils?|elles?)\b", re.IGNORECASE)
_LEAST_TERMS = 2  # fewer terms say too little of what a question is about, or a pronoun stands for
_MOST_TERMS = 5  # a question of more terms says what its pronouns stand for
_NAMED_ONLY = re.compile(
    r"^(?:et|ou|mais|sinon)?[ ,]*(?P<link>pour|sur|chez|en|dans|à|au|aux|avec|du côté d\w+)?\s*"
    r"(?P<name>(?:(?:les?|la|l[’']|des?|du|d[’']|un|une|nos|leurs?|ces?)\s?)?[^?]+?)\s*\?*\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:qu|que|quel\w*|comment|combien|pourquoi|quand|qui|quoi|ou|est|sont|a|ont|fait|font|faut|peut|peuvent|doit"
    r"|doivent|dit|disent|propose\w*|demande\w*|t (?:il|elle|on)|c est)\b"
)
# A noun with what comes before it: « les assistants familiaux », « du Morbihan », « sur Parcoursup ».
_PHRASE = re.compile(
    r"(?P<before>\b(?:les?|la|une?|des?|du|aux?|pour|sur|chez|en|dans|à|par|avec)\s(?:les?\s|la\s|l[’'])?|\b[ld][’'])"
    r"(?P<noun>(?!(?:les?|la|une?|des?|du)\b|[ld][’'])[\w’'-]+(?: (?:de |du |des |d[’'])?"
    r"(?!(?:sur|pour|sont|est|a|ont|dans|en|au|aux|par|avec|et|ou|à|auront|doi(?:ven)?t|peu(?:ven)?t|d[eu]s?)\b)"
    r"[\w’'-]+){0,3})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:(?:les?|la|des?|du|une?|nos|leurs?|ces?)\s|[ld][’'])", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?:pour|sur|chez|en|dans|à|par|avec|de)\s)?(?:\b(?:les?|la|une?|des?|du|aux?)\s|\b[ld][’'])?$",
    re.IGNORECASE,
)
_LINKED_ARTICLE = re.compile(r"(?:\b(?:les?|la|une?)\s|\bl[’'])$", re.IGNORECASE)
_LINKS = {"du": "de", "des": "de", "d’": "de", "d'": "de", "au": "à", "aux": "à"}
_CONTRACTED = (
    (re.compile(r"\bde les\b"), "des"),
    (re.compile(r"\bde le\b"), "du"),
    (re.compile(r"\bà les\b"), "aux"),
    (re.compile(r"\bà le\b"), "au"),
)
_WORD = re.compile(r"[\w’'-]+")
_CAPITALS = re.compile(r"(?: [A-ZÀ-Ý][\w-]*)+")
_LONGEST_NAME = 3
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LIKE = 0.35  # cosine, for a name to stand where another stood
_DEFINING = re.compile(
    r"^(?:c est quoi|cest quoi|qu est ce qu\w*|c koi|que (?:dit|disent|propose|demande)\w*|definition"
    r"|qui est)\b"
)
_TALK = frozenset("exemple concret plus detail precis autre chose suite accord dire parler expliquer".split())


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as the conversation makes it.

    ``question`` is what is asked; ``context`` the earlier question on whose subject it is asked,
    empty when it says its own; ``understood`` the whole in one sentence, empty when it stood alone.
    """

    question: str
    context: tuple[str, ...] = ()
    understood: str = ""

    @property
    def whole(self) -> str:
        """The question followed by the earlier one between quote marks, in which nothing is asked."""
        return " ".join((self.question, *(f"«\u00a0{_bare(earlier)}\u00a0»" for earlier in self.context)))


def leans(question: str) -> bool:
    """Say whether a question depends on the conversation before it."""
    text = _plain(question)
    if _REPLY.match(text) or _MORE.search(text):
        return True
    own = [term for term in analyse(question) if term not in _TALK]
    if len(own) < _LEAST_TERMS and not _DEFINING.match(text):
        return True
    pronoun = _PRONOUN.search(text := _IMPERSONAL.sub(" ", _plain(_REPEATED.sub(" ", question))))
    if pronoun is None or len(own) > _MOST_TERMS:
        return False
    return len(analyse(text[: pronoun.start()])) < _LEAST_TERMS


def followed(library: Library, question: str, history: Sequence[str]) -> Followed:
    """Return what a question asks, given the conversation.

    ``history`` holds the earlier questions, oldest first. The subject is that of the last one that
    stood alone, with what the ones since have put in its place.
    """
    subject = ""
    for earlier in history:
        if not subject or not leans(earlier):
            subject = earlier
        elif named := _named(earlier):
            subject = _replaced(library, subject, *named)
    if not subject or not leans(question):
        return Followed(question)
    if named := _named(question):
        complete = _replaced(library, subject, *named)
        return Followed(complete, understood=complete)
    understood = f"{_bare(question)}, à propos de «\u00a0{_bare(subject)}\u00a0»\u00a0?"
    return Followed(question, (subject,), understood)


def _bare(question: str) -> str:
    return question.strip().rstrip("?.!… \u00a0\u202f")


def _named(question: str) -> tuple[str, str] | None:
    """Return the link and the name of a reply that only names something else, ``None`` for another."""
    match = _NAMED_ONLY.match(_bare(question))
    if (
        match is None
        or _MORE.search(_plain(question))
        or not analyse(match["name"])
        or _VERB.search(_plain(match["name"]))
    ):
        return None
    return match["link"] or "", match["name"].strip()


def _replaced(library: Library, subject: str, link: str, name: str) -> str:
    """Return the earlier question about something else: put where its like stood, else added."""
    asked = _bare(subject)
    year, new_year = _YEAR.search(asked), _YEAR.search(name)
    if year and new_year:
        return f"{asked[: year.start()]}{new_year.group()}{asked[year.end() :]}\u00a0?"
    span = (
        _speaker_span(library, asked)
        if voices_named(library, name)
        else _like_span(library, asked, link, name)
    )
    if span is None:
        return f"{asked} – {link or 'et'} {name}\u00a0?"
    start, end = span
    before = _BEFORE.search(asked[:start])
    at = before.start() if before else start
    changed = f"{asked[:at]}{_joined(before.group() if before else '', name)}{asked[end:]}\u00a0?"
    for contracted, form in _CONTRACTED:
        changed = contracted.sub(form, changed)
    return changed


def _speaker_span(library: Library, asked: str) -> tuple[int, int] | None:
    """Return where a question names an organisation that has a text in the library."""
    words = list(_WORD.finditer(asked))
    for length in range(1, _LONGEST_NAME + 1):
        for first, last in zip(words, words[length - 1 :], strict=False):
            if voices_named(library, asked[first.start() : last.end()]):
                rest = _CAPITALS.match(asked, last.end())
                return first.start(), rest.end() if rest else last.end()
    return None


def _like_span(library: Library, asked: str, link: str, name: str) -> tuple[int, int] | None:
    """Return where the noun stands that a name replaces: after the same word, or nearest in meaning."""
    nouns = [match for match in _PHRASE.finditer(asked) if analyse(match["noun"])]
    linked = [noun for noun in nouns if link and noun["before"].lower().split()[0] == link.lower()]
    if linked:
        return linked[-1].span("noun")
    near = library.likeness(name, [noun["noun"] for noun in nouns])
    best = max(zip(near, nouns, strict=True), key=lambda pair: pair[0], default=None)
    return best[1].span("noun") if best and best[0] >= _LIKE else None


def _joined(before: str, name: str) -> str:
    """Return a name with what came before the noun it replaces, one article between the two."""
    link = _LINKED_ARTICLE.sub("", before).strip()
    link = _LINKS.get(link.lower(), link)
    if _ARTICLE.match(name) or name[:1].isupper() or name[:1].isdigit():
        return f"{link} {name}".lstrip()
    return before + name


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
