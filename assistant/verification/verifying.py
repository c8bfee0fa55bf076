"""The decision: a sentence is supported when no check finds a difference with its passages."""

import re
from collections.abc import Callable, Sequence

from assistant.verification.comparing import check_comparing
from assistant.verification.content import check_content
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

# What a written answer puts around its sentences: « [1] », « ** », the head of an item.
_MARKS = re.compile(r"\s*\[\d+(?:\s*[,;]\s*\d+)*\]|\*+|^\s*(?:[-•–]|\d+[.)]|#+)\s+")
# In the order in which a reader should hear of them.
CHECKS: tuple[Check, ...] = (
    check_figures,
    check_names,
    check_content,
    check_direction,
    check_dated_direction,
    check_polarity,
    check_modality,
    check_scope,
    check_conditions,
    check_order,
    check_recipient,
    check_speakers,
    check_doers,
    check_mixing,
    check_comparing,
    check_edits,
)


def verify(sentence: str, passages: Sequence[str], weigh: Callable[[str], float] | None = None) -> Verdict:
    """Say whether passages support a sentence; ``weigh`` gives the weight of a stem (its idf).

    A quote between « » must stand word for word in a passage; a sentence that stands so is
    supported. Of any other, figures, dates, names, negations, modals, who speaks, causes and scope
    must agree with the passages, and enough of its content be there. Where content alone is missing,
    the model of ``TISSERAND_NLI`` is asked, if there is one. Raises ``UsageError`` when it cannot be had.
    """
    entailment = configured_entailment()
    sentence = unframed(_MARKS.sub("", sentence))
    if not any(letter.isalnum() for letter in sentence):
        return refused(Reason.EMPTY, "cette phrase ne dit rien")
    if not any(passage.strip() for passage in passages):
        return refused(Reason.EMPTY, "aucun passage n’est cité")
    for quote in quotes_of(sentence):
        if not any(quoted_in(quote, passage) for passage in passages):
            return refused(
                Reason.QUOTE, f"«\u00a0{quote}\u00a0» ne figure pas mot pour mot dans le passage cité"
            )
    if any(_stands(sentence, passage) for passage in passages):
        return SUPPORTED
    for statement in statements(sentence, passages, weigh or _alike):
        for check in CHECKS:
            verdict = check(statement)
            if verdict is None:
                continue
            if verdict.kind == Reason.CONTENT and entailment and entailment.holds(sentence, passages):
                continue
            return verdict
    return SUPPORTED


def _alike(stem: str) -> float:
    return 1.0


def _stands(sentence: str, passage: str) -> bool:
    """Say whether this is word for word one or several whole sentences of a passage."""
    whole = {_plain(other.text) for other in read(passage)}
    return all(_plain(own.text) in whole for own in read(sentence))


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text.strip()).split()).rstrip(" .;")
