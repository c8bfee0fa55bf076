"""Questions written by a language model for the passages of a user's own documents.

Practitioners ask in their own words; a passage searched together with such questions is found by
them (``index.field_questions``). Each reply is kept as soon as it comes, a line of a file of the
index, so that what was interrupted goes on from there. A question whose passage is not among the
first that it finds is thrown away (Gospodinov et al. 2023, arXiv:2301.03266): on our evaluation of
another field, 76 % of the right questions pass, and 12 % of those of another passage.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents import Passage
from index.errors import UsageError, cause
from index.field_questions import enriched_folder
from index.filters import Filters
from index.instructions import speaks_to_a_machine, without_hidden_marks
from index.jsonl import read_records
from index.library import Library
from index.llm import ChatModel, Message
from index.prompting import wording
from index.tokens import count

ROUNDS = 3  # as many as there are voices in prompts/enrich-voix.md
QUESTIONS = 6  # asked for, for a passage, in a round
FOUND_WITHIN = 20  # a question is kept when its own passage is among so many that it finds
_ANCHOR = 8  # words
_THIN = 15  # words: a passage shorter has nothing to ask about
_TOKENS_A_QUESTION = 18  # measured on the questions that ship
_LONGEST = 220  # characters
_START = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)]|Q\d{0,2}\s?[.:])\s*")
_AROUND = " \t\"“”«»\u00a0\u202f'`,*"
_MARKUP = re.compile(r"https?:|www\.|</?[a-z!]|!\[|\]\(|^\[|[{}]|\$")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the model: questions on one passage, in one round of voices (from 1)."""

    passage: Passage
    round: int
    messages: tuple[Message, ...]

    @property
    def tokens(self) -> int:
        """How many tokens the model reads for it."""
        return sum(count(message.content) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Questions:
    """What the model wrote for a request: the questions kept, and those their passage does not answer."""

    request: Request
    kept: tuple[str, ...]
    dropped: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the reply held questions at all."""
        return bool(self.kept or self.dropped)


def requests(library: Library, doc_ids: Collection[str] = (), rounds: int = 1) -> list[Request]:
    """Return what is left to ask: the passages that have no questions, in each round not done yet.

    All documents, or those named. Raises ``UsageError`` for a document that is not in the index.
    """
    unknown = [doc_id for doc_id in doc_ids if library.document(doc_id) is None]
    if unknown:
        raise UsageError(f"document inconnu : {unknown[0]} ; la liste : tisserand-index status")
    left = []
    for document in library.documents():
        if document.field_questions or (doc_ids and document.doc_id not in doc_ids):
            continue
        done = _done(library.index, document.doc_id)
        for passage in library.passages_of(document.doc_id):
            asked = done.get(_anchors(passage), set())
            if _worth_asking(passage) and (asked or not passage.questions):
                todo = (number for number in range(1, rounds + 1) if number not in asked)
                left += [_request(passage, number) for number in todo]
    return sorted(left, key=lambda request: request.round)


def tokens_written(asked: Sequence[Request]) -> int:
    """Return about how many tokens the model will write for requests."""
    return len(asked) * QUESTIONS * _TOKENS_A_QUESTION


def ask(library: Library, model: ChatModel, request: Request) -> Questions:
    """Have the model write the questions of a request, and throw away those that miss their passage.

    Raises ``ModelFault`` when there is no reply.
    """
    written = questions_in(model.complete(request.messages))[: 2 * QUESTIONS]
    kept = [question for question in written if _finds(library, question, request.passage)]
    return Questions(request, tuple(kept), tuple(one for one in written if one not in kept))


def keep(index: Path, written: Questions, model: str) -> None:
    """Add questions to the file of their document, as one line. Raises ``UsageError`` on a full disk."""
    passage = written.request.passage
    begins, ends = _anchors(passage)
    record = {
        "from": begins,
        "to": ends,
        "words": len(passage.text.split()),
        "questions": written.kept,
        "round": written.request.round,
        "model": model,
    }
    file = _file(index, passage.doc_id)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise UsageError(
            f"{file} n’a pas pu être écrit ({cause(error)}) ; ce qui précède est gardé"
        ) from error


def questions_in(reply: str) -> list[str]:
    """Return the questions of a reply, whatever its form: lines, bullets, numbers, a JSON list."""
    found = dict.fromkeys(filter(None, map(_question, _items(reply))))
    return list(found)


def _items(reply: str) -> Iterator[str]:
    start, end = reply.find("["), reply.rfind("]")
    if 0 <= start < end:
        try:
            for item in json.loads(reply[start : end + 1]):
                yield str(item.get("question", "")) if isinstance(item, dict) else str(item)
            return
        except (ValueError, TypeError):
            pass  # no JSON: lines
    yield from reply.splitlines()


def _question(line: str) -> str:
    """Return a line as a question, empty when it is none."""
    text = " ".join(_START.sub("", without_hidden_marks(line)).strip(_AROUND).split())
    fits = len(text.split()) >= 2 and len(text) <= _LONGEST and not text.endswith(":")
    if not fits or _MARKUP.search(text) or speaks_to_a_machine(text):
        return ""
    return text


def _finds(library: Library, question: str, passage: Passage) -> bool:
    """Say whether a question finds its passage, among all documents or among the places that say the same."""
    found = library.retrieve(question, FOUND_WITHIN, filters=Filters())
    same = {one.passage_id for scored in found for one in (scored.passage, *scored.also)}
    return passage.passage_id in same


def _worth_asking(passage: Passage) -> bool:
    prose = passage.prose
    return not passage.same_as and len(prose.split()) >= _THIN and not speaks_to_a_machine(prose)


def _request(passage: Passage, number: int) -> Request:
    voices = [line.removeprefix("- ") for line in wording("enrich-voix").template.splitlines()]
    source = " · ".join(filter(None, (passage.title, passage.speaker, *passage.section[-1:])))
    rules = wording("enrich-consigne", "nombre", "voix").substitute(nombre=QUESTIONS, voix=voices[number - 1])
    body = wording("enrich-passage", "source", "passage").substitute(
        source=_as_data(" ".join(source.split())), passage=_as_data(passage.prose.strip())
    )
    return Request(passage, number, (Message("system", rules), Message("user", body)))


def _as_data(text: str) -> str:
    return without_hidden_marks(text).replace("<", "‹").replace(">", "›").replace('"', "”")


def _anchors(passage: Passage) -> tuple[str, str]:
    """Return the first and the last words of a passage, by which its part is found again."""
    words = passage.text.split()
    return " ".join(words[:_ANCHOR]), " ".join(words[-_ANCHOR:])


def _file(index: Path, doc_id: str) -> Path:
    return enriched_folder(index) / f"{doc_id}.jsonl"


def _done(index: Path, doc_id: str) -> dict[tuple[str, str], set[int]]:
    """Return the rounds done of each part of a document; a last line cut short is taken away."""
    file = _file(index, doc_id)
    if not file.exists():
        return {}
    data = file.read_bytes()
    if data and not data.endswith(b"\n"):
        file.write_bytes(data[: data.rfind(b"\n") + 1])
    done: dict[tuple[str, str], set[int]] = {}
    for _, record in read_records(file):
        part = (str(record.get("from")), str(record.get("to")))
        done.setdefault(part, set()).add(int(record.get("round", 1)))
    return done
