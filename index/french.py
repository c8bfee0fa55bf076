"""French text analysis for search: words, elision, stop words, stems, sigles.

Stems are those of the Snowball French stemmer (Porter 2001, https://snowballstem.org), accents
folded after stemming, so that « accompagnées » and « accompagnement » meet and « ecole » finds
« école ». Sigles (« ASE », « CCAS ») are kept whole, never stemmed.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import Stemmer

ANALYSER_VERSION = "fr-2"

_WORD = re.compile(r"[^\W_]+(?:[.·][^\W\d_]+)*(?:[’'][^\W\d_]+)*")
# A word, a point, its feminine ending, and perhaps the mark of the plural: « usager·ère·s ».
_INCLUSIVE = re.compile(
    r"\b([^\W\d_]{3,})[.·•‧](?:e|se|euse|rice|trice|ne|le|ère|ière|ive|ve|te)(?:[.·•‧]?(?:rs|s|x))?(?![\w])"
)
_ELIDED = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|entr|aujourd)[’'](?=\w)", re.IGNORECASE
)
_SIGLE = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}$")
_STEMMER = Stemmer.Stemmer("french")

# Function words and the words questions are made of; content words never stand here.
STOP_WORDS = frozenset(
    """
    combien a ai aie aient ait as au aucun aucune aussi autre autres aux avaient avait avec avoir avons
    ayant bien c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme
    comment d dans de des donc dont du elle elles en encore entre est et etaient etait etant ete
    etre eu eux fait faire faut ici il ils j je l la le les leur leurs lors lui m ma mais me meme
    memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas peu peut plus plusieurs
    pour pourquoi qu quand que quel quelle quelles quels quelque quelques qui quoi s sa sans se
    selon sera ses si soi soit son sont sous sur t ta te tel telle tels telles tes toi ton tous tout
    toute toutes tres tu un une va vers vos votre vous y cest ya pr pcq ds koi dit disent parle
    peuvent doit doivent afin ainsi alors apres avant aupres cependant contre depuis etes sommes
    suis sera seront serait
    """.split()
)


# What is asked for rather than what it is about: these words count little in a question.
ASKING_WORDS = frozenset(
    """
    article auteur chiffre chiffres corpus définition document exemple exemples liste livre blanc
    montant nombre part pourcentage proportion question taux texte
    """.split()
)
# Notions whose words mean little one by one: also searched as one term.
COMPOUNDS = (("aller", "vers"), ("faire", "avec"), ("savoir", "etre"), ("savoir", "faire"))
_COMPOUND_ENDS = frozenset(second for _, second in COMPOUNDS)
NUMBERS = dict(
    zip(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente "
        "quarante cinquante soixante cent".split(),
        "2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 20 30 40 50 60 100".split(),
        strict=True,
    )
)
_ASKING_WEIGHT = 0.3
_HISTORY_WEIGHT = 0.4


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return a word in lower case without accents, ligatures opened (« œuvre » → « oeuvre »)."""
    word = word.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the folded Snowball stem of one word."""
    return fold(_STEMMER.stemWord(word.lower()))


def words(text: str) -> list[str]:
    """Return the words of a text as written, elided articles and pronouns removed.

    Inclusive forms are read as one word: « travailleur·euse·s », « professionnel.les » and
    « travailleu.se.rs » give travailleur, professionnel and travailleur.
    """
    return [part for word in _WORD.findall(_INCLUSIVE.sub(_plain, text)) for part in _parts(word)]


@lru_cache(maxsize=200_000)
def _parts(word: str) -> tuple[str, ...]:
    """Return a word without what is elided before it, cut at the marks inside it."""
    while _ELIDED.match(word):
        word = _ELIDED.sub("", word, count=1)
    return tuple(part for part in re.split(r"[’'.·]", word) if part)


def _plain(inclusive: re.Match[str]) -> str:
    base = inclusive.group(1)
    return f"{base}r" if base.endswith("eu") else base


@lru_cache(maxsize=200_000)
def is_sigle(word: str) -> bool:
    """Say whether a word is written as a sigle: two to eight capitals, figures allowed."""
    return _SIGLE.match(word) is not None


def analyse(text: str) -> list[str]:
    """Return the search terms of a text, in order, stop words left out."""
    return terms_of(words(text))


def terms_of(found: Sequence[str]) -> list[str]:
    """Return the search terms of words, in order, stop words left out."""
    terms = [term for word in found if (term := _term(word))]
    return [*terms, *compounds(found), *numbers(found)]


def numbers(found: Sequence[str]) -> list[str]:
    """Return in figures the numbers written in words."""
    return [NUMBERS[folded] for word in found if (folded := fold(word)) in NUMBERS]


def compounds(found: Sequence[str]) -> list[str]:
    """Return the terms of the compounds of the field among these words, article glued or not."""
    folded = [fold(word) for word in found]
    if _COMPOUND_ENDS.isdisjoint(folded):
        return []
    return [
        "".join(compound)
        for first, second in pairwise(folded)
        for compound in COMPOUNDS
        if second == compound[1] and first in (compound[0], f"l{compound[0]}", f"d{compound[0]}")
    ]


@lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    """Return the search term of one word, empty for a stop word."""
    if is_sigle(word):
        return fold(word)
    if fold(word) in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ""
    return stem(word)


def query_weights(
    question: str, history: Sequence[str] = (), sigles: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Return the search terms of a question with their weights, those of earlier questions less."""
    asking = {stem(word) for word in ASKING_WORDS}
    weights = dict.fromkeys(analyse_query(" ".join(history), sigles), _HISTORY_WEIGHT)
    weights.update(dict.fromkeys(analyse_query(question, sigles), 1.0))
    return {term: weight * (_ASKING_WEIGHT if term in asking else 1.0) for term, weight in weights.items()}


def analyse_query(text: str, sigles: frozenset[str] = frozenset()) -> list[str]:
    """Return the search terms of a question; ``sigles`` are the folded sigles of the index.

    People type sigles in small letters (« ase », « rsa »): a word that is a sigle of the index
    is searched in both forms.
    """
    terms, found = [], words(text)
    for word in found:
        folded = fold(word)
        if folded in sigles and (is_sigle(word) or folded not in STOP_WORDS):
            terms.append(folded)
            if is_sigle(word):
                continue
        if folded not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            terms.append(stem(word))
    return list(dict.fromkeys([*terms, *compounds(found), *numbers(found)]))
