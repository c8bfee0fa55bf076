"""Each figure against a number worked out by hand in the test."""

from collections.abc import Sequence

import pytest

from assistant.runs import AnswerRecord, CitationRecord
from evals import metrics
from evals.questions import Evidence, Question
from index.runs import PassageRecord


def passage(text: str, source: str = "a.txt") -> PassageRecord:
    return {
        "source": source,
        "text": text,
        "start": 0,
        "end": len(text),
        "page": None,
        "section": [],
        "score": 1.0,
    }


def citation(quote: str, source: str = "a.txt") -> CitationRecord:
    return {"n": 1, "source": source, "quote": quote, "start": 0, "end": len(quote), "page": None}


def answered(status: str) -> AnswerRecord:
    return {"id": "Q", "ms": 1.0, "status": status, "answer": "", "citations": []}


def question(*groups: Sequence[str], facts: Sequence[str] = (), kind: str = "factoid") -> Question:
    evidence = tuple(tuple(Evidence("a.txt", quote) for quote in group) for group in groups)
    return Question(
        "Q", "?", type=kind, facts=tuple(tuple(fact.split("|")) for fact in facts), evidence=evidence
    )


def test_the_rank_of_a_group_is_that_of_the_first_passage_that_gives_it() -> None:
    asked = question(["un deux trois"], ["rouge vert bleu", "quatre cinq six"], ["jamais dit ici"])
    passages = [
        passage("autre chose"),
        passage("et quatre cinq six"),
        passage("un deux trois et quatre cinq six"),
    ]
    assert metrics.evidence_ranks(asked, passages) == [3, 2, None]


def test_a_passage_of_another_document_gives_nothing() -> None:
    assert metrics.evidence_ranks(question(["un deux trois"]), [passage("un deux trois", "b.txt")]) == [None]


@pytest.mark.parametrize(("held", "rank"), [("a b c d e f g h", 1), ("a b c d e f g", None)])
def test_a_passage_must_hold_seven_tenths_of_the_evidence(held: str, rank: int | None) -> None:
    # 10 bigrams in the evidence: eight words hold 7 of them, seven words hold 6
    assert metrics.evidence_ranks(question(["a b c d e f g h i j k"]), [passage(held)]) == [rank]


def test_recall_counts_the_groups_found_within_the_cutoff() -> None:
    ranks = [1, 5, 6, None]
    assert [metrics.recall(ranks, k) for k in (1, 4, 5, 10)] == [0.25, 0.25, 0.5, 0.75]


def test_recall_within_words_stops_where_the_budget_is_spent() -> None:
    passages = [passage("mot " * 600), passage("mot " * 400), passage("mot")]
    assert metrics.recall_within_words([1, 2, 3], passages) == pytest.approx(2 / 3)


def test_recall_within_words_counts_the_first_passage_however_long() -> None:
    passages = [passage("mot " * 1500), passage("mot")]
    assert metrics.recall_within_words([1, 2], passages) == 0.5


def test_recall_within_words_goes_no_further_than_the_cutoff() -> None:
    assert metrics.recall_within_words([5, 6], [passage("mot")] * 6) == 0.5


def test_reciprocal_rank_is_that_of_the_best_group() -> None:
    assert metrics.reciprocal_rank([None, 4, 2]) == 0.5
    assert metrics.reciprocal_rank([10]) == 0.1
    assert metrics.reciprocal_rank([11, None]) == 0.0


def test_a_fact_is_said_by_any_of_its_alternatives() -> None:
    asked = question(facts=["niveau 5|de 5", "grade de Licence", "doctorat"])
    assert metrics.fact_recall(asked, "Passage de 5 à 6, avec le **grade de\nlicence**.") == pytest.approx(
        2 / 3
    )


def test_a_fact_said_after_250_words_does_not_count() -> None:
    asked = question(facts=["licence"])
    assert metrics.fact_recall(asked, "mot " * 249 + "licence") == 1.0
    assert metrics.fact_recall(asked, "mot " * 250 + "licence") == 0.0


def test_without_facts_there_is_no_figure() -> None:
    assert metrics.fact_recall(question(), "réponse") is None


def test_a_citation_overlaps_evidence_by_half_of_one_or_the_other() -> None:
    asked = question(["a b c d e"], ["m n o p q"], ["v w x y z"])
    short, long = citation("b c"), citation("l m n o p q r s t u v w")
    # "b c" lies inside the first; the long one holds all of the second, and 1 bigram of 4 of the third
    assert metrics.evidence_cited(asked, [short, long]) == pytest.approx(2 / 3)
    assert metrics.evidence_cited(asked, [citation("a b c d e", "b.txt")]) == 0.0


def test_without_evidence_there_is_no_figure() -> None:
    assert metrics.evidence_cited(question(), [citation("a b")]) is None


def test_verbatim_is_the_share_of_quotes_that_stand_in_their_source() -> None:
    cited = [citation("un deux"), citation("deux un"), citation("un deux", "b.txt")]
    texts = {"a.txt": "zéro un deux", "b.txt": ""}
    share = metrics.verbatim(cited, lambda quote, source: quote in texts[source])
    assert share == pytest.approx(1 / 3)
    assert metrics.verbatim([], lambda quote, source: True) is None


@pytest.mark.parametrize(
    ("kind", "status", "false_answer", "refused"),
    [
        ("unanswerable", "answered", 1.0, None),
        ("unanswerable", "related", 0.0, None),
        ("unanswerable", "none", 0.0, None),
        ("factoid", "answered", None, 0.0),
        ("factoid", "related", None, 1.0),
        ("factoid", "none", None, 1.0),
    ],
)
def test_answers_where_none_is_and_refusals_where_one_is(
    kind: str, status: str, false_answer: float | None, refused: float | None
) -> None:
    asked = question(kind=kind)
    assert metrics.false_answer(asked, answered(status)) == false_answer
    assert metrics.refused(asked, answered(status)) == refused


def test_words_are_what_blanks_separate() -> None:
    assert metrics.answer_words("L’aller-vers, 40 % [1]\n\nfin") == 5.0
