"""Answers written by a language model, each sentence checked before it is shown.

The model gets the passages as numbered data and must cite one after each sentence. A sentence is
shown once the passages that it cites support it, with the words of theirs that bear it out; one that
they do not support is struck, or withheld when it cites none. When the model fails, wanders or
invents, the answer made of quotes stands instead, with a note that says why.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering import dated
from assistant.answers import Answer, Block, Progress, Statement, Status, Step, Support
from assistant.citations import Citation, cite, described, one_line, stands_in
from assistant.evidence import evidence
from assistant.privacy import details
from assistant.quotable import masked
from assistant.replies import SILENCE, Written, is_silence, sentences
from assistant.verification import verify
from index.documents import Passage, ScoredPassage
from index.errors import ModelFault
from index.glossary import meanings_in
from index.instructions import speaks_to_a_machine, without_hidden_marks
from index.library import Library
from index.llm import REPLY_TOKENS, ChatModel, Message
from index.prompting import wording
from index.tokens import at_most

NEAREST_SHOWN = 3
_EARLIER_SHOWN = 3  # questions of the conversation given to the model
_MOST_SENTENCES = 30
_PATIENCE = 3  # sentences without one confirmed before the model is given up
_FOOTNOTE = re.compile(r"\[(\d{1,3})\]")  # a note call that would pass for the number of a passage

_RULES = wording("answer-consigne", "silence")
_QUESTION = wording("answer-question", "history", "passages", "question")
_EARLIER = wording("answer-avant", "questions")
_QUOTED_INSTEAD = wording("answer-extraits", "raison")
_log = logging.getLogger("tisserand.llm")  # faults of the model; never the words of a question


class _Unusable(Exception):
    """The reply cannot become an answer; the message says why, for the reader."""


def generated(
    model: ChatModel,
    library: Library,
    question: str,
    history: Sequence[str],
    found: Sequence[ScoredPassage],
    fallback: Answer,
) -> Iterator[Progress]:
    """Write an answer from passages; each step holds what is checked so far, the last the whole.

    ``fallback`` is the answer made of quotes, given instead, with a note, whenever the model has
    nothing usable; where it refuses, its refusal stands and the model is not asked. A question with
    personal details is never given to a model of another machine.
    """
    if fallback.status is not Status.ANSWERED:
        yield Progress(Step.CHECKING, len(found), fallback)
        return
    if not model.local and any(map(details, (question, *history))):
        note = wording("answer-details").substitute()
        yield Progress(Step.CHECKING, len(found), replace(fallback, notes=(*fallback.notes, note)))
        return
    given, messages = _asked(model, question, history, _nearest_first(fallback, found))
    draft = _Draft(library, given)
    try:
        if not given or speaks_to_a_machine(question):
            raise _Unusable("la question ou les passages lui donnent des consignes")
        yield Progress(Step.WRITING, len(found))
        for written in sentences(model.stream(messages)):
            draft.add(written)
            if draft.statements:
                yield Progress(Step.WRITING, len(found), _answer(library, fallback, draft, found))
        yield Progress(Step.CHECKING, len(found), _whole(library, fallback, draft, found))
    except (_Unusable, ModelFault) as error:
        if isinstance(error, ModelFault):
            _log.warning("%s", error)
        reason = error.reason if isinstance(error, ModelFault) else str(error)
        note = _QUOTED_INSTEAD.substitute(raison=reason)
        yield Progress(Step.CHECKING, len(found), replace(fallback, notes=(*fallback.notes, note)))


def _nearest_first(fallback: Answer, found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Return the passages that the quotes come from, then the others that were found."""
    known = {scored.passage.passage_id: scored for scored in found}
    quoted = {citation.passage.passage_id: citation for citation in fallback.citations}
    first = [
        known.get(passage_id) or ScoredPassage(citation.passage, 0.0, 0, also=citation.also)
        for passage_id, citation in quoted.items()
    ]
    return first + [scored for scored in found if scored.passage.passage_id not in quoted]


def _asked(
    model: ChatModel, question: str, history: Sequence[str], found: Sequence[ScoredPassage]
) -> tuple[list[ScoredPassage], list[Message]]:
    """Return the passages given to the model, the nearest first as long as they fit, and the messages."""
    rules = _RULES.substitute(silence=SILENCE)
    heard = [_as_data(one) for one in history[-_EARLIER_SHOWN:] if not speaks_to_a_machine(one)]
    earlier = "\n".join(f"- {one}" for one in heard)
    before = _EARLIER.substitute(questions=earlier) + "\n\n" if earlier else ""
    asked = _as_data(question)
    left = model.context - REPLY_TOKENS - at_most(rules + _QUESTION.template + before + asked)
    given: list[ScoredPassage] = []
    shown: list[str] = []
    for scored in found:
        if speaks_to_a_machine(f"{described(scored.passage)}\n{scored.passage.text}"):
            continue
        data = _numbered(len(given) + 1, scored.passage)
        left -= at_most(data)
        if left < 0:
            break
        given.append(scored)
        shown.append(data)
    body = _QUESTION.substitute(history=before, passages="\n\n".join(shown), question=asked)
    return given, [Message("system", rules), Message("user", body)]


def _numbered(number: int, passage: Passage) -> str:
    year = passage.date[:4]
    source = one_line(_as_data(described(passage))).replace('"', "'") + (f", {year}" if year else "")
    return f'<passage numéro="{number}" source="{source}">\n{_as_data(_text(passage))}\n</passage>'


def texts_of(passage: Passage) -> tuple[str, str]:
    """Return what a sentence that cites a passage is verified against: its text, and what it is."""
    return _text(passage), described(passage)


def _text(passage: Passage) -> str:
    """Return the paragraphs and list items of a passage, one a line."""
    whole, start = masked(passage), passage.start
    blocks = passage.blocks or ((start, passage.end),)
    return "\n".join(filter(None, (one_line(whole[first - start : last - start]) for first, last in blocks)))


def _as_data(text: str) -> str:
    """Return a text that can open or close no tag, number no passage, and hide nothing from the eye."""
    seen = without_hidden_marks(text).replace("<", "‹").replace(">", "›")
    return _FOOTNOTE.sub(r"(\1)", seen)


@dataclass(slots=True)
class _Draft:
    """What is written and checked so far."""

    library: Library
    given: Sequence[ScoredPassage]
    statements: list[tuple[Statement, bool]] = field(default_factory=list)  # with: is it a list item
    read: int = 0
    confirmed: int = 0
    silent: bool = False
    markers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def add(self, written: Written) -> None:
        """Check one sentence and keep it. Raises ``_Unusable`` when the reply is to be given up."""
        if is_silence(written.text) and not self.read:
            self.silent = True
            return
        self.read += 1
        if written.markup:
            raise _Unusable("il a écrit un lien ou du code")
        if any(not 1 <= number <= len(self.given) for number in written.numbers):
            raise _Unusable("il a cité un passage qui n’existe pas")
        if written.numbers:
            statement = self._checked(written)
            self.statements.append((statement, written.listed))
            self.confirmed += statement.support is Support.CONFIRMED
        if (self.read >= _PATIENCE and not self.confirmed) or self.read > _MOST_SENTENCES:
            raise _Unusable("ses phrases ne sont pas confirmées par leurs sources")

    def _checked(self, written: Written) -> Statement:
        cited = [self.given[number - 1] for number in written.numbers]
        weigh = self.library.lexical.idf
        texts = [text for scored in cited for text in texts_of(scored.passage)]
        verdict = verify(written.text, texts, weigh)
        citations = [one for scored in cited for one in self._citations(written.text, scored)]
        if not verdict.supported:
            return Statement(written.text, (), Support.UNCONFIRMED, verdict.reason)
        if not citations:
            return Statement(written.text, (), Support.UNCONFIRMED, "aucune phrase de la source ne le dit")
        return Statement(written.text, tuple(citations), Support.CONFIRMED)

    def _citations(self, sentence: str, scored: ScoredPassage) -> Iterator[Citation]:
        """Yield the quotes of a passage that bear out a sentence, each word for word in its document."""
        passage = scored.passage
        document = self.library.document(passage.doc_id)
        for row in evidence(sentence, passage, self.library.lexical.idf):
            key = (passage.doc_id, row.start, row.end)
            marker = self.markers.get(key, len(self.markers) + 1)
            pieces = cite(marker, passage, row.start, row.end, scored.also)
            if document is not None and all(
                stands_in(piece.quote, document.text[piece.start : piece.end]) for piece in pieces
            ):
                self.markers[key] = marker
                yield from pieces


def _whole(library: Library, fallback: Answer, draft: _Draft, found: Sequence[ScoredPassage]) -> Answer:
    """Return the finished answer. Raises ``_Unusable`` when too little of it is confirmed."""
    if draft.silent and not draft.read:
        opening = wording("answer-silence").substitute()
        return Answer(
            fallback.question,
            Status.RELATED,
            opening,
            nearest=tuple(found[:NEAREST_SHOWN]),
            understood=fallback.understood,
        )
    if not draft.read:
        raise _Unusable("il n’a rien répondu")
    if 2 * draft.confirmed < draft.read:
        raise _Unusable("ses phrases ne sont pas confirmées par leurs sources")
    return _answer(library, fallback, draft, found)


def _answer(library: Library, fallback: Answer, draft: _Draft, found: Sequence[ScoredPassage]) -> Answer:
    """Return what is written so far as an answer."""
    statements = [statement for statement, _ in draft.statements]
    known = meanings_in("\n".join(statement.text for statement in statements), library.glossary)
    struck = any(statement.support is Support.UNCONFIRMED for statement in statements)
    told = ("answer-redigee", *(("answer-barree",) if struck else ()))
    return Answer(
        fallback.question,
        Status.ANSWERED,
        fallback.opening,
        blocks=_blocks(draft.statements),
        notes=(*(wording(name).substitute() for name in told), *dated(statements)),
        nearest=tuple(found[:NEAREST_SHOWN]),
        sigles=tuple((sigle, meanings[0]) for sigle, meanings in known.items() if len(meanings) == 1),
        understood=fallback.understood,
    )


def _blocks(statements: Sequence[tuple[Statement, bool]]) -> tuple[Block, ...]:
    """Return the sentences one by one, the items of a list together under what introduces them."""
    blocks: list[Block] = []
    for statement, listed in statements:
        last = blocks[-1] if blocks else None
        if not listed or last is None:
            blocks.append(Block((statement,), listed=listed))
        elif last.listed:
            blocks[-1] = replace(last, statements=(*last.statements, statement))
        elif last.statements[0].text.endswith(":"):
            blocks[-1] = Block((statement,), listed=True, lead=last.statements[0])
        else:
            blocks.append(Block((statement,), listed=True))
    return tuple(blocks)
