"""Who says it: what one organisation says is not another's."""

import re
from collections.abc import Sequence

from assistant.verification.alignment import coverage, figures_held, match
from assistant.verification.content import COMMON
from assistant.verification.doers import BEING, DETERMINERS
from assistant.verification.meaning import root
from assistant.verification.reading import Clause, Sentence, Word, as_written
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused
from index.french import fold

SAYING = frozenset(
    root(fold(word))
    for word in """
    estime juge considère pense souligne rappelle indique précise constate relève note observe insiste
    affirme déclare montre signale déplore regrette dénonce critique demande réclame plaide revendique
    souhaite veut recommande préconise conseille propose suggère invite appelle défend soutient approuve
    rejette oppose craint redoute annonce explique chiffre évalue conteste attend refuse salue
    attribue impute reconnait alerte dit disent privilegie prone prefere raconte ajoute
    """.split()
)
_ASKING = frozenset(map(root, "appelle appellent invite invitent".split()))
_HEADS = re.compile(r"^(?:selon|d apres|aux yeux d|pour)\b")
_PRONOUNS = re.compile(r"^(?:elles?|ils?|celle ci|celui ci|cette derniere|ce dernier|cette organisation)\b")
# « La fédération », « le syndicat »: who was named before.
_GENERIC = frozenset(
    "federation syndicat association organisation conseil commission comite union reseau "
    "collectif auteur auteurs "
    "directrice directeur president presidente rapport haut etude enquete institution "
    "mouvement instance".split()
)
_DEFINITE = frozenset("le la les l plusieurs certains certaines".split())
_HELD = 0.8
_CONTRASTS = frozenset("tandis alors mais quand".split())
_TRANSITIVE = frozenset("attribue impute explique affirme regrette deplore denonce estime constate".split())
_FIGURE = 0.3  # what a shared figure adds to the share of a source
_CLOSE = 0.15
_ENOUGH = 0.3  # of what is said, in what the same speaker says elsewhere


def check_speakers(statement: Statement) -> Verdict | None:
    """Refuse what is said to come from one who does not say it in the passages."""
    said = speaker(statement.sentence)
    if not said:
        return None
    words = [
        word
        for clause in _spoken(statement.sentence, said)
        for word in clause.content
        if word not in said and word.stem not in SAYING
    ]
    named = any(word.name or word.sigle for word in said)
    if not words or (not named and all(word.stem in COMMON for word in said)):
        return None
    held = {
        id(source): coverage(words, (*source.content, *source.inherited), statement.weigh)
        + _FIGURE * figures_held(statement.sentence, source)
        for source in statement.sources
    }
    best = max(statement.sources, key=lambda source: held[id(source)])
    telling = _telling(said)
    enough = _ENOUGH if held[id(best)] < _HELD else held[id(best)] - _CLOSE
    for source in statement.sources:
        if held[id(source)] >= enough and _meets(telling, _speaking(source, statement.sources)):
            return None
    if not _speaking(best, statement.sources) and _meets(telling, _told_before(best, statement.sources)):
        return None
    heard = _meets(said, statement.words) or said[0].folded in _GENERIC
    if not named and not _speaking(best, statement.sources) and heard:
        return None  # « les bénéficiaires estiment », of « un sur cinq juge »
    return refused(
        Reason.ATTRIBUTION, f"le passage cité ne l’attribue pas à «\u00a0{as_written(said)}\u00a0»"
    )


def _told_before(best: Sentence, sources: Sequence[Sentence]) -> list[Word]:
    """Return the words of a sentence that nobody is named to say, and of the two before it."""
    at = next(number for number, source in enumerate(sources) if source is best)
    return [
        word for source in sources[max(0, at - 2) : at + 1] for word in (*source.content, *source.inherited)
    ]


def _spoken(sentence: Sentence, said: Sequence[Word]) -> tuple[Clause, ...]:
    """Return the clauses that a speaker says: up to « tandis que », or to another who speaks."""
    clauses = sentence.clauses
    first = next(at for at, clause in enumerate(clauses) if said[-1] in clause.words)
    if first == len(clauses) - 1:
        return clauses
    saying = next((at for at in range(first, len(clauses)) if _tells(clauses[at])), first)
    for at in range(saying + 1, len(clauses)):
        opens = clauses[0].words[0].folded in _CONTRASTS
        if opens or clauses[at].words[0].folded in _CONTRASTS or _tells(clauses[at]):
            return clauses[:at]
    return clauses


def _tells(clause: Clause) -> bool:
    """Say whether a clause has a verb of saying, with its subject."""
    return any(word.stem in SAYING and at and _is_verb(clause, at) for at, word in enumerate(clause.words))


def _meets(telling: Sequence[Word], words: Sequence[Word]) -> bool:
    return any(match(word, words).near >= _HELD for word in telling)


def _telling(said: Sequence[Word]) -> Sequence[Word]:
    """Return the words that say who speaks: names when there are some."""
    return [word for word in said if word.name or word.sigle] or said


def speaker(sentence: Sentence) -> tuple[Word, ...]:
    """Return the content words that name who speaks in a sentence, none when nobody is named."""
    first = sentence.clauses[0]
    if _HEADS.match(first.flat) and first.content and len(first.content) <= 8:
        words = first.content
        saying = [word for word in words if word.stem in SAYING]
        return tuple(word for word in words if not saying or word.at < saying[0].at)
    before: list[Word] = []
    for clause in sentence.clauses:
        for at, word in enumerate(clause.words):
            last = clause is sentence.clauses[-1] and not at
            if (
                word.stem in SAYING
                and word.folded != "notamment"
                and not (last and _inverted(sentence))
                and (at or clause is not first)
                and _is_verb(clause, at)
            ):
                return tuple(before)
            if word.content:
                before.append(word)
    return _inverted(sentence) or _agent_of_saying(sentence)


def _inverted(sentence: Sentence) -> tuple[Word, ...]:
    """Return the speaker of « …, juge Laurence Berthier »."""
    last = sentence.clauses[-1]
    named = last.words[1:2] and (last.words[1].name or last.words[1].folded in _DEFINITE)
    asks = last.words[0].stem in _ASKING  # « …, appellent l’État à s’engager »: whom, not who
    if (
        len(sentence.clauses) > 1
        and last.words[0].stem in SAYING
        and not asks
        and named
        and len(last.content) <= 6
    ):
        return tuple(word for word in last.words[1:] if word.content)
    return ()


def _is_verb(clause: Clause, at: int) -> bool:
    """Say whether the word is a verb that speaks: no article or preposition stands before it."""
    before = clause.words[at - 1].folded if at else ""
    after = clause.words[at + 1].folded if at + 1 < len(clause.words) else ""
    if clause.words[at].folded in ("appelle", "appellent") and after not in ("a", "au", "aux"):
        return False  # calls, on the telephone
    nominal = (
        DETERMINERS | {"de", "d", "du", "en", "a", "au", "sur", "par", "cette", "ce", "sans", "qui"} | BEING
    )
    word = clause.words[at]
    if before in ("a", "ont") and word.text.endswith(("é", "it", "u")):
        return True  # « a relevé »
    if before in ("l", "le", "la", "les") and word.folded.endswith("ent"):
        return True  # « l’expliquent »
    if before in ("l", "le", "la", "les") and word.folded in _TRANSITIVE:
        return True  # « l’attribue à »
    infinitive = clause.words[at].folded.endswith(("er", "ir", "re"))
    return before not in nominal and after not in ("par", "") and not infinitive


def _agent_of_saying(sentence: Sentence) -> tuple[Word, ...]:
    """Return the speaker of « jugée précipitée par la CFDT »."""
    for clause in sentence.clauses:
        spoken = False
        for at, word in enumerate(clause.words):
            spoken = spoken or (word.stem in SAYING and word.folded != "notamment")
            if spoken and word.folded == "par":
                return tuple(other for other in clause.words[at + 1 :] if other.content)[:4]
    return ()


def _speaking(source: Sentence, sources: Sequence[Sentence]) -> tuple[Word, ...]:
    """Return who speaks in a source sentence; for « elle souligne », who spoke before."""
    for at in range(list(sources).index(source), -1, -1):
        found = speaker(sources[at])
        if found and (found[0].folded not in _GENERIC or at == 0):
            return found
        if found:
            return found + _speaking(sources[at - 1], sources)
        opening = " ".join(word.folded for word in sources[at].words[:2])
        if not _PRONOUNS.match(opening):
            break
    before = sources[max(0, list(sources).index(source) - 1)]
    return speaker(before) if _PRONOUNS.match(" ".join(w.folded for w in source.words[:2])) else ()
