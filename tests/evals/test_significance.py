"""Against numbers worked out by hand, or known of the formula."""

import pytest

from evals.significance import bootstrap_interval, holm, randomisation_test, wilson_interval


def test_randomisation_of_few_differences_is_exact() -> None:
    # 3 differences of one sign: of 8 ways to sign them, 2 are as far from 0
    assert randomisation_test([1.0, 1.0, 1.0, 0.0, 0.0]) == pytest.approx(2 / 8)
    # 2, 1, -1: sums are ±2, ±2, ±4, 0, 0 …: |2+1-1| = 2 is reached by 6 of 8
    assert randomisation_test([2.0, 1.0, -1.0]) == pytest.approx(6 / 8)
    assert randomisation_test([0.0, 0.0]) == 1.0
    assert randomisation_test([]) == 1.0


def test_randomisation_of_many_is_drawn_and_says_the_same_each_time() -> None:
    clear = randomisation_test([1.0] * 20)
    assert clear == randomisation_test([1.0] * 20) < 0.001
    assert randomisation_test([1.0, -1.0] * 10) == pytest.approx(1.0)


def test_holm_multiplies_the_smallest_by_how_many_tests_there_are() -> None:
    # textbook: 0.01·4, then max with 0.02·3, 0.03·2 (kept at 0.06), 0.04·1 (kept at 0.06)
    assert holm({"a": 0.04, "b": 0.01, "c": 0.03, "d": 0.02}) == pytest.approx(
        {"b": 0.04, "d": 0.06, "c": 0.06, "a": 0.06}
    )
    assert holm({"a": 0.9, "b": 0.8}) == {"b": 1.0, "a": 1.0}


def test_the_interval_of_a_mean_holds_it_and_narrows_with_more_questions() -> None:
    low, high = bootstrap_interval([0.0, 1.0] * 10)
    assert low < 0.5 < high
    few, many = high - low, bootstrap_interval([0.0, 1.0] * 200)
    assert many[1] - many[0] < few / 3
    assert bootstrap_interval([0.0, 1.0] * 10) == (low, high)


def test_none_wrong_of_25_is_no_proof_of_none() -> None:
    low, high = bootstrap_interval([0.0] * 25)
    assert (low, high) == wilson_interval(0.0, 25)
    assert low == 0.0
    assert high == pytest.approx(3.8415 / 28.8415, abs=1e-3)  # z² / (n + z²)
    assert bootstrap_interval([250.0] * 3, bounded=False) == (250.0, 250.0)
    with pytest.raises(ValueError, match="no value"):
        bootstrap_interval([])
