"""Modals: what may, must or should be is not what is, nor one another."""

import re
from enum import StrEnum
from itertools import pairwise

from assistant.verification.alignment import Support, match
from assistant.verification.reading import Clause, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused


class Mode(StrEnum):
    """How a clause says a thing, with the words that name it to a reader."""

    MUST = "une obligation"
    SHOULD = "une recommandation"
    CAN = "une possibilité"
    COULD = "une éventualité"
    WILL = "une certitude"


# Each mode by the words that express it, then by those that are enough to justify it.
_EXPRESSED = (
    (Mode.MUST, re.compile(r"\b(?:doi(?:t|vent)|devr(?:a|ont)|devai(?:t|ent)|faut|faudra|fallait|impose(?:nt|"
        r"ra)? (?:a|d\w*|l\w*|un\w*|aux?)|tenue?s? d\w*|oblig(?:e\w*|ent|atoire\w*|ation d\w*)|"
        r"exige(?:nt|r)?|necessairement|obligatoirement|forcement|imperativement|contrain(?:t|ts|te|tes|dre))\b")),
    (Mode.SHOULD, re.compile(r"\b(?:devrai(?:t|ent)|faudrait|recommand\w+|preconis\w+|suggere\w*|"
        r"conseill(?:e|ent))\b")),
    (Mode.COULD, re.compile(r"\b(?:pourrai(?:t|ent)|serait possible|eventuel\w*|a l avenir)\b")),
    (Mode.CAN, re.compile(r"\b(?:peu(?:t|vent)|pourr(?:a|ont)|possib(?:le|ilite)s?|facultati\w+)\b")),
    (Mode.WILL, re.compile(r"\b(?:sera|seront|aura|auront)\b")),
)  # fmt: skip
_JUSTIFIED = {
    Mode.MUST: re.compile(
        r"\b(?:doi(?:t|vent)|devr(?:a|ont)|fau(?:t|dra)|impos\w+|oblig\w+|exig\w+|contrain\w+|tenue?s?|"
        r"necessai\w+|necessit\w+|(?:est|sont) a \w+(?:er|ir|re)|"
        r"indispensabl\w+|imperati\w+|requi\w+|suppos\w+|convient d\w*|dues?|du|"
        r"enjeux?|defis?|dev(?:ons|ez)|interdi\w+|attend\w*|engag\w+|prevoit|ne peu\w+|il s agit)\b"
    ),
    Mode.SHOULD: re.compile(
        r"\b(?:devrai(?:t|ent)|faudrait|recommand\w+|preconis\w+|sugger\w+|conseill(?:e|ent|er)\b|invit\w+|"
        r"convient d\w*|"
        r"(?:s )?agirait|il s agit|preconisations?|prealables?|dev(?:ons|ez|rions)|"
        r"souhait\w+|(?<!est )(?<!sont )(?<!etre )propose(?:nt|r)?\b|"
        r"demand(?:e|ent|er)\b|plaid\w+|reclam\w+|favorab\w+|prefer\w*|appel(?:le|lent|ait)\b|veu(?:t|"
        r"lent)|voudr\w+|revendiqu\w+|attend\w*)\b"
    ),
    Mode.CAN: re.compile(
        r"\b(?:peu(?:t|vent)|pourr(?:a|ont)|possib\w+|facultati\w+|autoris\w+|permet\w*|permis\w*|"
        r"droit|libres?|"
        r"propos\w+|offr\w+|ouvert\w*|dispos\w+|delai|capab\w+|susceptib\w+|souhaitent|choix|parfois|arrive|certain\w*)\b"
    ),
    Mode.COULD: re.compile(
        r"\b(?:pourrai\w+|eventuel\w*|serai(?:t|ent)|aurai(?:t|ent)|possib\w+|envisag\w+)\b"
    ),
    Mode.WILL: re.compile(r"\b(?:\w{2,}(?:ra|ront)|prevoi\w+|prevu\w*|va|vont|doi\w+)\b"),
}
_PLANS = re.compile(r"\b(?:envisag\w+|propos\w+|projett\w+|souhait\w+|prevoi\w+|vis(?:e|ent) a|suggere\w*)\b")
_HEARSAY = re.compile(r"\b(?:serai(?:t|ent)|aurai(?:t|ent))\b")
_ASSERTED = re.compile(r"\b(?:est|sont|a|ont)\b")
_DENIED = re.compile(r"\b(?:ne|n|sans)\b")
_STRONG = {
    Mode.MUST: re.compile(r"\b(?:doi(?:t|vent)|devr(?:a|ont)|fau(?:t|dra))\b"),
    Mode.SHOULD: re.compile(r"\b(?:devrai(?:t|ent)|faudrait|recommand\w+|preconis\w+|suggere\w*|reclam\w+|"
        r"plaid\w+ pour|propose\w* d\w*|souhait\w+ qu\w*|veu(?:t|lent) qu\w*|attend\w* (?:d|"
        r"qu)\w*|demand\w+ qu\w*)\b"),
    Mode.COULD: re.compile(r"\b(?:pourrai(?:t|ent))\b"),
    Mode.CAN: re.compile(r"\b(?:peu(?:t|vent))\b"),
}  # fmt: skip

# « Organiser des campagnes… », the head of a recommendation.
_INSTRUCTION = re.compile(r"^\W*(?!premier|dernier|atelier|metier)\w{3,}(?:er|ir)\b")
_VOICED = re.compile(r"\b(?:selon|pour|apres)\b")
_SAME, _DONE = 0.8, 1.0
# « remplacerait », not « considérait » nor « entrait ».
_CONDITIONAL = re.compile(r"(?<=\w\w)(?:er|ir|dr)ai(?:t|ent)$")
# « a permis de réduire » of what « vise à réduire ».
_ACHIEVED = re.compile(r"\b(?:a|ont) (?:ainsi |deja )?(?:permis|reussi|abouti|mis fin|obtenu|atteint)\b")
_PAST = re.compile(
    r"\b(?:a|ont|avait|avaient|est|sont|fut|ete) (?:\w+ )?\w+(?:e|ee|es|ees|i|is|ie|u|us|ue|t|ts)\b|\bgrace\b"
)
_HEDGED = re.compile(
    r"\b(?:\w+rai(?:t|ent)|peu(?:t|vent)|envisag\w+|prevoi\w+|prevu\w*|propos\w+|projet\w*|possib\w+|si|"
    r"souhait\w+|vis\w+|doi(?:t|vent)|consist\w+|demand\w+|recommand\w+|preconis\w+|estim\w+|selon)\b"
)


def check_modality(statement: Statement) -> Verdict | None:
    """Refuse a clause whose modal is not that of the passages."""
    whole = " ".join(clause.flat for clause in statement.sentence.clauses)
    for support in statement.supports:
        verdict = _compare(support, statement, whole)
        if verdict:
            return verdict
    return None


def _compare(support: Support, statement: Statement, whole: str) -> Verdict | None:
    said = support.clause.flat
    source = " ".join(clause.flat for clause in support.clauses)
    around = " ".join(clause.flat for clause in support.sentence.clauses)
    denied = bool(_DENIED.search(said) or _DENIED.search(source))
    for mode, expressed in _EXPRESSED:
        found = expressed.search(said)
        if not found:
            continue
        same = _same_predicate(support.clause, found, statement)
        held = same or around
        if not (mode == Mode.CAN and denied) and not _JUSTIFIED[mode].search(held):
            if mode == Mode.CAN and not any(strong.search(held) for strong in _STRONG.values()):
                break  # « peut être amélioré » says less than a fact, and is not refused for it
            advised = mode == Mode.SHOULD or found[0] in ("faut", "doit", "doivent")
            if advised and _INSTRUCTION.match(support.sentence.flat):
                break
            return _changed(mode, held)
        if mode == Mode.CAN and not denied and _STRONG[Mode.COULD].search(held):
            return _changed(mode, held)
        break
    for mode, strong in _STRONG.items():
        if mode == Mode.CAN and denied:
            continue
        if _governs(strong, support) and not _kept(mode, whole):
            return _dropped(mode)
    achieved = _ACHIEVED.search(said) and not (_PAST.search(around) or _ACHIEVED.search(around))
    if achieved or _planned(support):
        return refused(Reason.MODAL, "le passage cité ne dit pas que c’est fait")
    if _conditional_dropped(support, whole):
        return _dropped(Mode.COULD)
    if _ASSERTED.search(said) and not _HEARSAY.search(said) and _governs(_HEARSAY, support):
        return _dropped(Mode.COULD)
    return None


def _conditional_dropped(support: Support, whole: str) -> bool:
    """Say whether a verb in the conditional (« remplacerait ») is told as a fact."""
    if _HEDGED.search(whole):
        return False
    return any(
        _CONDITIONAL.search(word.text)
        and (said := match(word, support.clause.content)).near >= _DONE
        and said.word is not None
        and not said.word.folded.endswith(("er", "ir", "re"))
        for clause in support.clauses
        for word in clause.content
    )


def _planned(support: Support) -> bool:
    """Say whether a clause tells as done (« ont créé ») what is planned (« envisager la création »)."""
    said = support.clause.words
    done = [
        word
        for before, word in pairwise(said)
        if before.folded in ("a", "ont", "ete")
        and word.content
        and word.text.endswith(("é", "ée", "és", "ées"))
    ]
    for clause in support.clauses if not _HEDGED.search(support.clause.flat) else ():
        for cue in _PLANS.finditer(clause.flat):
            last = clause.flat[: cue.end()].count(" ")
            after = [word for word in clause.words[last + 1 :] if word.content][:1]
            if any(match(word, after).near >= _SAME for word in done):
                return True
    return False


def _kept(mode: Mode, whole: str) -> bool:
    if _JUSTIFIED[mode].search(whole):
        return True
    return mode == Mode.SHOULD and bool(_VOICED.search(whole) and _EXPRESSED[0][1].search(whole))


def _same_predicate(clause: Clause, found: re.Match[str], statement: Statement) -> str:
    """Return the clauses of the passages where the verb under this modal stands under one too."""
    verb = _predicate(clause, found)
    if verb is None:
        return ""
    clauses = []
    for source in statement.sources:
        for other in source.clauses:
            for strong in _STRONG.values():
                modal = strong.search(other.flat)
                theirs = _predicate(other, modal) if modal else None
                if theirs and match(verb, (theirs,)).near >= _SAME:
                    clauses.append(other.flat)
    return " ".join(clauses)


def _governs(cue: re.Pattern[str], support: Support) -> bool:
    """Say whether the source puts under a modal the very thing that the clause says."""
    for clause in support.clauses:
        found = cue.search(clause.flat)
        if found and cue is _STRONG[Mode.SHOULD]:
            last = clause.flat[: found.end()].count(" ")
            asked = [word for word in clause.words[last + 1 :] if word.content]
            held = sum(match(word, support.clause.content).near >= _SAME for word in asked)
            if asked and 2 * held >= len(asked):
                return True
        verb = _predicate(clause, found) if found else None
        if verb and match(verb, support.clause.content).near >= _SAME:
            return True
    return False


def _predicate(clause: Clause, found: re.Match[str]) -> Word | None:
    """Return the first content word after a cue found in a clause."""
    last = clause.flat[: found.end()].count(" ")
    return next((word for word in clause.words[last + 1 :] if word.content), None)


def _changed(mode: Mode, source: str) -> Verdict:
    held = next(
        (other.value for other, strong in _STRONG.items() if other != mode and strong.search(source)), ""
    )
    instead = f"\u00a0: il dit {held}" if held else ""
    return refused(Reason.MODAL, f"le passage cité ne dit pas {mode.value}{instead}")


def _dropped(mode: Mode) -> Verdict:
    return refused(Reason.MODAL, f"le passage cité dit {mode.value}, pas un fait")
