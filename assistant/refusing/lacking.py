"""What a question asks for that the passages found do not hold, beside figures: each check names it.

A check claims only what it looked at: the passages found, or the whole library where it says so.
"""

import re
from collections.abc import Sequence

from assistant.refusing.authorities import plain
from index.documents import Passage, ScoredPassage
from index.french import analyse, fold, is_sigle, query_weights, words
from index.library import Library

_READ_FIRST = 5  # passages in which a year, a contact or a detail is looked for
_SPELLING = 80  # likeness out of 100 of a misspelt word with the one that was meant
_SESSIONS = 3  # numbered sessions or durations that make a programme
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAW = re.compile(
    r"\b(?:loi|décret|ordonnance|arrêté|circulaire)s?\b[^,;?]{0,40}?\b((?:19|20)\d\d)\b", re.IGNORECASE
)
_CONTACT_ASKED = re.compile(
    r"\b(?:numero (?:de tel\w*|vert|d appel)|(?:quel|le|un|son|leur) tel\w*\b|coordonnees|adresse"
    r"|(?:e ?mail|mail|courriel) (?:de|du|des|d)\b|quels (?:sont )?(?:les |leurs )?horaires"
    r"|comment (?:joindre|contacter|l[ea]s? joindre)|prendre rendez vous (?:avec|a|au))\b"
)
_CONTACT = re.compile(
    r"[\w.-]+@[\w-]+\.\w+|\b0\d(?:[\s.]?\d\d){4}\b|\b\d{1,4},?(?: bis)? (?:rue|avenue|boulevard|place|quai)\b"
    r"|\b\d{1,2}\s?h(?:\d\d)?\b",
    re.IGNORECASE,
)
_DETAIL_ASKED = re.compile(
    r"\b(?:(?:programme|contenu|calendrier|planning|deroule|emploi du temps|budget|bareme)"
    r" (?:tres )?(?:detaille|complet)|(seance|heure|jour|semaine|etape|mois|poste) par \1"
    r"|cerfa|quels? formulaires?|quelles (?:sont les )?pieces (?:justificatives?|a fournir)"
    r"|grille (?:indiciaire|de salaires?|de remuneration))\b"
)
_DETAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cerfa", re.compile(r"cerfa", re.IGNORECASE)),
    ("formulaire", re.compile(r"formulaire", re.IGNORECASE)),
    ("piece", re.compile(r"pièces? (?:justificatives?|à fournir)", re.IGNORECASE)),
    ("grille", re.compile(r"grilles? (?:indiciaires?|de salaires?|de rémunérations?)", re.IGNORECASE)),
    ("bareme", re.compile(r"barème", re.IGNORECASE)),
)
_SESSION = re.compile(
    r"\b(?:séance|journée|module|étape|semaine|jour) (?:n[°º] ?)?\d|\d+\s?(?:h\b|heures?)", re.IGNORECASE
)
_OWN_CASE = re.compile(
    r"\b(?:(?:mon|ma|mes) (?:dossier|allocations?|apl|rsa|aah|caf|demande|droits|avocat\w*|recours|indu"
    r"|titre de sejour)|ai je droit|puis je (?:toucher|percevoir|beneficier)|a t (?:elle|il) droit"
    r"|est ce que j ai droit|j ai droit a)\b"
)
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")  # « Outre-mer », « a-t-il »: not taken for names
_DIPLOMA = "DE"  # before the sigle of an occupation: its State diploma
_PEOPLE = re.compile(r"(?:ois|ais|ien|een|ain)n?e?s?$")  # « Québécois »: said of a place by its root
_ROOT = 5  # letters
_INITIAL = 3  # letters: a shorter word in capitals is no name
# Two names side by side: « les Danois et les Britanniques », « de Lille ou de Roubaix ».
_SIDES = re.compile(
    r"\b([A-ZÀ-Ý][\w-]+),? (?:et|ou)(?: (?:pour|de|à|chez))?(?: l[ae]s?| des| [dl][’'])? ?([A-ZÀ-Ý][\w-]+)"
)
_CLAUSE = re.compile(r"[^.!?…:;«»“”]+")


def later_year(library: Library, question: str, found: Sequence[ScoredPassage]) -> tuple[int, int] | None:
    """Return the year asked about and that of the latest text, when no passage speaks of that year.

    For the year of a law, a passage speaks of it when it names a law of that year.
    """
    laws = {int(match.group(1)) for match in _LAW.finditer(question)}
    asked = laws or {int(year) for year in _YEAR.findall(question)}
    if not asked:
        return None
    texts = [scored.passage.text for scored in found[:_READ_FIRST]]
    held = {int(year) for text in texts for year in (_LAW if laws else _YEAR).findall(text)}
    latest = max((_text_year(library, scored.passage) for scored in found), default=0)
    later = sorted(year for year in asked - held if latest and year > latest)
    return (later[0], latest) if later else None


def _text_year(library: Library, passage: Passage) -> int:
    """Return the year of what a passage tells: for a fiche, of the sources that it relies on."""
    document = library.document(passage.doc_id)
    years = [reference.year for reference in document.references if reference.year] if document else []
    dated = int(passage.date[:4]) if passage.date[:4].isdigit() else 0
    return max(years, default=dated)


def is_law(question: str, year: int) -> bool:
    """Say whether the year in the question is that of a law, a decree, an order."""
    return any(int(match.group(1)) == year for match in _LAW.finditer(question))


def name_missing(library: Library, question: str, found: Sequence[ScoredPassage]) -> str:
    """Return a name that the question gives and that no passage found holds, ``""`` if there is none.

    Of two names side by side, the field questions of the passages may hold one: an answer then tells
    one side at least. A sigle counts only when neither the library nor the glossary of the field has
    it: people write those of their own trade.
    """
    names = _names(question)
    for sigle in filter(is_sigle, names):
        if not any(_known_sigle(library, one) for one in (sigle, sigle.removeprefix(_DIPLOMA))):
            return sigle
    proper = [name for name in names if not is_sigle(name)]
    if not proper:
        return ""
    held = {term for scored in found for term in _terms(scored)}
    roots = {term[:_ROOT] for term in held if len(term) >= _ROOT}
    missing = [
        name
        for name in proper
        if not held & {fold(name), *analyse(name)}
        and not (_PEOPLE.search(fold(name)) and fold(name)[:_ROOT] in roots)
    ]
    pairs = _SIDES.findall(question) if missing else []
    if not pairs:
        return next(iter(missing), "")
    asking = {term for scored in found for field in scored.passage.questions for term in analyse(field.text)}
    told = {name for pair in pairs for name in pair if any(set(analyse(side)) & asking for side in pair)}
    return next((name for name in missing if name not in told), "")


def _known_sigle(library: Library, sigle: str) -> bool:
    return sigle in library.glossary or library.lexical.holds(fold(sigle))


def unknown_share(library: Library, question: str) -> float:
    """Return the share of a question, by rarity, that is made of words the whole library lacks.

    A misspelt word is not unknown: it is searched as the word that was meant.
    """
    typed = query_weights(question, (), library.lexical.sigles)
    masses = {term: weight * library.lexical.idf(term) for term, weight in typed.items()}
    respelt = misspelt(library, question)
    unknown = sum(
        mass for term, mass in masses.items() if term not in respelt and not library.lexical.holds(term)
    )
    return unknown / (sum(masses.values()) or 1.0)


def misspelt(library: Library, question: str) -> frozenset[str]:
    """Return the terms of a question that no passage holds and that are searched as another one."""
    from rapidfuzz import fuzz

    typed = query_weights(question, (), library.lexical.sigles)
    meant = [term for term in library.lexical.weights(question) if term not in typed]
    return frozenset(
        term
        for term in (typed if meant else ())
        if not library.lexical.holds(term) and any(fuzz.ratio(term, other) >= _SPELLING for other in meant)
    )


def _terms(scored: ScoredPassage) -> set[str]:
    passage = scored.passage
    text = " ".join((passage.text, passage.title, passage.speaker, *passage.section))
    return {*analyse(text), *(fold(word) for word in words(text))}


def contact_missing(question: str, found: Sequence[ScoredPassage]) -> bool:
    """Say whether an address, a number, opening hours are asked for and stand in no passage found."""
    return bool(_CONTACT_ASKED.search(plain(question))) and not any(
        _CONTACT.search(scored.passage.text) for scored in found[:_READ_FIRST]
    )


def detail_missing(question: str, found: Sequence[ScoredPassage]) -> bool:
    """Say whether a form, a scale or a programme hour by hour is asked for that no passage holds."""
    asked = _DETAIL_ASKED.search(plain(question))
    if asked is None:
        return False
    texts = [scored.passage.text for scored in found[:_READ_FIRST]]
    for word, held in _DETAILS:
        if word in asked.group():
            return not any(held.search(text) for text in texts)
    return not any(len(_SESSION.findall(text)) >= _SESSIONS for text in texts)


def is_own_case(question: str) -> bool:
    """Say whether the question is about one person's own rights or file."""
    return bool(_OWN_CASE.search(plain(question)))


def _names(question: str) -> list[str]:
    """Return the proper names and sigles of a question: capitals that no sentence begins with."""
    names = []
    for clause in _CLAUSE.findall(question):
        found = words(_HYPHENATED.sub(" ", clause))
        if sum(word.isupper() for word in found) > len(found) / 2:
            continue  # typed in capitals
        names += [
            word
            for place, word in enumerate(found)
            if is_sigle(word) or (place and word[:1].isupper() and len(word) > _INITIAL and analyse(word))
        ]
    return names
