import pytest

from evals.comparing import ALL, Outcome, compare, worded_diff
from index.errors import UsageError
from tests.evals.making import asked, found, measured, said, twins


def test_each_question_gets_better_worse_or_stays() -> None:
    cases = [asked(name) for name in ("same", "other", "worse", "better", "mixed")]
    good = {"search": found("x", "un deux trois"), "answer": said("x", "rouge", "un deux trois")}

    def run(name: str, searches: dict[str, str], answers: dict[str, tuple[str, str]]) -> object:
        return measured(
            name,
            cases,
            [found(case.id, searches.get(case.id, "un deux trois")) for case in cases],
            [said(case.id, *answers.get(case.id, ("rouge", "un deux trois"))) for case in cases],
        )

    assert good
    before = run("avant", {"better": "rien", "mixed": "rien"}, {"better": ("bleu", "sept huit")})
    after = run(
        "après",
        {"worse": "rien"},
        {
            "other": ("rouge vif", "un deux trois"),
            "worse": ("bleu", "sept huit"),
            "mixed": ("bleu", "sept huit"),
        },
    )
    comparison = compare(before, after)  # type: ignore[arg-type]
    assert {change.question.id: change.outcome for change in comparison.questions} == {
        "same": Outcome.SAME,
        "other": Outcome.CHANGED,
        "worse": Outcome.WORSE,
        "better": Outcome.BETTER,
        "mixed": Outcome.MIXED,
    }
    (worse,) = comparison.of(Outcome.WORSE)
    assert worse.moved["r@5"] == (1.0, 0.0)
    assert worse.moved["facts"] == (1.0, 0.0)


def test_an_answer_where_there_is_none_is_worse_though_the_figure_rises() -> None:
    cases = [asked("A", "unanswerable", quote="")]
    before = measured("avant", cases, [], [said("A", "rien", status="none")])
    after = measured("après", cases, [], [said("A", "bleu", "un deux")])
    comparison = compare(before, after)
    assert comparison.questions[0].outcome is Outcome.WORSE
    difference = next(one for one in comparison.differences if one.metric == "false_answer")
    assert (difference.change, difference.loss) == (1.0, 1.0)


def test_differences_are_tested_by_type_and_over_all_with_holm() -> None:
    comparison = compare(*twins(40, worse=16))
    by_key = {(one.metric, one.group): one for one in comparison.differences}
    whole, lists = by_key["r@5", ALL], by_key["r@5", "list"]
    assert (whole.count, whole.before, whole.after) == (40, 1.0, 0.6)
    assert lists.count == 20
    assert whole.interval[0] <= -0.4 <= whole.interval[1] < 0
    assert whole.p <= whole.corrected < 0.05
    # 8 lists of 20 lost, all one way: 2 of 256 ways to sign them
    assert lists.p == pytest.approx(2 / 256)
    assert lists.corrected > lists.p
    assert by_key["verbatim", ALL].corrected == 1.0, "what did not move is no test"


def test_a_run_compared_with_itself_says_nothing() -> None:
    run, _ = twins(6)
    comparison = compare(run, run)
    assert {change.outcome for change in comparison.questions} == {Outcome.SAME}
    assert {one.corrected for one in comparison.differences} == {1.0}


def test_only_cases_asked_in_the_same_words_are_compared() -> None:
    run, _ = twins(3)
    other = measured("autre", [asked("Q00"), asked("new")], [], [])
    comparison = compare(run, other)
    assert [change.question.id for change in comparison.questions] == ["Q00"]
    assert (comparison.only_before, comparison.only_after) == (("Q01", "Q02"), ("new",))
    with pytest.raises(UsageError, match="aucun cas en commun"):
        compare(run, measured("autre", [asked("new")], [], []))


def test_a_diff_marks_the_words_that_changed_and_gives_back_both_texts() -> None:
    before, after = "Le taux est de 30 % en 2023.", "Le taux est de 34 % en 2023, dit-on."
    pieces = worded_diff(before, after)
    assert ("-", "30 ") in pieces
    assert ("+", "34 ") in pieces
    assert "".join(text for sign, text in pieces if sign != "+") == before
    assert "".join(text for sign, text in pieces if sign != "-") == after
    assert worded_diff("tout autre", "rien de commun ici") == [
        ("-", "tout autre"),
        ("+", "rien de commun ici"),
    ]
