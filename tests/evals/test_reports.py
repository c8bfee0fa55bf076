from evals.reports.terminal import answers_report, search_report
from evals.scorers import Scores

SEARCH = {"r@1": 0.5, "r@5": 1.0, "r@5w": 1.0, "r@10": 1.0, "r@20": 1.0, "mrr@10": 0.625, "nDCG@10": 0.7}


def test_the_table_of_a_search_run() -> None:
    scores = Scores(
        {}, {"type": {"nouveau": {"n": 1, **SEARCH}, "list": {"n": 12, **SEARCH}}}, {"n": 13, **SEARCH}
    )
    assert search_report(scores).splitlines()[:6] == [
        "Recherche    n    r@1    r@5   r@5w   r@10   r@20  mrr@10  nDCG@10",
        "──────────────────────────────────────────────────────────────────",
        "liste       12  0,500  1,000  1,000  1,000  1,000   0,625    0,700",
        "nouveau      1  0,500  1,000  1,000  1,000  1,000   0,625    0,700",
        "──────────────────────────────────────────────────────────────────",
        "ensemble    13  0,500  1,000  1,000  1,000  1,000   0,625    0,700",
    ]


def test_times_are_told_in_french() -> None:
    scores = Scores({}, {}, {"n": 1, **SEARCH, "ms_p50": 3.25, "ms_p95": 10.0})
    told = "Temps par question\u00a0: 3,2\u00a0ms pour la moitié, 10,0\u00a0ms pour 95\u00a0%"
    assert search_report(scores).splitlines()[-1] == told


def test_a_figure_without_meaning_is_a_dash_and_words_are_whole() -> None:
    rows = {"unanswerable": {"n": 8, "false_answer": 0.5}, "list": {"n": 1, "words": 82.4, "refused": 0.0}}
    report = answers_report(Scores({}, {"type": rows}, {"n": 9, "false_answer": 0.5}))
    lines = {line.split("  ")[0]: line.split() for line in report.splitlines()}
    assert lines["sans réponse"][2:] == ["8", "–", "–", "–", "–", "–", "0,500", "–", "–", "–"]
    assert lines["liste"][1:] == ["1", "–", "–", "–", "–", "–", "–", "0,000", "–", "82"]


def test_answers_that_a_reader_must_see_are_named() -> None:
    questions = {
        "A": {"verbatim": 0.5},
        "B": {"verbatim": 1.0},
        "C": {"false_answer": 1.0},
        "D": {"words": 1.0},
    }
    lines = answers_report(Scores(questions, {}, {"n": 4})).splitlines()
    assert lines[-2:] == [
        "Citations introuvables dans leur source\u00a0: 1 (A)",
        "Questions sans réponse, répondues à tort\u00a0: 1 (C)",
    ]


def test_nothing_to_name_is_said() -> None:
    lines = answers_report(Scores({"A": {"verbatim": 1.0}}, {}, {"n": 1})).splitlines()
    assert [line.endswith("\u00a0: aucune") for line in lines[-2:]] == [True, True]
