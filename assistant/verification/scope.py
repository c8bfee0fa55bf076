"""Scope: what is said of some is not said of all, and a condition goes with what it conditions."""

import re
from itertools import pairwise

from assistant.verification.alignment import ALIGNED, Support, match
from assistant.verification.content import copied
from assistant.verification.numerals import NUMBER
from assistant.verification.polarity import RESTRICTION
from assistant.verification.reading import Clause, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_ALL = re.compile(
    r"\b(?:tou(?:t|s|te|tes)(?! les (?:ans|mois|jours|semaines|soirs|matins|nuits|"
    r"week|deux|trois|six|\w+ (?:ans|mois|jours)))|"
    r"chaque(?! (?:an|annee|mois|semaine|jour|fois|matin|soir)\b)|chacune?|ensemble d|"
    r"toujours(?! (?:plus|moins))|partout|systematiq\w+|integralite|totalite|"
    r"quel\w* que|n importe (?:qu\w+|ou|quand)|librement|automatiquement|"
    r"d office|sans exception|generalise\w*|unanim\w+)\b"
)
_HELD_OF_ALL = re.compile(rf"{_ALL.pattern}|\bensemble\b|\bplein\w*")
_NOT_ALL = re.compile(
    r"\b(?:tout d abord|tout de meme|avant tout|tout au long|surtout|tout en|tout a fait|"
    r"tout particul\w+|toutefois)\b"
)
_FIGURE = rf"(?:{NUMBER}|tiers|moitie|quart)(?: ?%| pour cent)?"
_RELATIVES = frozenset("qui dont".split())
_SURE = 0.9
_EVERY = frozenset("tout toute tous toutes chaque les".split())
_COPIED = 0.65  # share of a sentence copied, under which a condition may be said in other words
_HELD = 0.5  # share of a clause under which its conditions tell nothing
_NEVER = re.compile(r"\b(?:jamais|aucune?)\b")
_ONLY = re.compile(r"\b(?:seule?s?|seulement|uniquement|exclusivement|reservee?s? a(?:ux?)?)\b")
_NOT_ONLY = re.compile(r"\b(?:pas|non) (?:seulement|uniquement|que)\b")
# « 55 % seulement », « seuls 20 % »: said of a figure, it judges it and limits nothing.
_OF_FIGURE = re.compile(
    rf"\bseule?s? (?:les? |des? )?{_FIGURE}|{_FIGURE}(?: (?:d'?\w* ?)?\w+){{0,4}} seulement|"
    rf"seulement {_FIGURE}"
)
_EXCLUSIVE = re.compile(r"\b(?:uni(?:que|quement)|reserve\w*|propre|exclusi\w+)\b")
_LIMITING = frozenset(
    "certain certains certaine certaines plupart majorite partie nombreux nombreuses peu beaucoup".split()
)
_SOME = re.compile(
    r"\b(?:certaine?s?|plusieurs|quelques?|plupart|majorit\w+|partie|nombre\w*|peu|beaucoup|"
    r"diverse?s?|des|un|une|"
    r"minorit\w+|part|parfois|souvent|d autres|rare\w*)\b"
)
_DENIED = re.compile(r"\b(?:ne|n|ni|sans|aucune?)\b")
_PLURAL = frozenset("les tous toutes ces leurs aux chaque tout toute".split())
_STRICT = re.compile(
    r"^(?:si|s (?:ils?|elles?|on|y|en)|sauf|hormis|excepte|lorsqu\w*|"
    r"a condition|sous reserve|a moins|pourvu|des lors)\b|"
    r"\b(?:si (?:l|le|la|les|un|une|elle|il|ils|elles|on|celle|celui)|s ils?|s elles?|"
        r"a condition|sous reserve|a moins|sauf|pourvu qu\w*|des lors qu\w*|en cas d\w*|"
        r"peu(?:t|vent) (?:\w+ )*lorsqu\w*|avec (?:l|"
        r"son|leur) (?:accord|autorisation|consentement))\b"
)  # fmt: skip
_ADDED = re.compile(r"\b(?:a (?:la (?:seule )?)?condition|sous reserve|(?:seulement|uniquement) si)\b")
_CONCESSION = re.compile(
    r"\bsi\b.*\bne? (?:peu|sauraien?t|suffi)\w*|"
    r"^si\b.*,.*\b(?:aussi|egalement|n'en|toutefois|neanmoins|encore|autant)\b"
)
# « s’interroger s’il ne faut pas », « savoir si »: a question, no condition.
_WHETHER = re.compile(
    r"\b(?:interrog\w+|demand\w+|savoir|question\w*|verifi\w+|examin\w+)\b.* (?:si |s'ils? |s'elles? )"
)
_KEPT = re.compile(
    r"\b(?:si|s ils?|s elles?|condition|reserve|sauf|moins|des lors|en cas|lorsqu\w*|quand|"
    r"excepte|hormis|hors|pourvu|tant|"
    r"une fois|meme|souhait\w+|volontaires?|exception|apres|dans les cas)\b"
)


def check_scope(statement: Statement) -> Verdict | None:
    """Refuse what is said of all, always, only or without condition when the passages do not say so."""
    for support in statement.supports:
        said = _NOT_ALL.sub("", support.clause.flat)
        source = " ".join(clause.flat for clause in support.clauses)
        around = " ".join(clause.flat for clause in support.sentence.clauses)
        found = _ALL.search(said)
        if found and found[0] in ("tout", "toute") and _DENIED.search(around):
            found = None  # « avant toute modification », of « ne peut être modifié sans »
        if found and not _HELD_OF_ALL.search(_NOT_ALL.sub("", around)) and not _each(said, found, statement):
            return refused(
                Reason.SCOPE, f"le passage cité ne dit pas «\u00a0{_written(found[0], support.clause)}\u00a0»"
            )
        if _NEVER.search(said) and not (_NEVER.search(around) or _DENIED.search(around)):
            return refused(Reason.SCOPE, "le passage cité ne le dit pas pour tous les cas")
        if _restricts(said, statement) and not (
            _ONLY.search(_NOT_ONLY.sub("", around)) or _EXCLUSIVE.search(around) or RESTRICTION.search(around)
        ):
            return refused(Reason.SCOPE, "le passage cité ne dit pas que c’est le seul cas")
        if limited := _limit_dropped(support, source):
            return refused(Reason.SCOPE, f"le passage cité ne parle que d’une partie ({limited})")
    return None


def _restricts(said: str, statement: Statement) -> bool:
    """Say whether a clause holds « seul » or « seulement », said of something else than a figure."""
    whole = _OF_FIGURE.sub("", statement.sentence.flat)
    return bool(_ONLY.search(said) and _ONLY.search(whole))


def _each(said: str, found: re.Match[str], statement: Statement) -> bool:
    """Say whether « chaque jeune » is « par jeune » in the passages."""
    following = said[found.end() :].split()
    return bool(following) and any(
        re.search(rf"\bpar {re.escape(following[0])}\b", source.flat) for source in statement.sources
    )


def check_conditions(statement: Statement) -> Verdict | None:
    """Refuse a clause that leaves out the condition that the passages put to it."""
    whole = " ".join(clause.flat for clause in statement.sentence.clauses)
    near = copied(statement) >= _COPIED
    for support in statement.supports:
        around = support.sentence.flat
        if _ADDED.search(support.clause.flat) and not _KEPT.search(around):
            return refused(Reason.CONDITION, "le passage cité n’y met pas de condition")
        if _relative_dropped(support, statement):
            return refused(Reason.CONDITION, "le passage cité y met une condition")
        for clause in _beside(support) if support.share >= _HELD and near else ():
            condition = None if clause.flat.startswith("ou ") else _STRICT.search(clause.flat)
            if (
                condition
                and _without(clause, condition, statement)
                and not _KEPT.search(whole)
                and not _CONCESSION.search(support.sentence.flat)
                and not _WHETHER.search(support.sentence.flat)
            ):
                return refused(Reason.CONDITION, "le passage cité y met une condition")
    return None


def _relative_dropped(support: Support, statement: Statement) -> bool:
    """Say whether the passages say of « toute demande qui… » what the sentence says of « toute demande »."""
    content = support.clause.content
    words = support.clause.words
    at = next((number for number, word in enumerate(words) if word is content[0]), 0)
    if not at or words[at - 1].folded not in _EVERY:
        return False
    rest = [word for word in statement.sentence.words if word is not content[0]]
    told = support.sentence.words
    for number, (noun, relative) in enumerate(pairwise(told)):
        apart = "," in support.sentence.text[noun.at : relative.at]
        if relative.folded not in _RELATIVES or apart or match(content[0], (noun,)).near < _SURE:
            continue
        about = [word for word in told[number + 2 :] if word.content][:2]
        return bool(about) and not any(match(word, rest).near >= ALIGNED for word in about)
    return False


def _without(clause: Clause, condition: re.Match[str], statement: Statement) -> bool:
    """Say whether the sentence holds little of what a condition is about."""
    last = clause.flat[: condition.start()].count(" ")
    about = [word for word in clause.words[last:] if word.content]
    held = sum(match(word, statement.sentence.content).near >= ALIGNED for word in about)
    return not held or 2 * held < len(about)


def _beside(support: Support) -> list[Clause]:
    """Return the nearest clauses and the conditional ones that touch them."""
    clauses = support.sentence.clauses
    at = [number for number, clause in enumerate(clauses) if clause in support.clauses]
    near = {number + step for number in at for step in (-1, 0, 1)}
    return [clause for number, clause in enumerate(clauses) if number in near]


def _limit_dropped(support: Support, source: str) -> str:
    """Return « certains centres » when the sentence speaks of all the centres, else nothing."""
    for clause in support.clauses:
        for first, noun in zip(clause.words, clause.words[1:], strict=False):
            if first.folded not in _LIMITING or not noun.content:
                continue
            said = match(noun, support.clause.content)
            if (
                said.near >= 0.9
                and said.word is support.clause.content[0]
                and _universal(said.word, support.clause)
            ):
                return f"«\u00a0{first.text} {noun.text}\u00a0»"
    return ""


def _universal(noun: Word, clause: Clause) -> bool:
    """Say whether a noun stands for all its kind: « les centres », with nothing that limits it."""
    before = [word for word in clause.words if word.at < noun.at][-2:]
    return any(word.folded in _PLURAL for word in before[-1:]) and not _SOME.search(clause.flat)


def _written(folded: str, clause: Clause) -> str:
    return next((word.text for word in clause.words if word.folded == folded.split()[0]), folded)
