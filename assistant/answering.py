"""Answers made of the sentences that answer, quoted word for word, with no language model.

The sentences of the best passages are scored by how much of the question they hold (weighted by
how rare each word is), by how near they are in meaning, by whether they hold the kind of thing
asked for (a figure, a date, an article of law), and by the score of their passage. The best ones
are quoted; when no passage is near enough, the answer says so and names the nearest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Block, Progress, Statement, Status, Step
from assistant.citations import cite, one_line, stands_in
from assistant.prompting import wording
from index.documents import FieldQuestion, Passage, ScoredPassage
from index.filters import NO_FILTERS, Filters
from index.french import analyse
from index.glossary import meanings_in
from index.library import Library
from index.sentences import sentence_spans

READ_PASSAGES = 8
QUOTED_SENTENCES = 5
NEAREST_SHOWN = 3
# What makes the library answer: the fused score of a passage; or, all there is to go by in a small
# library, the share of the question that a passage holds with a sentence near it in meaning.
ANSWERED_SCORE, ANSWERED_COVERAGE, ANSWERED_LIKENESS = 0.66, 0.5, 0.33
RELATED_SCORE, RELATED_COVERAGE = 0.45, 0.25
# Chosen by a small sweep on the dev questions, so what dev says of them flatters: what a sentence
# holds of the question, how near it is in meaning, its passage's score relative to the best one,
# holding the kind of thing asked for, needing its neighbour; and how near the question is to a field
# question that the sentence helps to answer.
_COVERAGE, _LIKENESS, _PASSAGE, _EXPECTED_BONUS, _DEPENDENT = 0.5, 1.5, 1.5, 0.4, 0.15
_LOCATED = 3.0
_REDUNDANT = 0.6
_MARKS = re.compile(r"[\s•●▪*–−#-]*")
_WORDS = (5, 75)  # a sentence shorter says nothing alone, a longer one is no answer

# What a question asks for, and how a sentence that holds it is recognised.
_EXPECTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for asked, held in (
        (r"taux|proportion|pourcentage|part", r"\d\s?%|\bsur (?:dix|cent|cinq|trois)\b|\btiers\b|\bmoitié\b"),
        (r"combien|nombre|montant|chiffre|prix|coût|coute|coûte|effectifs?", r"\d"),
        (r"quand|année|date", r"\b(?:19|20)\d\d\b"),
        (r"article|loi|décret|code", r"\b(?:articles?|lois?|décrets?|code)\b|\b[LRD]\.?\s?\d"),
    )
)
_NEEDS_NEIGHBOUR = re.compile(
    r"(?:[«“\"]\s*)?(?:Elles?|Ils?|Cel(?:le|ui|les)-ci|Ceux-ci|Ce dernier|Cette dernière|Ces derni\w+|"
    r"Cela|Ceci|Ainsi|Or|Mais|En effet|De plus|Par ailleurs|Enfin|Ensuite|Car|C[’']est)\b"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    also: tuple[Passage, ...]
    start: int
    end: int
    text: str
    terms: frozenset[str]
    likeness: float
    score: float


def answer(
    library: Library, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
) -> Answer:
    """Answer a question from the library; ``history`` holds the earlier questions, oldest first.

    ``filters`` narrow what is read. Raises ``UsageError`` when they let nothing through.
    """
    *_, last = steps(library, question, history, filters)
    assert last.answer is not None
    return last.answer


def steps(
    library: Library, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
) -> Iterator[Progress]:
    """Answer a question as ``answer`` does, saying on the way what is being done."""
    yield Progress(Step.SEARCHING)
    found = library.retrieve(question, READ_PASSAGES, history, filters)
    yield Progress(Step.READING, len(found))
    sentences = _scored_sentences(library, question, history, found)
    best = _best(sentences)
    yield Progress(Step.CHECKING, len(found))
    yield Progress(Step.CHECKING, len(found), _judged(library, question, found, sentences, best))


def _judged(
    library: Library,
    question: str,
    found: Sequence[ScoredPassage],
    sentences: Sequence[_Sentence],
    best: list[_Sentence],
) -> Answer:
    """Return the best sentences when the library answers, else say that it does not."""
    nearest = tuple(found[:NEAREST_SHOWN])
    score = max((scored.score for scored in found), default=0.0)
    coverage = max((scored.coverage for scored in found), default=0.0)
    likeness = max((sentence.likeness for sentence in sentences), default=0.0)
    held = coverage >= ANSWERED_COVERAGE and likeness >= ANSWERED_LIKENESS
    if best and (score >= ANSWERED_SCORE or held):
        return _answered(library, question, best, nearest)
    if score >= RELATED_SCORE or coverage >= RELATED_COVERAGE:
        return Answer(question, Status.RELATED, wording("related").substitute(), nearest=nearest)
    return Answer(question, Status.NONE, wording("none").substitute())


def _scored_sentences(
    library: Library, question: str, history: Sequence[str], found: Sequence[ScoredPassage]
) -> list[_Sentence]:
    """Return the sentences of the passages that can be quoted alone, best first."""
    asked = library.lexical.weights(question, history)
    weights = {term: weight * library.lexical.idf(term) for term, weight in asked.items()}
    mass = sum(weights.values()) or 1.0
    expected = [cue for asked, cue in _EXPECTED if asked.search(question)]
    top = found[0].score if found else 1.0
    quotable = [(scored, *sentence) for scored in found for sentence in quotable_sentences(scored.passage)]
    likeness = library.likeness(question, [text for *_, text in quotable])
    answered = _answered_spans(library, question, found)
    sentences: dict[tuple[str, int], _Sentence] = {}
    for (scored, start, end, text), near in zip(quotable, likeness, strict=True):
        held = frozenset(analyse(text))
        coverage = sum(weight for term, weight in weights.items() if term in held) / mass
        score = _COVERAGE * coverage + _LIKENESS * near + _PASSAGE * scored.score / top
        score += _LOCATED * _located(answered.get(scored.passage.doc_id, ()), start, end)
        score += _EXPECTED_BONUS * any(cue.search(text) for cue in expected)
        score -= _DEPENDENT * bool(_NEEDS_NEIGHBOUR.match(text))
        sentence = _Sentence(scored.passage, scored.also, start, end, text, held, near, score)
        sentences.setdefault((scored.passage.doc_id, start), sentence)
    return sorted(sentences.values(), key=lambda sentence: -sentence.score)


def _answered_spans(
    library: Library, question: str, found: Sequence[ScoredPassage]
) -> dict[str, list[tuple[FieldQuestion, float]]]:
    """Return by document the field questions of the passages, with their likeness to the question."""
    asked = {
        (scored.passage.doc_id, field): field.text for scored in found for field in scored.passage.questions
    }
    spans: dict[str, list[tuple[FieldQuestion, float]]] = {}
    for (doc_id, field), near in zip(asked, library.likeness(question, list(asked.values())), strict=True):
        spans.setdefault(doc_id, []).append((field, near))
    return spans


def _located(spans: Sequence[tuple[FieldQuestion, float]], start: int, end: int) -> float:
    """Return the likeness of the nearest field question that this sentence helps to answer."""
    middle = (start + end) // 2
    return max((near for field, near in spans if field.start <= middle < field.end), default=0.0)


def quotable_sentences(passage: Passage) -> list[tuple[int, int, str]]:
    """Return the ``(start, end, text)`` of the sentences of a passage that stand alone.

    What stands aside in the passage is left out of the text. Headings, questions, fragments and
    bare links are not sentences.
    """
    whole = _masked(passage)
    found = []
    least, most = _WORDS
    for start, end in passage.blocks or ((passage.start, passage.end),):
        for first, last in sentence_spans(whole, start - passage.start, end - passage.start):
            first += len(_MARKS.match(whole, first, last).group())  # type: ignore[union-attr]
            text = one_line(whole[first:last])
            complete = text[:1].isupper() or text[:1] in '«“"0123456789'
            ended = text.endswith((".", ";", "!", "»", "…", ")", "%"))
            if complete and ended and least <= len(text.split()) <= most and "http" not in text:
                found.append((passage.start + first, passage.start + last, text))
    return found


def _masked(passage: Passage) -> str:
    """Return the text of a passage with blanks over what stands aside, lengths kept."""
    text = passage.text
    for first, last in passage.asides:
        at, until = first - passage.start, last - passage.start
        text = text[:at] + " " * (until - at) + text[until:]
    return text


def _best(sentences: list[_Sentence]) -> list[_Sentence]:
    """Return the sentences to quote: near the best in score, none repeating another."""
    chosen: list[_Sentence] = []
    for sentence in sentences:
        if chosen and sentence.score < 0.6 * chosen[0].score:
            break
        if not any(_alike(sentence, other) for other in chosen):
            chosen.append(sentence)
        if len(chosen) == QUOTED_SENTENCES:
            break
    return chosen


def _alike(one: _Sentence, other: _Sentence) -> bool:
    shared = len(one.terms & other.terms)
    return shared > _REDUNDANT * max(1, min(len(one.terms), len(other.terms)))


def _answered(
    library: Library, question: str, best: list[_Sentence], nearest: tuple[ScoredPassage, ...]
) -> Answer:
    statements = []
    for marker, sentence in enumerate(best, start=1):
        pieces = cite(marker, sentence.passage, sentence.start, sentence.end, sentence.also)
        document = library.document(sentence.passage.doc_id)
        if document is not None and all(
            stands_in(piece.quote, document.text[piece.start : piece.end]) for piece in pieces
        ):
            statements.append(Statement(" ".join(piece.quote for piece in pieces), tuple(pieces)))
    if not statements:  # no quote stands where it should: nothing to show as an answer
        return Answer(question, Status.RELATED, wording("related").substitute(), nearest=nearest)
    known = meanings_in("\n".join(statement.text for statement in statements), library.glossary)
    sigles = tuple((sigle, meanings[0]) for sigle, meanings in known.items() if len(meanings) == 1)
    blocks = tuple(Block((statement,)) for statement in statements)
    return Answer(question, Status.ANSWERED, blocks=blocks, nearest=nearest, sigles=sigles)
