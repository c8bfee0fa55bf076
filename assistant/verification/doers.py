"""Who does it: what one organisation does, or has done to it, is not another's."""

import re
from collections.abc import Sequence

from assistant.verification.alignment import match
from assistant.verification.content import COMMON
from assistant.verification.reading import Clause, Sentence, Word, as_written
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

DETERMINERS = frozenset(
    "plusieurs certains certaines quelques le la les l un une des chaque leur leurs son sa ses".split()
)
BEING = frozenset("est sont etre ete etait etaient sera seront soit soient fut".split())
_OBJECT = DETERMINERS - {"des"}
_NOUN_BEFORE = frozenset(
    "le la les l un une des de d du en a au aux sur par sans ce cette ces son sa ses leur "
    "leurs chaque".split()
)
_NO_AGENT = frozenset(
    "an mois jour semaine exemple manque ailleurs consequent rapport personne agent enfant heure".split()
)
_STANDING_FOR = frozenset("il elle ils elles on nous ce cet cette ces celui celle ceux y".split())
_SUBORDINATING = frozenset("lorsqu lorsque quand que qu si dont ou puisque puisqu".split())
_CAUSED = re.compile(r"expliqu|caracteris|tradui|justifi|commenc|pass")  # « s’explique par »: no agent
_BEGINNING = frozenset("a ont est sont".split())


def check_doers(statement: Statement) -> Verdict | None:
    """Refuse what is said to be done by one who does not do it in the passages."""
    return _check_agent(statement) or _check_subject(statement)


def _check_agent(statement: Statement) -> Verdict | None:
    """Refuse « financé par X » when the passages say « financé par Y »."""
    for support in statement.supports:
        agents = _agents(support.clause)
        theirs = [word for clause in support.sentence.clauses for word in _agents(clause)]
        unknown = bool(agents) and match(agents[0], statement.words).near < 0.5
        doers = [*theirs, *_actors(support.sentence)]
        if unknown or (agents and theirs and all(match(word, doers).near < 0.5 for word in agents)):
            name = as_written(agents)
            return refused(Reason.ATTRIBUTION, f"le passage cité ne dit pas «\u00a0par {name}\u00a0»")
    return None


def _actors(sentence: Sentence) -> list[Word]:
    """Return the subjects of the active verbs of a sentence."""
    return [
        word for clause in sentence.clauses for _, subject in _active(clause, sentence) for word in subject
    ]


def _agents(clause: Clause) -> tuple[Word, ...]:
    found: list[Word] = []
    for at, word in enumerate(clause.words):
        caused = any(_CAUSED.match(other.folded) for other in clause.words[max(0, at - 4) : at])
        if word.folded == "par" and at and not caused and clause.words[at - 1].content:
            following = [other for other in clause.words[at + 1 : at + 5] if other.content]
            if following and not {word.folded for word in clause.words[at + 1 : at + 3]} & _NO_AGENT:
                found.extend(following[:2])
    return tuple(found)


def _check_subject(statement: Statement) -> Verdict | None:
    """Refuse « X finance » when the passages say « Y finance »."""
    for support in statement.supports:
        for verb, subject in _active(support.clause, statement.sentence):
            theirs = _subjects_of(verb, support.sentence)
            if subject and _addressee(verb, subject, support.sentence):
                return refused(Reason.ROLES, "le passage cité le dit dans l’autre sens")
            if subject and theirs and all(not _meet(subject, found) for found in theirs):
                name = as_written(subject)
                return refused(Reason.ROLES, f"le passage cité ne le dit pas de «\u00a0{name}\u00a0»")
    return None


def _subjects_of(verb: Word, source: Sentence) -> list[tuple[Word, ...]]:
    """Return the subjects that a source sentence gives to a verb, known ones only."""
    found = []
    for clause in source.clauses:
        for at, word in enumerate(clause.words):
            if at and word.content and match(verb, (word,)).near >= 0.9 and _telling(verb, word):
                subject = _subject(clause, at, source) if _acts(clause, at) else _doer(clause, at)
                if subject:
                    found.append(subject)
    return found


def _telling(verb: Word, word: Word) -> bool:
    """Say whether two verbs say one deed: « assurer » or « tenir » stands for too many."""
    return verb.stem == word.stem or verb.stem not in COMMON


def _doer(clause: Clause, at: int) -> tuple[Word, ...]:
    """Return the agent of a passive verb: « ouvert à Quimper par la fondation »."""
    passive = any(word.folded in BEING for word in clause.words[max(0, at - 2) : at])
    for number, word in enumerate(clause.words[at + 1 :], start=at + 1):
        if passive and word.folded == "par":
            return tuple(other for other in clause.words[number + 1 :] if other.content)[:4]
    return ()


def _acts(clause: Clause, at: int) -> bool:
    """Say whether a word stands where an active verb does: no article before it, no passive."""
    before = {word.folded for word in clause.words[max(0, at - 2) : at]}
    return clause.words[at - 1].folded not in _NOUN_BEFORE and not before & BEING


def _addressee(verb: Word, subject: Sequence[Word], source: Sentence) -> bool:
    """Say whether the one said to do it is the one to whom it is done: « transmis au préfet »."""
    heads = {word.stem for word in subject}
    for clause in source.clauses:
        for at, word in enumerate(clause.words):
            if (
                word.text not in ("à", "au", "aux")
                or at == 0
                or match(verb, clause.words[at - 1 : at]).near < 0.9
            ):
                continue
            following = next((other.stem for other in clause.words[at + 1 : at + 4] if other.content), "")
            if following in heads and not heads & {other.stem for other in clause.words[:at]}:
                return True
    return False


def _meet(subject: Sequence[Word], other: Sequence[Word]) -> bool:
    """Say whether the head of a subject is in another."""
    return match(subject[0], other).near >= 0.5 or any(
        word.name and match(word, other).near >= 0.9 for word in subject
    )


def _active(clause: Clause, sentence: Sentence) -> list[tuple[Word, tuple[Word, ...]]]:
    """Return the verbs of a clause that govern an object, each with the words of its subject."""
    for at, word in enumerate(clause.words[:-1]):
        if not word.content or at == 0 or clause.words[at + 1].folded not in _OBJECT:
            continue
        before = clause.words[at - 1]
        if before.folded == "a" and word.folded.endswith(("er", "ir", "re")):
            continue
        if not (
            before.content
            or before.folded in ("qui", "ne", "n", "a", "ont", "peut", "doit", "peuvent", "doivent")
        ):
            continue
        return [(word, _subject(clause, at, sentence))]
    return []


def _subject(clause: Clause, at: int, sentence: Sentence) -> tuple[Word, ...]:
    """Return the content words of the subject of a verb, none when it is not known."""
    before = clause.words[at - 1]
    if any(word.folded in _STANDING_FOR for word in clause.words[:at]):
        return ()
    after = max(
        (n + 1 for n, word in enumerate(clause.words[:at]) if word.folded in _SUBORDINATING), default=0
    )
    if clause.words[0].text[-2:] in ("és", "ée") or clause.words[0].text.endswith(("é", "ées")):
        return ()  # « Sensibilisés à…, les apprenants… »
    subject = tuple(other for other in clause.words[after:at] if other.content)
    if not subject and clause.words[0].folded == "qui":
        return _antecedent(clause, sentence)
    elided = before.folded in _BEGINNING and at == 1 and clause is not sentence.clauses[0]
    if not subject and elided and not _counted(clause, sentence):
        return sentence.clauses[0].content
    return subject


def _counted(clause: Clause, sentence: Sentence) -> bool:
    """Say whether a figure opens a clause and is its subject."""
    head = clause.words[0].at
    return any(0 <= head - figure.end <= 2 for figure in sentence.quantities)


def _antecedent(clause: Clause, sentence: Sentence) -> tuple[Word, ...]:
    """Return the last nouns of the clause before a « qui »."""
    at = sentence.clauses.index(clause)
    before = sentence.clauses[at - 1]
    return before.content[-2:] if at and before.words[-1].content else ()
