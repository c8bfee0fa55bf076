"""Negations and opposites: what is denied is denied in the passages, and the other way round."""

import re
from collections.abc import Sequence

from assistant.verification.alignment import ALIGNED, Support, coverage, match
from assistant.verification.meaning import SYNONYM, opposed
from assistant.verification.reading import Clause, Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

RESTRICTION = re.compile(
    r"\bne? (?:(?!\b(?:pas|plus|jamais|aucune?|rien|ni|guere|point|moins|autant|mieux|avant|apres|"
    r"alors)\b).)*?"
    r"\bqu[e]?\b"
)
_SAME, _MOST, _COPIED, _HALF = 0.8, 0.6, 0.8, 0.5
_NEGATIONS = frozenset("ne n sans aucun aucune".split())
_LACKING = re.compile(
    r"\b(?:manqu\w*|absence|faute|penurie|deficit|defaut) d(?:e|u|es)?\b|\ba tort qu\w*|\best faux qu\w*"
)
_NE = re.compile(r"\b(?:ne|n)\b")
_OTHER = re.compile(r"\b(?:aucune?|ni|nulle?|pas|jamais|rien)\b")
_EXCEPT = re.compile(r"\b(?:sauf|hormis|excepte|a moins|a l exception)\b")
_NOT = re.compile(
    r"\b(?:ne|n)\b.*\b(?:pas|plus|jamais|rien|aucune?|point|guere)\b|\b(?:aucune?|nulle?)\b.*\bne?\b"
)
# Whatever can make a sentence without « ne … pas » deny: who has only these may deny with them.
_HINTS = re.compile(
    r"\b(?:ne|n|ni|sans|non|aucune?|nulle?|jamais|rien|personne|sauf|hormis|reserve\w*|seule?s?|seulement|"
    r"moins|peu|rare\w*|difficil\w*|avant|faute|tort|faux|au lieu|plutot|rest\w+|demeur\w+|maint\w+|"
    r"encore|toujours|insuffis\w*|inegal\w*|impossib\w*|mal|trop|autre\w*|alors qu\w*|"
    r"limit\w+|libre\w*|facultati\w+|contrairement|fin|freine\w*|bloqu\w+|stop\w*|ecart\w*|fragil\w*|contest\w*|critiqu\w*|excede\w*|depass\w*)\b"
)
_ALONE = re.compile(r"\bsans\b|\ba tort qu\w*|\best faux qu\w*")
_UNDOING = re.compile(r"\b(?:bris|romp|sort(?:ir|ent|ant)|lutt|combatt|depass)\w*\b")
# Names of situations: « les personnes sans domicile » denies nothing.
_AT_MOST = re.compile(r"\bne? (?:\w+ ){1,2}pas plus d\w*")  # bounds a figure, denies nothing
_WITHOUT = re.compile(r"\bsans (?:domicile|abris?|papiers?|emploi|logement|solution|ressources|toit)\b")
_EXPLETIVE = re.compile(r"\b(?:moins|avant|peur|crainte) qu.*?\bne?\b")
# Words that deny by themselves: who is deprived of a thing does not have it.
_DENYING = re.compile(
    r"\b(?:prive[es]{0,2} (?:d|de|des|du)|exclu\w*|pein(?:e|ent) a|"
    r"interdi\w*|empech\w*|refus\w*|oppos\w*|non|"
    r"distingu\w*|differ\w*|perdu\w*|perd(?:re|ent)?|"
    r"depourvu\w*|impossib\w*|inexistant\w*|incapab\w*|cess\w+|renonc\w*|echou\w*)\b"
)


def check_polarity(statement: Statement) -> Verdict | None:
    """Refuse a clause that denies what the passages say, says what they deny, or says the opposite."""
    for supports in _by_source(statement):
        if denied := _denied_alone(supports, statement.sources):
            return refused(Reason.NEGATION, f"le passage cité ne nie pas «\u00a0{denied.text}\u00a0»")
        if any(_EXCEPT.search(clause.flat) for clause in _clauses(supports)):
            continue  # « n’y participe pas, sauf demande »: what is excepted is affirmed
        opposites = [found for support in supports if (found := _opposite(support))]
        turned = frozenset(word for found in opposites for word in (found[0].folded, found[1].folded))
        clauses = _clauses(supports)
        theirs = [word for clause in clauses for word in clause.content]
        mine = [word for support in supports for word in support.clause.content]
        if opposites and any(_UNDOING.search(flat) for flat in _flats(supports, clauses)):
            continue  # « briser les cloisonnements », « décloisonner »
        said = sum(_denials(support.clause, theirs, turned) for support in supports)
        source = sum(_denials(clause, mine, turned) for clause in clauses)
        if (said + source + len(opposites)) % 2 == 0:
            twice = sum(bool(_NE.search(clause.flat)) and "sans" not in clause.flat for clause in clauses) > 1
            if twice and not said and not opposites and (word := _undenied(supports, clauses)):
                return refused(Reason.NEGATION, f"le passage cité nie «\u00a0{word.text}\u00a0»")
            continue
        if not opposites and not _same_predicate(supports, clauses, statement):
            continue
        if opposites:
            word, other = opposites[0]
            return refused(
                Reason.OPPOSITE,
                f"le passage cité dit «\u00a0{other.text}\u00a0», pas «\u00a0{word.text}\u00a0»",
            )
        kind = "nie ce que le passage cité affirme" if said > source else "affirme ce que le passage cité nie"
        return refused(Reason.NEGATION, f"cette phrase {kind}")
    return None


def _denied_alone(supports: list[Support], sources: Sequence[Sentence]) -> Word | None:
    """Return what a clause denies when nothing in its source denies, excepts or opposes anything."""
    held = [word for source in sources for word in source.content]
    for support in supports:
        source = " ".join(clause.flat for clause in support.sentence.clauses)
        cue = _NOT.search(_AT_MOST.sub("", RESTRICTION.sub("", support.clause.flat)))
        lone = [word for word in support.clause.content if match(word, support.sentence.words).near < ALIGNED]
        source += " " + " ".join(
            other.flat
            for other in sources
            if any(match(word, other.words).near >= ALIGNED for word in lone)
            or coverage(support.clause.content, other.content, _alike) >= _HALF
        )
        if not cue or _HINTS.search(source) or _DENYING.search(source) or _LACKING.search(source):
            continue
        if any(opposed(word.folded, other.folded) for word in support.clause.content for other in held):
            continue
        return next((word for word in support.clause.content), None)
    return None


def _undenied(supports: list[Support], clauses: list[Clause]) -> Word | None:
    """Return a word that a sentence affirms when its source, which denies twice, only denies it."""
    denied = _denied(clauses)
    free = [word for clause in clauses for word in clause.content if word not in denied]
    said = [word for support in supports for word in support.clause.content]
    held = [word for word in said if match(word, (*denied, *free)).near >= ALIGNED]
    if len(held) < _COPIED * len(said):
        return None
    only = [word for word in said if match(word, denied).near >= SYNONYM > match(word, free).near]
    return only[0] if only else None


def _flats(supports: list[Support], clauses: list[Clause]) -> list[str]:
    """Return what only one side undoes: a clause that both undo tells nothing."""
    mine = [support.clause.flat for support in supports]
    theirs = [clause.flat for clause in clauses]
    if any(map(_UNDOING.search, mine)) and any(map(_UNDOING.search, theirs)):
        return []
    return mine + theirs


def _same_predicate(supports: list[Support], clauses: list[Clause], statement: Statement) -> bool:
    """Say whether what one side denies is what the other affirms.

    When another verb is said (« n’a pas varié » of what « est stable »), or much that the passages
    do not say, nothing can be told; when every word said is in the source, the verbs are the same.
    """
    mine = [support.clause for support in supports]
    own, theirs = _denied(mine), _denied(clauses)
    words = [word for clause in clauses for word in clause.content]
    said = [word for clause in mine for word in clause.content]
    held = sum(match(word, statement.words).near >= ALIGNED for word in said)
    if held < _COPIED * len(said):
        return False
    only_own = [word for word in own if match(word, theirs).near < _SAME]
    only_theirs = [word for word in theirs if match(word, own).near < _SAME]
    free = [word for word in words if word not in theirs]
    loose = [word for word in said if word not in own]
    if any(match(word, free).near >= _SAME for word in only_own):
        return True
    if any(match(word, loose).near >= _SAME for word in only_theirs):
        return True
    return bool(only_own or not only_theirs) and held == len(said)


def _denied(clauses: list[Clause]) -> list[Word]:
    """Return the words that negations bear on: the first of content after each."""
    found = []
    for clause in clauses:
        for at, word in enumerate(clause.words):
            if word.folded in _NEGATIONS:
                found.extend([other for other in clause.words[at + 1 :] if other.content][:1])
        for cue in (*_DENYING.finditer(clause.flat), *_LACKING.finditer(clause.flat)):
            last = clause.flat[: cue.end()].count(" ")
            found.extend([other for other in clause.words[last + 1 :] if other.content][:1])
    return found


def _by_source(statement: Statement) -> list[list[Support]]:
    """Return the supports of the clauses that rest on the same sentence, together."""
    groups: dict[int, list[Support]] = {}
    for support in statement.supports:
        groups.setdefault(id(support.sentence), []).append(support)
    return list(groups.values())


def _clauses(supports: list[Support]) -> list[Clause]:
    return list(dict.fromkeys(clause for support in supports for clause in support.clauses))


def _denials(clause: Clause, others: Sequence[Word], turned: frozenset[str]) -> int:
    """Return how many times a clause denies; ``turned`` words are counted as opposites already.

    A word that denies by itself counts only when what stands on its two sides is among ``others``.
    """
    flat = _WITHOUT.sub("", _AT_MOST.sub("", _EXPLETIVE.sub("", RESTRICTION.sub("", clause.flat))))
    simple = len(_NE.findall(flat))
    alone = len(_ALONE.findall(flat))
    others_said = [found for found in _OTHER.findall(flat) if not (alone and found == "ni")]
    short = 0 if simple else min(1, len(others_said))
    shared = {word.folded for word in clause.content if match(word, others).near >= SYNONYM}
    denying = sum(
        found[0].split()[0] not in turned
        and found[0].split()[0] not in shared
        and _beside(clause, found, others)
        for found in _DENYING.finditer(clause.flat)
    )
    lacking = sum(
        found[0].split()[0] not in turned
        and found[0].split()[0] not in shared
        and bool(after := _following(clause, found))
        and _spoken_of(after[0], others)
        for found in _LACKING.finditer(clause.flat)
        if not _ALONE.fullmatch(found[0])
    )
    return simple + alone + short + denying + lacking


def _following(clause: Clause, found: re.Match[str]) -> list[Word]:
    """Return the content words after what was found in a clause."""
    last = clause.flat[: found.end()].count(" ")
    return [word for word in clause.words[last + 1 :] if word.content]


def _beside(clause: Clause, found: re.Match[str], others: Sequence[Word]) -> bool:
    """Say whether the words on both sides of what was found are among others."""
    first, last = clause.flat[: found.start()].count(" "), clause.flat[: found.end()].count(" ")
    before = [word for word in clause.words[:first] if word.content][-1:]
    after = [word for word in clause.words[last + 1 :] if word.content][:1]
    return all(_spoken_of(word, others) for word in (*before, *after))


def _spoken_of(word: Word, others: Sequence[Word]) -> bool:
    """Say whether a word or its opposite is among others."""
    return match(word, others).near >= ALIGNED or any(opposed(word.folded, other.folded) for other in others)


def _opposite(support: Support) -> tuple[Word, Word] | None:
    """Return a word of a clause and the word of the source whose opposite it is.

    It is looked for in the clause of the source that holds the rest of what is said, so that « le
    nombre diminue » is no support for itself when it is the delay that does.
    """
    said = support.clause.content
    for word in said:
        rest = [other for other in said if other is not word]
        content = _nearest(rest, support)
        if match(word, content).near >= _SAME:
            continue
        free = [other for other in content if match(other, rest).near < SYNONYM]
        other = next((other for other in free if opposed(word.folded, other.folded)), None)
        if other and not _said_besides(word, support):
            return word, other
    return None


def _said_besides(word: Word, support: Support) -> bool:
    """Say whether the source says the very word too, denied as it is here or not denied as here."""
    return any(
        match(word, clause.content).near >= SYNONYM
        and bool(_NE.search(clause.flat)) == bool(_NE.search(support.clause.flat))
        for clause in support.sentence.clauses
        if clause not in support.clauses or _NE.search(clause.flat)
    )


def _nearest(words: list[Word], support: Support) -> tuple[Word, ...]:
    """Return the content of the one source clause that holds most of some words, else of them all."""
    top = max(support.clauses, key=lambda clause: coverage(words, clause.content, _alike))
    if words and coverage(words, top.content, _alike) >= _MOST:
        return top.content
    return tuple(word for word in support.words if word.content)


def _alike(stem: str) -> float:
    return 1.0
