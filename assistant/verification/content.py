"""Content: what a sentence says is said in the passages, each part of it by one sentence of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.alignment import ALIGNED, coverage, match
from assistant.verification.meaning import opposed, root
from assistant.verification.reading import Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_PART_BEGINS = frozenset("et ou ainsi puis mais afin pour avec car".split())
_ADDS = frozenset("et ou ainsi".split())
# Share held below which a passage speaks of something else: 14 true sentences of 1,000, and 907 of 1,000
# put beside a passage taken at random.
_HELD = 0.4
_WORST, _MISSING, _RUN = 0.2, 4, 3
_COMMON_WEIGHT = 0.4
_FOREIGN = 3  # words that are not the source’s, from which a sentence is in other words
# Words that carry a sentence whatever it is about: a paraphrase may well bring its own.
COMMON = frozenset(
    root(word)
    for word in """
    passe passent passer vient viennent venir touche touchent represente representent constitue constituent
    atteint atteignent atteindre compte comptent reste restent obtient obtiennent obtenir dispose
    disposent concerne
    concernent porte portent rendre aller vont prendre prend prennent tenir tient tiennent devient deviennent
    amene amenent contraint contraints contrainte servir sert servent consiste consister soumis
    soumise lutter lutte
    verser verse versent paye payee payes payer possible necessaire necessaires possibilite commun
    commune communs moyen moyenne
    cree creee creees crees creer pratiquer pratique pratiquent rencontre rencontrer lieu lieux debut fin
    favorable moment temps maniere facon cadre ordre nombre niveau type forme sujet objet but fait faits droit
    exister existe existent trouver trouve trouvent rencontrent connait connaissent connaitre subit subissent
    vise visent permettre assure assurent assurer realise realisee realises mene menee mener menes
    lance lancee
    propre ainsi actuel actuelle aujourd actuellement desormais nouveau nouvelle certain different differents
    important importante importants fort forte grand grande grands grandes petit petite petits bon bonne
    personne personnes gens public situation situations chose question ensemble question
    choisir utilise utiliser utilisent employer beneficie beneficient beneficier recoit recoivent recevoir
    oblige obliger obliges tenu tenue tenus effectuer effectue effectuent accomplir entre beaucoup
    necessite necessitent implique impliquent signifie presente presentent comporte comportent
    comprend comprennent
    avant apres affirme dire declare explique estime juge precise indique souligne rappelle ajoute considere
    travaille travaillent travailler present presents presente effectue garantie
    recu recue recus recues obtenu obtenue distingue distinguent
    participant participants visiteur visiteurs membre membres levier leviers axe axes dimension dimensions
    piste pistes aspect aspects point points element elements volet volets
    auteur auteurs delai delais livre blanc rapport siecle demi
    sentiment accord figure figurent apparait apparaissent semble semblent jour periode duree date suite effet
    """.split()
)


@dataclass(frozen=True, slots=True)
class Features:
    """What the decision on content reads of a statement, shares from 0 to 1.

    ``held``: share of the content found anywhere in the passages; ``together``: by the sentences
    that the clauses rest on; ``worst``: by the part of the sentence least held; ``missing``: number
    of words found nowhere; ``strayed``: number found, but away from what their clause rests on;
    ``run``: longest run of words found nowhere.
    """

    held: float
    together: float
    worst: float
    missing: int
    strayed: int
    run: int


def features(statement: Statement) -> Features:
    """Return what the decision on content reads."""
    content = statement.sentence.content
    words = [word for source in statement.sources for word in source.content]

    def weigh(stem: str) -> float:
        return statement.weigh(stem) * (_COMMON_WEIGHT if stem in COMMON else 1.0)

    near = _own(statement)
    missing = sum(absent(word, words) for word in content)
    lone = sum(match(word, near).near < ALIGNED for word in content)
    return Features(
        coverage(content, words, weigh),
        coverage(content, near, weigh),
        min((_on_subject(part, words) for part in _parts(statement)), default=1.0),
        missing,
        max(0, lone - missing),
        _longest_run(content, words),
    )


def _longest_run(content: Sequence[Word], words: Sequence[Word]) -> int:
    """Return the length of the longest run of words found nowhere."""
    longest = run = 0
    for word in content:
        run = run + 1 if absent(word, words) else 0
        longest = max(longest, run)
    return longest


def absent(word: Word, words: Sequence[Word], near: float = ALIGNED) -> bool:
    """Say whether a word that means something of its own has no near one, nor an opposite, in others."""
    if word.stem in COMMON or match(word, words).near >= near:
        return False
    return not any(opposed(word.folded, other.folded) for other in words)


def _own(statement: Statement) -> list[Word]:
    """Return the content of the sentences that the clauses rest on, and what their pronouns stand for."""
    own = {id(support.sentence): support.sentence for support in statement.supports}.values()
    return [word for sentence in own for word in (*sentence.content, *sentence.inherited)]


def _on_subject(part: Sequence[Word], words: Sequence[Word]) -> float:
    """Return the share of a part of a sentence that is not foreign to the passages."""
    return sum(not absent(word, words) for word in part) / len(part)


def _parts(statement: Statement) -> list[Sequence[Word]]:
    """Return the content of each part of the sentence: clauses, members of a list, complements.

    One word alone is a part when « et » or « ou » adds it, and only then.
    """
    parts: list[list[Word]] = []
    joined: list[bool] = []
    for clause in statement.sentence.clauses:
        parts.append([])
        joined.append(False)
        for word in clause.words:
            if word.folded in _PART_BEGINS:
                parts.append([])
                joined.append(word.folded in _ADDS)
            elif word.content:
                parts[-1].append(word)
    said = [[word for word in part if not word.folded.endswith("ement")] for part in parts]
    parts = [kept if len(part) == 1 else part for kept, part in zip(said, parts, strict=True)]
    return [part for part, added in zip(parts, joined, strict=True) if len(part) > 1 or (part and added)]


def copied(statement: Statement) -> float:
    """Return the share of the words of a sentence that one sentence of the passages writes too.

    It is 1 when two at most are other words. Of a sentence in other words throughout, a sign of a
    change tells little.
    """
    said = statement.sentence.content
    held = [{word.stem for word in (*source.content, *source.inherited)} for source in statement.sources]
    shared = max(sum(word.stem in stems for word in said) for stems in held)
    return 1.0 if len(said) - shared < _FOREIGN else shared / len(said)


def check_content(statement: Statement) -> Verdict | None:
    """Refuse a sentence that says what no passage says; surely so when they speak of something else."""
    found = features(statement)
    if found.held < _HELD or found.worst < _WORST or found.missing >= _MISSING or found.run >= _RUN:
        return refused(Reason.CONTENT, "le passage cité ne dit pas cela", sure=found.held < _HELD)
    return None
