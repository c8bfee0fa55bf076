"""To whom it is done: who does a thing is not the one to whom it is done, nor one for another."""

from collections.abc import Sequence

from assistant.verification.alignment import match
from assistant.verification.doers import BEING
from assistant.verification.reading import Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_NOUN_BEFORE = frozenset("le la les l un une des de d du en a au aux sur par sans ce cette ces".split())
_LOCUTIONS = frozenset("mesure hauteur fin fois titre egard travers partir base long cote".split())
_ALIGNED, _SURE, _HELD = 0.6, 0.9, 0.5


def check_recipient(statement: Statement) -> Verdict | None:
    """Refuse « B le demande à A » of « A le demande » when B does not do it."""
    for support in statement.supports:
        words = support.clause.words
        for at, verb in enumerate(words):
            if (
                not verb.content
                or at == 0
                or words[at - 1].folded in ("se", "s")
                or words[at - 1].folded in _NOUN_BEFORE - {"en", "a"}
            ):
                continue
            subject = next((word for word in words[:at] if word.content), None)
            to = next((word for word in _after_to(words[at + 1 :])), None)
            if subject is None or to is None or {word.folded for word in words[:at]} & BEING:
                continue
            for clause in support.sentence.clauses:
                number = next((n for n, word in enumerate(clause.words) if word.stem == verb.stem), 0)
                doers = [word for word in clause.words[:number] if word.content]
                if not doers or clause.words[number - 1].folded in _NOUN_BEFORE - {"en", "a"}:
                    continue
                other = next(iter(_after_to(clause.words[number + 1 :])), None)
                if other and _exchanged(to, other, statement.sentence.words, support.sentence):
                    return refused(
                        Reason.ROLES,
                        f"le passage cité dit «\u00a0{other.text}\u00a0» et non «\u00a0{to.text}\u00a0»",
                    )
                if match(to, doers[:1]).near >= _SURE and match(subject, doers).near < _ALIGNED:
                    return refused(Reason.ROLES, "le passage cité le dit dans l’autre sens")
    return None


def _exchanged(to: Word, other: Word, said: Sequence[Word], source: Sentence) -> bool:
    """Say whether « revient aux parents » is said of « revient au responsable »."""
    held = (*source.words, *source.inherited)
    if {to.folded, other.folded} & _LOCUTIONS:
        return False
    return match(to, held).near < _HELD and match(other, said).near < _HELD


def _after_to(words: Sequence[Word]) -> list[Word]:
    """Return the word to whom a verb is done: the first of content after « à », « au » or « aux »."""
    at = next((number for number, word in enumerate(words) if word.text in ("à", "au", "aux")), None)
    return [] if at is None else [word for word in words[at + 1 :] if word.content][:1]
