"""Mixing: what the passages say of one thing in a clause is not said of the thing of its neighbour."""

from collections.abc import Iterator, Sequence

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.reading import Clause, Sentence, Word, as_written
from assistant.verification.speakers import speaker
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_DETERMINERS = frozenset(
    "le la les l un une des du de d chaque leur leurs son sa ses ce cet cette ces".split()
)
_JOINTS = frozenset("et mais tandis alors que qu or puis en revanche".split())
_BARE = frozenset("il elle ils elles on a ont est sont doit doivent du peut peuvent se s ne n".split())
_CONTRAST = frozenset("mais tandis revanche".split())
_ITEM = ("-", "•", "–", "*", "▪")
_MOST, _SURE = 0.6, 0.9
_STEPS = frozenset("puis ensuite et".split())


def check_mixing(statement: Statement) -> Verdict | None:
    """Refuse a subject, a verb or a name of one clause put with the rest of another."""
    return _check_clauses(statement) or _check_names(statement) or _check_passages(statement)


def _check_clauses(statement: Statement) -> Verdict | None:
    """Refuse « A finance le loyer » of « B finance le loyer, A finance les postes »."""
    said = statement.sentence.content
    for one, other in _neighbours(statement.sources):
        kept, lost = one.content, other.content
        if min(len(kept), len(lost)) < 2 or not _in(kept[0], said, _SURE) or _in(lost[0], said):
            continue
        if not (_subject(other) and _subject(one)) and not _contrasted(one, other):
            continue
        rest = [word for word in lost[1:] if not _in(word, kept)]
        own = [word for word in kept[1:] if not _in(word, lost)]
        told = [word for word in said if not _in(word, kept[:1])]
        held = sum(_in(word, lost[1:]) for word in told) if any(_in(word, told) for word in rest) else 0
        if held >= max(1, _MOST * len(told)) and own and not any(_in(word, said) for word in own):
            name = as_written(kept[:1])
            return refused(Reason.ROLES, f"le passage cité ne le dit pas de «\u00a0{name}\u00a0»")
    return None


def _neighbours(sources: Sequence[Sentence]) -> Iterator[tuple[Clause, Clause]]:
    """Yield the pairs of clauses that stand beside each other: of one sentence, of a list."""
    for source in sources:
        for clause in source.clauses:
            for other in source.clauses:
                if clause is not other:
                    yield clause, other
    items = [source.clauses[0] for source in sources if source.text.lstrip().startswith(_ITEM)]
    for item in items:
        for other in items:
            if item is not other:
                yield item, other


def _subject(clause: Clause) -> bool:
    """Say whether a clause begins with a noun or a name, after a determiner at most."""
    head = clause.content[0]
    before = [word for word in clause.words if word.at < head.at]
    if not all(word.folded in _DETERMINERS | _JOINTS for word in before):
        return False
    return head.name or any(word.folded in _DETERMINERS - {"de", "d", "du"} for word in before)


def _contrasted(one: Clause, other: Clause) -> bool:
    """Say whether two clauses are opposed (« mais »), each beginning with its verb or a pronoun."""
    joined = other.words[0].folded in _CONTRAST or one.words[0].folded in _CONTRAST
    return joined and all(
        word.folded in _JOINTS | _BARE
        for clause in (one, other)
        for word in clause.words
        if word.at < clause.content[0].at
    )


def _in(word: Word, words: Sequence[Word], near: float = ALIGNED) -> bool:
    return match(word, words).near >= near


def _check_names(statement: Statement) -> Verdict | None:
    """Refuse « lancé à B » of « lancé à A puis étendu à B »: what is said beside a name stands by another."""
    for support in statement.supports:
        stretches = _stretches(support.sentence)
        for said in _stretches(statement.sentence):
            names = [word for word in said if word.name]
            if set(names) & set(speaker(statement.sentence)):
                continue
            about = [word for word in said if word.content and not word.name]
            if not names or not about or not all(_in(name, support.sentence.words, _SURE) for name in names):
                continue
            own = [part for part in stretches if any(_in(name, part, _SURE) for name in names)]
            others = [
                part
                for part in stretches
                if part not in own and any(word.name and not _in(word, names, _SURE) for word in part)
            ]
            if own and others and not any(_in(word, part) for part in own for word in about):
                best = max(others, key=lambda part: sum(_in(word, part, _SURE) for word in about))
                if all(_in(word, best, _SURE) for word in about):
                    return refused(
                        Reason.ROLES, f"le passage cité ne le dit pas de «\u00a0{as_written(names)}\u00a0»"
                    )
    return None


def _check_passages(statement: Statement) -> Verdict | None:
    """Refuse one plain clause of which part stands in one passage only, the rest in another only."""
    sentence = statement.sentence
    opening = len(sentence.clauses) == 2 and len(sentence.clauses[0].content) <= 2  # « À Lorient, … »
    if (len(sentence.clauses) > 1 and not opening) or any(word.folded in _JOINTS for word in sentence.words):
        return None
    texts = [[word for source in passage for word in source.content] for passage in statement.passages]
    found = [word for word in sentence.content if any(_in(word, text) for text in texts)]
    for text in texts:
        only = [word for word in found if not any(_in(word, other) for other in texts if other is not text)]
        lacking = [word for word in found if not _in(word, text)]
        if only and lacking and only[0].at < lacking[0].at and (only[0] is found[0] or only[0].name):
            name = as_written(lacking[:1])
            return refused(Reason.ROLES, f"le passage cité ne le dit pas de «\u00a0{name}\u00a0»")
    return None


def _stretches(sentence: Sentence) -> list[list[Word]]:
    """Return the words of a sentence, cut at its clauses and before « puis », « ensuite », « et »."""
    parts: list[list[Word]] = []
    for clause in sentence.clauses:
        parts.append([])
        for word in clause.words:
            if word.folded in _STEPS:
                parts.append([])
            parts[-1].append(word)
    return [part for part in parts if part]
