"""Answers made of the sentences that answer, quoted word for word, with no language model.

What the question asks for is read first (``asking``), passages are found, their sentences scored
(``selecting``); when the library answers, the best ones are put in the form that the question calls
for (``composing``), else the answer says why not and names the nearest passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import comparing, composing, following, refusing, selecting, stances
from assistant.answers import Answer, Block, Progress, Statement, Status, Step
from assistant.asking import Asked, Form, asked, topic
from assistant.aspects import Aspect, aspects
from assistant.selecting import Sentence
from assistant.stances import Stance
from index.documents import ScoredPassage
from index.filters import NO_FILTERS, Filters
from index.glossary import meanings_in
from index.library import Library
from index.prompting import wording

if TYPE_CHECKING:
    from index.llm import ChatModel

READ_PASSAGES, READ_FOR_A_THEME, READ_FOR_AN_ASPECT = 8, 14, 6
READ_FOR_A_SORT = 24  # of matter wanted on a theme: few passages are of it
WORDS_BY_ASPECT = 175  # of an answer by aspects, shared among them
WORDS_COMPARED, LEAST_BY_SIDE = 220, 60  # of a comparison, shared among its sides
NEAREST_SHOWN = 3
# A thing counted, a rate, a sum, a law: what may have changed since.
_DATED = re.compile(
    r"\b(?!(?:1[89]|20)\d\d\b)\d{2,}\s+(?!ans\b)[^\W\d_]{4,}"
    r"|\d\s?(?:%|[Mk]?€|euros?\b|millions?\b|milliards?\b|points?\b)|\b\d{1,3}(?:[\s\u00a0\u202f.]\d{3})+\b"
    r"|\barticles?\s|\b[LRD]\.?\s?\d|\bloi\b|\bdécrets?\b|\bcode d",
    re.IGNORECASE,
)


def answer(
    library: Library,
    question: str,
    history: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
    model: "ChatModel | None" = None,
) -> Answer:
    """Answer a question from the library; ``history`` holds the earlier questions, oldest first.

    ``filters`` narrow what is read; ``model``, when there is one, writes the answer, and what it writes
    is checked. Raises ``UsageError`` when the filters let nothing through.
    """
    *_, last = steps(library, question, history, filters, model)
    assert last.answer is not None
    return last.answer


def steps(
    library: Library,
    question: str,
    history: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
    model: "ChatModel | None" = None,
) -> Iterator[Progress]:
    """Answer a question as ``answer`` does, saying on the way what is being done."""
    yield Progress(Step.SEARCHING)
    typed, history = question, [library.written(earlier) for earlier in history]
    question = library.written(question)
    followed = following.followed(library, question, history)
    complete, context = followed.question, followed.context
    voices = comparing.voices_named(library, complete)
    parts = aspects(complete)
    wanted = Asked(Form.THEME) if parts else asked(complete, len(voices))
    broad = wanted.form is Form.THEME
    searched = topic(complete) if broad else complete
    whole = " ".join([*context, searched])
    found = library.retrieve(whole, READ_FOR_A_THEME if broad else READ_PASSAGES, filters=filters)
    yield Progress(Step.READING, len(found))
    compared = wanted.form is Form.COMPARISON and bool(voices)
    stance = None if parts or compared else stances.stance_asked(library, complete, voices)
    theme = comparing.without_names(searched, [*voices, *([stance.name] if stance else [])])
    sentences = selecting.scored(library, searched, wanted, found, context, theme, voices)
    yield Progress(Step.CHECKING, len(found))
    if stance:
        own = stances.told_by(stance, theme, sentences)
        if not own and (further := stances.own_passages(library, stance, theme, filters)):
            own = selecting.scored(library, searched, wanted, further, context, theme, voices)
        sentences = own
    if stance and not sentences:
        quoted = _silent(question, stance, found)
    elif refusal := _refused(library, followed.whole, wanted, found, sentences):
        quoted = refusal
    else:
        blocks = _by_aspect(library, parts, filters)
        blocks = blocks or _compared(library, complete, wanted, voices, context, filters)
        blocks = blocks or composing.composed(library, wanted, sentences)
        quoted = _answered(library, complete, blocks, found)
    understood = followed.understood or (question if question != typed else "")
    quoted = replace(quoted, question=typed, understood=understood)
    if model is None:
        yield Progress(Step.CHECKING, len(found), quoted)
        return
    from assistant.generating import generated

    yield from generated(model, library, question, history, found, quoted)


def _refused(
    library: Library,
    question: str,
    wanted: Asked,
    found: Sequence[ScoredPassage],
    sentences: Sequence[Sentence],
) -> Answer | None:
    """Return the answer that says why there is none, ``None`` when the library answers."""
    refusal = refusing.refused(library, question, wanted, found, sentences)
    if refusal is None:
        return None
    nearest = tuple(found[:NEAREST_SHOWN]) if refusal.status is Status.RELATED else ()
    return Answer(question, refusal.status, refusal.opening, nearest=nearest)


def _silent(question: str, stance: Stance, found: Sequence[ScoredPassage]) -> Answer:
    """Return the answer that a body whose view is asked for says nothing of it here."""
    said = wording("refus-voix").substitute(name=stance.name)
    opening = f"{said}\n\n{wording('refus-proches').substitute()}"
    return Answer(question, Status.RELATED, opening, nearest=tuple(found[:NEAREST_SHOWN]))


def _by_aspect(library: Library, parts: Sequence[Aspect], filters: Filters) -> tuple[Block, ...]:
    """Return one block for each aspect of a theme, nothing unless two aspects at least have one."""
    told = []
    for part in parts:
        most = READ_FOR_A_SORT if part.is_sort else READ_FOR_AN_ASPECT
        found = library.retrieve(part.query, most, filters=filters)
        of_it = asked(part.name)
        sentences = selecting.scored(library, part.query, of_it, found)
        suited = [one for one in sentences if part.suits(one.passage.kind, one.text)]
        told.append((part.name, of_it, suited or sentences))
    blocks = composing.headed(library, told, WORDS_BY_ASPECT // max(1, len(parts)))
    return blocks if len(blocks) > 1 else ()


def _compared(
    library: Library,
    question: str,
    wanted: Asked,
    voices: Sequence[str],
    history: Sequence[str],
    filters: Filters,
) -> tuple[Block, ...]:
    """Return one block for each side of a comparison, nothing unless two sides at least have one."""
    sides = comparing.sides(library, question, wanted, voices)
    found = comparing.retrieved(library, sides, filters, history)
    told = []
    for side, passages in zip(sides, found, strict=True):
        of_it = Asked(side.form, wanted.expected)
        told.append((side.name, of_it, selecting.scored(library, side.query, of_it, passages, history)))
    room = max(LEAST_BY_SIDE, WORDS_COMPARED // max(1, len(told)))
    blocks = composing.headed(library, told, room)
    return blocks if len(blocks) > 1 else ()


def _answered(
    library: Library, question: str, blocks: tuple[Block, ...], found: Sequence[ScoredPassage]
) -> Answer:
    """Return the answer that these blocks make; without any, nothing is left but the nearest passages."""
    nearest = tuple(found[:NEAREST_SHOWN])
    if not blocks:  # no quote stands where it should
        return Answer(question, Status.RELATED, wording("related").substitute(), nearest=nearest)
    answer = Answer(question, Status.ANSWERED, blocks=blocks, nearest=nearest)
    known = meanings_in("\n".join(statement.text for statement in answer.statements), library.glossary)
    sigles = tuple((sigle, meanings[0]) for sigle, meanings in known.items() if len(meanings) == 1)
    notes = dated(answer.statements)
    opening = refusing.in_danger(question)
    return Answer(question, Status.ANSWERED, opening, blocks, notes, nearest, sigles)


def dated(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return the note that gives the year of the figures and laws quoted, none when none is."""
    years = sorted(
        {
            citation.passage.date[:4]
            for statement in statements
            if _DATED.search(statement.text)
            for citation in statement.citations
            if citation.passage.date
        }
    )
    if not years:
        return ()
    told = years[0] if len(years) == 1 else ", ".join(years[:-1]) + f" et {years[-1]}"
    return (wording("texte-date" if len(years) == 1 else "textes-dates").substitute(annees=told),)
