"""Order: cause and effect, who to whom, more and less, before and after are not exchanged."""

import re
from collections.abc import Sequence

from assistant.verification.alignment import match
from assistant.verification.reading import Clause, Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

# What leads from a cause to its effect, and from an effect back to its cause.
_LEADS = re.compile(
    r"\b(?:entrain\w+|provoqu\w+|(?<!la )(?<!une )(?<!pour )cause(?:nt)?|"
    r"condui(?:t|sent|ra|raient) (?:\w+ ){0,4}?a|indui\w+|suscit\w+|renvoi\w* a|"
    r"contribu\w+ (?:a|au|aux)|cree(?:nt)?|engendr\w+|occasionn\w+|oblige\w*|"
    r"ce qui|donc|c est pourquoi|"
    r"par consequent|explique(?:nt)?|limit(?:e|ent|ee?s?)|acceler\w+|aggrav\w+|donn\w+ lieu|a l origine d\w*|"
    r"alors|de sorte|d ou)\b(?! par\b)"
)
_BACK = re.compile(
    r"\b(?:parce qu\w*|car|en raison (?:notamment )?d\w*|a cause d\w*|du fait (?:notamment )?d\w*|faute d\w*|"
    r"grace a|imputa?\w+ (?:entre autres )?a|"
    r"(?:limit|engendr|occasionn|suscit|cre|aggrav|accentu|acceler)ee?s? (?:notamment )?par|"
    r"vien(?:t|nent) d\w*|resulte\w* d\w*|"
    r"s expliqu\w+ (?:surtout |notamment )?par|causee?s? par|provoquee?s? par|"
    r"entrainee?s? par|due?s? a|puisqu\w*|par manque d\w*|decoule\w* d\w*|consequences? d\w*|"
    r"liee?s? a|liee?s? aux?)\b"
)
_CAUSAL = re.compile(
    rf"{_LEADS.pattern}|{_BACK.pattern}|\b(?:en cas d\w*|si|lorsqu\w*|quand|permet\w*|permis|"
    rf"des lors|sous l effet|favoris\w+|ainsi)\b"
)
_STATED = re.compile(
    r"\b(?:parce qu\w*|en raison d\w*|a cause d\w*|du fait d\w*|entrain\w+|provoqu\w+|"
    r"s expliqu\w+ (?:\w+ )?par|c est pourquoi)\b"
)
_NO_CAUSE = re.compile(r"\b(?:ne|n) (?:entrain|provoqu)\w+")
_SEQUENCE = re.compile(r"\b(?:ensuite|puis|apres|avant)\b")
_MORE = re.compile(r"(?<!ou )\b(?:plus|davantage|mieux|plutot)\b(?! (?:de )?\d)")
_LESS = re.compile(r"(?<!au )(?<!du )\bmoins\b(?! (?:de )?\d)")
_WORSE = re.compile(r"\bplus mal\b")
_LITTLE = re.compile(
    r"(?<!\bun )\b(?:peu|guere|rarement|insuffisamment|faiblement|difficilement)\b(?! a peu)"
)
_BEFORE_THAT = re.compile(r"\bavant\b")
_ONCE = re.compile(r"\b(?:lorsqu\w*|quand|apres|une fois|des qu\w*|au dela|a partir|depuis)\b")
_EARLIER = re.compile(r"\b(?:avant|prece\w+|prealabl\w+|auparavant|d abord)\b")
_THAN = re.compile(r"\b(?:plus|moins)(?: \w+){0,3} qu")
_DENIED = re.compile(r"\b(?:ne|n|empech\w*)\b")
_ALIGNED, _HELD, _CLEARLY = 0.6, 0.5, 0.1
_NOUN_BEFORE = frozenset("le la les l un une des de d du en a au aux sur par sans ce cette ces".split())
_OBJECT_AFTER = frozenset("le la les l un une chaque leur leurs son sa ses par vers".split())
_BEING = frozenset("est sont etre ete etait etaient sera seront soit soient".split())


def check_order(statement: Statement) -> Verdict | None:
    """Refuse a cause, a comparison or a sequence that the passages give the other way round."""
    return (
        _check_cause(statement)
        or _check_comparison(statement)
        or _check_degree(statement)
        or _check_sequence(statement)
        or _check_crossing(statement)
    )


def _check_cause(statement: Statement) -> Verdict | None:
    said = _cause_and_effect(statement.sentence)
    if said is None:
        return None
    straight, crossed, other = 0.0, 0.0, False
    for source in statement.sources:
        theirs = _cause_and_effect(source)
        if theirs is None:
            continue
        other = other or (
            _share(said[1], theirs[1]) >= _HELD and not _share(said[0], (*theirs[0], *theirs[1]))
        )
        straight = max(straight, _share(said[0], theirs[0]) + _share(said[1], theirs[1]))
        ways = _share(said[0], theirs[1]), _share(said[1], theirs[0])
        if min(ways) > 0.2:
            crossed = max(crossed, sum(ways))
    if other and straight < 1.0:
        return refused(Reason.CAUSE, "le passage cité en donne une autre cause")
    if crossed > straight + _CLEARLY:
        return refused(Reason.CAUSE, "le passage cité donne la cause et l’effet dans l’autre sens")
    flat = _flat(statement.sentence)
    stated = _STATED.search(flat) and not _NO_CAUSE.search(flat) and straight <= 0.5
    if stated and not any(_CAUSAL.search(_flat(support.sentence)) for support in statement.supports):
        return refused(Reason.CAUSE, "le passage cité ne dit pas que l’un cause l’autre")
    return None


def _flat(sentence: Sentence) -> str:
    return " ".join(clause.flat for clause in sentence.clauses)


def _cause_and_effect(sentence: Sentence) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """Return the content words of the cause and of the effect, ``None`` when nothing is caused."""
    words = sentence.inherited + sentence.words
    flat = " ".join(word.folded for word in words)
    back = _BACK.search(flat)
    found = back or _LEADS.search(flat)
    if found is None:
        return None
    first, last = flat[: found.start()].count(" "), flat[: found.end()].count(" ")
    before = tuple(word for word in words[:first] if word.content)
    after = tuple(word for word in words[last + 1 :] if word.content)
    if back and not before and after:  # « faute de personnel, les places ferment »
        clause = after[0].clause
        before = tuple(word for word in after if word.clause != clause)
        after = tuple(word for word in after if word.clause == clause)
    if not (before and after):
        return None
    return (after, before) if back else (before, after)


def _share(words: Sequence[Word], others: Sequence[Word]) -> float:
    return sum(match(word, others).near >= _ALIGNED for word in words) / len(words) if words else 0.0


def _check_comparison(statement: Statement) -> Verdict | None:
    for support in statement.supports:
        said = _WORSE.sub("moins bien", support.clause.flat)
        source = _WORSE.sub("moins bien", " ".join(clause.flat for clause in support.clauses))
        if not (_MORE.search(source) or _LESS.search(source)):
            source = _flat(support.sentence)
        if not (_MORE.search(said) or _LESS.search(said)) or (
            _DENIED.search(said) and not _THAN.search(said)
        ):
            continue
        turned = (
            _MORE.search(said)
            and not _LESS.search(said)
            and _LESS.search(source)
            and not _MORE.search(source)
        ) or (
            _LESS.search(said)
            and not _MORE.search(said)
            and _MORE.search(source)
            and not _LESS.search(source)
        )
        swapped = _compared_crossed(statement.sentence.words, support.sentence.words)
        if bool(turned) != swapped:
            return refused(Reason.OPPOSITE, "le passage cité fait la comparaison dans l’autre sens")
    return None


def _check_sequence(statement: Statement) -> Verdict | None:
    """Refuse « avant que » for « lorsque »."""
    for support in statement.supports:
        before = _BEFORE_THAT.search(support.clause.flat)
        source = _flat(support.sentence)
        if before and _ONCE.search(source) and not _EARLIER.search(source):
            return refused(Reason.ROLES, "le passage cité ne dit pas «\u00a0avant\u00a0»")
    return None


def _check_degree(statement: Statement) -> Verdict | None:
    """Refuse « largement » or nothing for « peu »."""
    for support in statement.supports:
        said, source = support.clause.flat, " ".join(clause.flat for clause in support.clauses)
        low = _LITTLE.search(source)
        if not low or _LITTLE.search(said) or _DENIED.search(said) or _LESS.search(said):
            continue
        after = [word for clause in support.clauses for word in _after(clause, low[0])][:1]
        near = match(after[0], support.clause.content) if after else None
        if near and near.near >= 0.9:
            return refused(Reason.OPPOSITE, f"le passage cité dit «\u00a0{low[0]} {after[0].text}\u00a0»")
    return None


def _after(clause: Clause, word: str) -> list[Word]:
    """Return the content words after a word of a clause."""
    at = next((number for number, other in enumerate(clause.words) if other.folded == word), None)
    return [] if at is None else [other for other in clause.words[at + 1 :] if other.content]


def _compared_crossed(said: Sequence[Word], source: Sequence[Word]) -> bool:
    """Say whether what stands on each side of « plus … que » is exchanged."""
    mine, theirs = _compared(said), _compared(source)
    if mine is None or theirs is None:
        return False
    mine_right, their_right = mine[1][:1], theirs[1][:1]
    if _share(mine_right, their_right):
        return False
    return _share(mine_right, theirs[0]) > 0 and _share(their_right, mine[0]) > 0


def _compared(words: Sequence[Word]) -> tuple[list[Word], list[Word]] | None:
    marks = [
        at
        for at, word in enumerate(words)
        if word.folded in ("plus", "moins", "davantage", "plutot", "mieux")
    ]
    for at in marks:
        thans = [
            other for other in range(at + 1, min(at + 14, len(words))) if words[other].folded in ("que", "qu")
        ]
        if thans:
            return (
                [word for word in words[: thans[0]] if word.content],
                [word for word in words[thans[0] :] if word.content][:2],
            )
    return None


def _check_crossing(statement: Statement) -> Verdict | None:
    """Refuse « A verbe B » for « B verbe A »: what stands on the right moved to the left, both ways."""
    words = statement.sentence.words
    for support in statement.supports:
        source = support.sentence.words
        for pivot in support.clause.words:
            if not (_SEQUENCE.fullmatch(pivot.folded) or _is_verb(words, pivot)):
                continue
            other = next(
                (word for word in source if word.stem == pivot.stem and not _noun(source, word)), None
            )
            if other and _crossed(words, pivot, source, other):
                return refused(Reason.ROLES, "le passage cité le dit dans l’autre sens")
    return None


def _is_verb(words: Sequence[Word], word: Word) -> bool:
    """Say whether a word looks like a verb by its neighbours: an object after it, no article before."""
    at = next(number for number, other in enumerate(words) if other is word)
    before = words[at - 1].folded if at else "le"
    after = words[at + 1].folded if at + 1 < len(words) else ""
    return word.content and before not in _NOUN_BEFORE and after in _OBJECT_AFTER


def _noun(words: Sequence[Word], word: Word) -> bool:
    """Say whether an article or a preposition stands before a word."""
    at = next(number for number, other in enumerate(words) if other is word)
    return at > 0 and words[at - 1].folded in _NOUN_BEFORE - {"l", "le", "la", "les", "en", "a"}


def _crossed(words: Sequence[Word], pivot: Word, source: Sequence[Word], other: Word) -> bool:
    left, right = _sides(words, pivot)
    theirs_left, theirs_right = _sides(source, other)
    if _stative(words, pivot) or _stative(source, other):
        return False
    if _passive(words, pivot) != _passive(source, other):
        theirs_left, theirs_right = theirs_right, theirs_left
    if not (left and right and theirs_left and theirs_right):
        return False
    return (
        _share(right, theirs_left) >= 0.99
        and _share(right, theirs_right) == 0
        and _share(theirs_right, left) >= 0.99
        and _share(theirs_right, right) == 0
    )


def _sides(words: Sequence[Word], pivot: Word) -> tuple[list[Word], list[Word]]:
    left = [word for word in words if word.content and word.at < pivot.at and pivot.clause - word.clause <= 1]
    right = [
        word for word in words if word.content and word.at > pivot.at and word.clause - pivot.clause <= 1
    ]
    return left[-4:], right[:3]


def _stative(words: Sequence[Word], pivot: Word) -> bool:
    """Say whether a word is said of its subject (« est obligatoire »), so that sides mean nothing."""
    at = next(number for number, word in enumerate(words) if word is pivot)
    before = {word.folded for word in words[max(0, at - 2) : at]}
    return bool(before & _BEING) and not _passive(words, pivot)


def _passive(words: Sequence[Word], verb: Word) -> bool:
    at = next(number for number, word in enumerate(words) if word is verb)
    return any(word.folded == "par" for word in words[at + 1 : at + 8]) and verb.folded.endswith(
        ("e", "ee", "es", "ees", "i", "is", "ie", "ies", "u", "ue", "us", "ues", "t", "te", "ts")
    )
