"""The quiz of a module: questions whose key and distractors rest on quotes, checked before they are kept."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from assistant.modules.material import Material, alike
from assistant.modules.module import Question, QuestionKind, Quote
from assistant.modules.quiz.checking import Checker
from assistant.modules.quiz.figures import choices, definitions, gaps
from assistant.modules.quiz.lists import of_lists, to_cite
from assistant.modules.quiz.truths import truths
from assistant.modules.quiz.voices import in_short, matching, of_one, of_several
from assistant.modules.standing import fits_a_quiz
from index.library import Library

__all__ = ["quiz_for"]

_ASKED, _POOL = 60, 300  # quotes that are asked about, and that distractors come from
_SPARE = 1  # questions of each kind kept to replace others
_TRIED = 5  # questions made for one that is wanted
# How many of each kind a quiz holds, in the order of its questions.
_WANTED = (
    (QuestionKind.SINGLE, 3),
    (QuestionKind.TRUE_FALSE, 2),
    (QuestionKind.MULTIPLE, 2),
    (QuestionKind.FIGURE, 1),
    (QuestionKind.TERM, 1),
    (QuestionKind.MATCHING, 1),
    (QuestionKind.SHORT, 2),
)
# What few quotes can give is chosen first.
_FIRST = (
    QuestionKind.TRUE_FALSE,
    QuestionKind.MULTIPLE,
    QuestionKind.MATCHING,
    QuestionKind.FIGURE,
    QuestionKind.TERM,
    QuestionKind.SINGLE,
    QuestionKind.SHORT,
)
_ALIKE, _SAME = 0.3, 0.6  # shares of words
_COMPLETING = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.FIGURE, QuestionKind.SHORT)
_LEAST_STATED = 2  # statements to judge after which there may be more of one sort
_ENOUGH = 10  # questions of a quiz that more of the plain kinds complete


def quiz_for(library: Library, material: Material) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return the questions of a quiz on the matter of a module, and those that may replace them."""
    checker = Checker(library, material)
    fit = [quote for quote in material.quotes if fits_a_quiz(quote.text)][:_ASKED]
    pool = [*material.quotes, *material.around][:_POOL]
    made = {
        kind: list(islice(_made(kind, library, material, checker, fit, pool), _TRIED * most))
        for kind, most in _WANTED
    }
    chosen: list[Question] = []
    used: set[tuple[str, int]] = set()
    for kind in _FIRST:
        chosen.extend(_chosen(checker, made[kind], dict(_WANTED)[kind], used, chosen))
    for kind in _COMPLETING:
        chosen.extend(_chosen(checker, made[kind], _ENOUGH - len(chosen), used, chosen))
    order = [kind for kind, _ in _WANTED]
    chosen.sort(key=lambda question: order.index(question.kind))
    taken = {(question.stem, question.text) for question in chosen}
    spare: list[Question] = []
    for questions in made.values():
        left = (one for one in questions if (one.stem, one.text) not in taken)
        spare.extend(islice((kept for one in left if (kept := checker.kept(one))), _SPARE))
    return tuple(chosen), tuple(spare)


def _made(
    kind: QuestionKind,
    library: Library,
    material: Material,
    checker: Checker,
    fit: list[Quote],
    pool: list[Quote],
) -> Iterator[Question]:
    if kind is QuestionKind.SINGLE:
        yield from choices(fit, pool, checker)
        yield from of_one(fit[:20], material, checker)
    elif kind is QuestionKind.MULTIPLE:
        yield from of_lists(library, material, checker)
        yield from of_several(fit[:24], material, checker)
    elif kind in (QuestionKind.FIGURE, QuestionKind.TERM):
        yield from (question for question in gaps(fit) if question.kind is kind)
    elif kind is QuestionKind.MATCHING:
        yield from matching(fit, material, checker)
    elif kind is QuestionKind.TRUE_FALSE:
        yield from truths(fit, pool, material, checker)
    else:
        yield from definitions(fit)
        yield from to_cite(material)
        yield from in_short(fit, material)


def _chosen(
    checker: Checker,
    made: Iterable[Question],
    most: int,
    used: set[tuple[str, int]],
    before: Sequence[Question],
) -> list[Question]:
    """Return the first questions on quotes that no other asks about; the quotes taken are added."""
    chosen: list[Question] = []
    for question in made:
        asked = {quote.place for quote in question.proofs} | {one.proof.place for one in question.choices}
        all_chosen = (*before, *chosen)
        if len(chosen) >= most:
            break
        if asked & used or any(_gives_away(one, question) for one in all_chosen):
            continue
        if question.kind is QuestionKind.TRUE_FALSE and not _balanced(all_chosen, question):
            continue
        single = question.kind is QuestionKind.SINGLE
        if single and any(one.key == question.key for one in all_chosen if one.kind is question.kind):
            continue
        if (stands := checker.kept(question)) is None:
            continue
        chosen.append(stands)
        used |= asked
    return chosen


def _gives_away(one: Question, other: Question) -> bool:
    """Say whether what two questions show is so alike that one may hold the key of the other."""
    if any(alike(first.text, second.text) > _SAME for first in one.proofs for second in other.proofs):
        return True
    if not (one.text and other.text):
        return False
    near = alike(one.text, other.text)
    held = any(first.key in second.text for first, second in ((one, other), (other, one)))
    return near > _SAME or (held and near > _ALIKE)


def _balanced(chosen: Sequence[Question], question: Question) -> bool:
    """Say whether one more true (or false) statement leaves about as many of each, or few of all."""
    stated = [one.choices[0].right for one in chosen if one.kind is QuestionKind.TRUE_FALSE]
    same = stated.count(question.choices[0].right)
    return same <= len(stated) - same or (len(stated) >= _LEAST_STATED and len(chosen) < _ENOUGH)
