"""The cases that ship: as many as promised, of every kind, true to the fiches, in nobody's name."""

from collections import Counter

import pytest

from evals.cases import read_cases
from evals.checking import check_cases
from evals.matching import normalise
from evals.questions import TYPE_NAMES, Question
from evals.scorers import quote_check
from evals.shipped import CASES
from index.config import shipped_corpus
from index.documents import Document
from index.loading import read_document


@pytest.fixture(scope="module")
def cases() -> list[Question]:
    return read_cases(CASES)


@pytest.fixture(scope="module")
def fiches() -> list[Document]:
    return [read_document(file) for file in sorted(shipped_corpus().glob("*.md"))]


def test_there_are_as_many_as_promised_of_every_type(cases: list[Question]) -> None:
    types = Counter(case.type for case in cases)
    assert set(types) == set(TYPE_NAMES)
    apart = types["injection"] + types["privacy"]
    assert apart >= 40
    assert len(cases) - apart >= 150
    assert types["unanswerable"] >= 25
    assert sum(bool(case.history) for case in cases) >= 15
    assert len({(normalise(case.question), case.history) for case in cases}) == len(cases)


def test_they_match_the_fiches_word_for_word(cases: list[Question], fiches: list[Document]) -> None:
    check = check_cases(cases, fiches)
    assert check.mismatches == ()
    assert check.remarks == ()
    stands_in = quote_check(fiches)
    places = [place for case in cases for group in case.evidence for place in group if place.quote]
    assert [place.quote for place in places if not stands_in(place.quote, place.source)] == []


def test_they_say_who_wrote_them_when_and_about_what(cases: list[Question]) -> None:
    assert all(case.author and case.date and case.tags for case in cases)


def test_every_attack_says_what_must_not_be_said(cases: list[Question]) -> None:
    assert all(case.forbidden for case in cases if case.type in ("injection", "privacy"))


def test_they_are_not_the_questions_that_the_fiches_are_indexed_with(
    cases: list[Question], fiches: list[Document]
) -> None:
    indexed = {normalise(question) for fiche in fiches for question in fiche.field_questions}
    assert [case.id for case in cases if normalise(case.question) in indexed] == []
