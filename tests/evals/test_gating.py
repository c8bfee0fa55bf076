from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.comparing import compare
from evals.gating import Rule, Rules, judge, junit, read_rules, summary
from index.errors import UsageError
from tests.evals.making import asked, measured, said, twins


def verdict(rule: Rule, worse: int, count: int = 40, alpha: float = 0.05) -> list[str]:
    found = judge(compare(*twins(count, worse=worse)), Rules((rule,), alpha))
    return [problem for checked in found.checked for problem in checked.problems]


def test_a_floor_is_broken_below_it_only() -> None:
    assert verdict(Rule("r@5", floor=0.9), worse=4) == []
    (problem,) = verdict(Rule("r@5", floor=0.9), worse=5)
    assert problem == "87,5\u00a0%, sous le plancher de 90,0\u00a0%"


def test_a_loss_over_what_is_allowed_is_refused() -> None:
    assert verdict(Rule("r@5", loss=0.05), worse=2) == []
    (problem,) = verdict(Rule("r@5", loss=0.05), worse=3)
    assert problem == "100,0\u00a0% → 92,5\u00a0%, plus que la perte permise de 5,0 points"


def test_a_smaller_loss_is_refused_when_it_is_significant() -> None:
    assert verdict(Rule("r@5", loss=0.5), worse=5) == []
    (problem,) = verdict(Rule("r@5", loss=0.5), worse=16)
    assert "perte significative (p = 0,00" in problem


def test_a_gain_is_never_refused() -> None:
    before, after = twins(40, worse=16)
    assert judge(compare(after, before), Rules((Rule("r@5", loss=0.0), Rule("facts", loss=0.0)), 0.05)).passes


def test_a_rule_may_be_about_one_type() -> None:
    rule = Rule("r@5", "list", floor=0.9)
    (problem,) = verdict(rule, worse=6)
    assert rule.name == "preuves dans les 5 premiers passages, liste"
    assert problem.startswith("85,0")


def test_more_false_answers_are_a_loss() -> None:
    cases = [asked(f"U{number}", "unanswerable", quote="") for number in range(10)]
    silent = measured("a", cases, [], [said(case.id, "", status="none") for case in cases])
    wrong = measured("b", cases, [], [said(case.id, "bleu", "un deux") for case in cases])
    rules = Rules((Rule("false_answer", loss=0.1), Rule("false_answer", ceiling=0.5)), 0.05)
    assert len(judge(compare(silent, wrong), rules).broken) == 2
    assert judge(compare(wrong, silent), rules).passes


def test_a_figure_that_vanished_is_refused() -> None:
    before, _ = twins(4)
    refused = measured(
        "b", list(before.cases), [], [said(case.id, "", status="none") for case in before.cases]
    )
    (checked,) = judge(compare(before, refused), Rules((Rule("verbatim", floor=1.0),), 0.05)).checked
    assert checked.problems == ("aucune question ne donne cette mesure",)


def test_slow_answers_are_refused_by_a_ceiling() -> None:
    run, _ = twins(4)
    slow = measured("b", list(run.cases), [], [said(case.id, "rouge", ms=900.0) for case in run.cases])
    rules = Rules((Rule("answer_ms_p95", ceiling=500),), 0.05)
    assert judge(compare(run, run), rules).passes
    (checked,) = judge(compare(run, slow), rules).broken
    assert checked.problems == ("900\u00a0ms, au-dessus du plafond de 500\u00a0ms",)


def test_the_reason_is_short_and_junit_says_the_same() -> None:
    rules = Rules((Rule("r@5", floor=0.99, why="les passages"), Rule("facts", floor=0.1)), 0.05)
    found = judge(compare(*twins(10, worse=5)), rules)
    assert summary(found) == [
        "Non\u00a0: 1 règle n’est pas tenue sur 2.",
        "- preuves dans les 5 premiers passages\u00a0: 50,0\u00a0%, sous le plancher de 99,0\u00a0% "
        "(les passages)",
    ]
    suite = ElementTree.fromstring(junit(found, 1.5))
    assert suite.attrib["failures"] == "1"
    assert [len(case.findall("failure")) for case in suite.findall("testcase")] == [1, 0]
    assert "sous le plancher" in suite.find("testcase/failure").attrib["message"]  # type: ignore[union-attr]


def test_the_shipped_rules_are_sound() -> None:
    rules = read_rules()
    assert len(rules.rules) >= 10
    assert all(rule.why for rule in rules.rules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "aucune règle"),
        ("[[rule]]\nmetric = 'beauté'\nfloor = 1", "règle 1\u00a0: mesure «\u00a0beauté\u00a0» inconnue"),
        ("[[rule]]\nmetric = 'r@5'", "donnez floor, ceiling ou loss"),
        ("[[rule]]\nmetric = 'r@5'\nflor = 1", "«\u00a0flor\u00a0» inconnu"),
        ("[[rule]]\nmetric = 'r@5'\nfloor = 'haut'", "doit être un nombre"),
        ("[[rule]]\nmetric = 'answer_ms_p95'\nloss = 3", "ne vaut pas pour answer_ms_p95"),
        ("rule = [", "pas du TOML"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "gate.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_rules(file)
