"""The decision: checks look for a difference with the passages, and a model reads the whole."""

import re
from collections.abc import Sequence

from assistant.verification.alignment import Weigh
from assistant.verification.comparing import check_comparing
from assistant.verification.content import check_content
from assistant.verification.copying import is_copied
from assistant.verification.direction import check_dated_direction, check_direction
from assistant.verification.doers import check_doers
from assistant.verification.edits import check_edits
from assistant.verification.entailment import configured_entailment
from assistant.verification.figures import check_figures
from assistant.verification.framing import unframed
from assistant.verification.mixing import check_mixing
from assistant.verification.modality import check_modality
from assistant.verification.names import check_names
from assistant.verification.order import check_order
from assistant.verification.polarity import check_polarity
from assistant.verification.quotes import quoted_in, quotes_of
from assistant.verification.reading import read
from assistant.verification.recipients import check_recipient
from assistant.verification.scope import check_conditions, check_scope
from assistant.verification.speakers import check_speakers
from assistant.verification.statement import Check, statements
from assistant.verification.verdict import SUPPORTED, Reason, Verdict, refused
from assistant.verification.weighing import outweighed

# What a written answer puts around its sentences: « [1] », « ** », the head of an item.
_MARKS = re.compile(r"\s*\[\d+(?:\s*[,;]\s*\d+)*\]|\*+|^\s*(?:[-•–]|\d+[.)]|#+)\s+")
# In the order in which a reader should hear of them.
CHECKS: dict[str, Check] = {
    "figures": check_figures,
    "names": check_names,
    "content": check_content,
    "direction": check_direction,
    "dated_direction": check_dated_direction,
    "polarity": check_polarity,
    "modality": check_modality,
    "scope": check_scope,
    "conditions": check_conditions,
    "order": check_order,
    "recipient": check_recipient,
    "speakers": check_speakers,
    "doers": check_doers,
    "mixing": check_mixing,
    "comparing": check_comparing,
    "edits": check_edits,
}
_UNSAID = refused(Reason.CONTENT, "le passage cité ne dit pas cela")


def verify(sentence: str, passages: Sequence[str], weigh: Weigh | None = None) -> Verdict:
    """Say whether passages support a sentence; ``weigh`` gives the weight of a stem (its idf).

    A quote between « » must stand word for word in a passage; a sentence that stands so is
    supported. Of any other, figures, dates, names, negations, modals, who speaks, causes and scope
    are compared with the passages; a figure, a date or a name that stands nowhere is refused, and so is
    any difference in a sentence that copies its source. The other doubts are weighed with what a model
    of inference makes of the whole. Raises ``UsageError`` when the one that ``TISSERAND_NLI`` names
    cannot be had.
    """
    entailment = configured_entailment()
    doubts, decided = doubts_about(sentence, passages, weigh)
    if decided is None:
        decided = outweighed(doubts, entailment.support(sentence, passages)) if entailment else not doubts
    if decided:
        return SUPPORTED
    return min(doubts.values(), key=lambda doubt: not doubt.sure, default=_UNSAID)


def doubts_about(
    sentence: str, passages: Sequence[str], weigh: Weigh | None = None
) -> tuple[dict[str, Verdict], bool | None]:
    """Return the doubts about a sentence by the name of their check, and whether it is supported.

    The latter is ``None`` when it hangs on how the doubts weigh.
    """
    sentence = unframed(_MARKS.sub("", sentence))
    settled = _settled(sentence, passages)
    if settled:
        return ({} if settled.supported else {"quotes": settled}), settled.supported
    doubts: dict[str, Verdict] = {}
    read_apart = statements(sentence, passages, weigh or _alike)
    for statement in read_apart:
        for name, check in CHECKS.items():
            verdict = check(statement)
            if verdict is not None and not (name in doubts and doubts[name].sure):
                doubts[name] = verdict
    if any(doubt.sure for doubt in doubts.values()):
        return doubts, False
    return doubts, not doubts if all(map(is_copied, read_apart)) else None


def is_borne_out(sentence: str, passages: Sequence[str], weigh: Weigh | None = None) -> bool:
    """Say whether no check at all finds a difference: stricter than ``verify``, fast, without a model."""
    doubts, decided = doubts_about(sentence, passages, weigh)
    return not doubts if decided is None else decided


def _settled(sentence: str, passages: Sequence[str]) -> Verdict | None:
    """Return what quotes alone decide, ``None`` when the sentence must be read."""
    if not any(letter.isalnum() for letter in sentence):
        return refused(Reason.EMPTY, "cette phrase ne dit rien", sure=True)
    if not any(passage.strip() for passage in passages):
        return refused(Reason.EMPTY, "aucun passage n’est cité", sure=True)
    for quote in quotes_of(sentence):
        if not any(quoted_in(quote, passage) for passage in passages):
            reason = f"«\u00a0{quote}\u00a0» ne figure pas mot pour mot dans le passage cité"
            return refused(Reason.QUOTE, reason, sure=True)
    return SUPPORTED if any(_stands(sentence, passage) for passage in passages) else None


def _alike(stem: str) -> float:
    return 1.0


def _stands(sentence: str, passage: str) -> bool:
    """Say whether this is word for word one or several whole sentences of a passage."""
    whole = {_plain(other.text) for other in read(passage)}
    return all(_plain(own.text) in whole for own in read(sentence))


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text.strip()).split()).rstrip(" .;")
