"""The check of what a quiz holds to be false: nothing that was read says it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from assistant.modules.material import Material, alike, stems_of
from assistant.modules.module import Question, QuestionKind, Quote
from assistant.quotable import quotable_sentences
from assistant.verification import is_borne_out
from index.documents import Passage
from index.library import Library

_READ = 6  # sentences nearest to a statement, against each of which it is verified
_LEAST = 0.4  # share of its words that a sentence must hold to be one of them
_PASSAGES, _PART = 14, 0.2  # passages read whole for what is chosen, share of its words that they hold
_FOUND = 6  # passages of the library found for a statement
_WRONG, _MOST = 2, 3  # distractors that a question needs, and has
_SAME = 0.55  # share of words from which two sentences may say the same


class Checker:
    """Says whether the passages read for a theme bear out a statement."""

    def __init__(self, library: Library, material: Material) -> None:
        self._library = library
        places = [one for scored in material.passages for one in (scored.passage, *scored.also)]
        self._passages: dict[str, Passage] = {one.passage_id: one for one in places}
        self._terms = {key: stems_of(one.prose) for key, one in self._passages.items()}
        rows = dict.fromkeys(row.text for one in self._passages.values() for row in quotable_sentences(one))
        self._sentences = [(text, stems_of(text)) for text in rows]
        self._weigh = lru_cache(maxsize=50_000)(library.lexical.idf)
        self._quotes = (*material.quotes, *material.around)
        self._false: dict[tuple[str, str], bool] = {}
        self._nowhere: dict[tuple[str, tuple[str, int]], bool] = {}

    def is_false(self, statement: str, proof: Quote) -> bool:
        """Say whether neither the proof nor any sentence near the statement supports it."""
        key = statement, proof.text
        if key not in self._false:
            held = stems_of(statement)
            near = [(len(held & terms), text) for text, terms in self._sentences]
            least = _LEAST * len(held)
            ranked = sorted((pair for pair in near if pair[0] >= least), key=lambda pair: -pair[0])[:_READ]
            texts = dict.fromkeys((proof.text, *(text for _, text in ranked)))
            self._false[key] = not any(is_borne_out(statement, [text], self._weigh) for text in texts)
        return self._false[key]

    def kept(self, question: Question) -> Question | None:
        """Return a question without the distractors that a whole passage may bear out; ``None`` if too few.

        Reading whole passages takes time: it is done for the questions that are chosen.
        """
        if question.kind is QuestionKind.TRUE_FALSE:
            statement, proof = question.choices[0].statement, question.proofs[0]
            return question if question.choices[0].right or self._is_nowhere(statement, proof) else None
        if not question.choices:
            return question
        false = (
            one for one in question.choices if not one.right and self._is_nowhere(one.statement, one.proof)
        )
        wrong = list(islice(false, _MOST))
        choices = tuple(one for one in question.choices if one.right or one in wrong)
        return replace(question, choices=choices) if len(wrong) >= _WRONG else None

    def _is_nowhere(self, statement: str, proof: Quote) -> bool:
        """Say whether no passage near a statement supports it, of the theme or not, nor its proof."""
        if (statement, proof.place) in self._nowhere:
            return self._nowhere[statement, proof.place]
        held = stems_of(statement)
        near = [(len(held & terms), key) for key, terms in self._terms.items()]
        ranked = sorted((pair for pair in near if pair[0] >= _PART * len(held)), reverse=True)[:_PASSAGES]
        found = (scored.passage.prose for scored in self._library.retrieve(statement, _FOUND))
        texts = dict.fromkeys((proof.text, *(self._passages[key].prose for _, key in ranked), *found))
        nowhere = not any(is_borne_out(statement, [text]) for text in texts)
        self._nowhere[statement, proof.place] = nowhere
        return nowhere

    def speakers_like(self, text: str, among: Sequence[str]) -> set[str]:
        """Return the organisations, of those given, with a sentence that may say the same."""
        return {
            quote.speaker
            for quote in self._quotes
            if quote.speaker in among and quote.text != text and alike(text, quote.text) >= _SAME
        } | self._voices_of_copies(text, among)

    def _voices_of_copies(self, text: str, among: Sequence[str]) -> set[str]:
        held = stems_of(text)
        return {
            passage.speaker
            for key, passage in self._passages.items()
            if passage.speaker in among and len(held & self._terms[key]) > 0.85 * len(held)
        }
