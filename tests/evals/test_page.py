"""The report: what it says, that it asks nothing of any host, and that a browser and axe accept it."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.comparing import compare
from evals.gating import Rule, Rules, judge
from evals.reports.markdown import comparison_report, markdown_report
from evals.reports.page import html_report
from evals.runs import MeasuredRun
from tests.evals.making import asked, found, measured, said, twins

ATTACK = '<img src="http://exemple.test/x.png"> [ici](http://exemple.test)'


def pair() -> tuple[MeasuredRun, MeasuredRun]:
    """Return two runs with worse questions, unanswerable ones and hostile texts."""
    before, after = twins(8, worse=3)
    more = [asked("U1", "unanswerable", quote=""), replace(asked("X1"), question=ATTACK, notes=ATTACK)]
    runs = []
    for run in (before, after):
        search = [*run.run.search.values(), found("U1", "rien"), found("X1", ATTACK)]
        answers = [
            *run.run.answers.values(),
            said("U1", "bleu", "un deux"),
            said("X1", ATTACK, "un deux trois"),
        ]
        runs.append(measured(run.name, [*run.cases, *more], search, answers))
    return runs[0], runs[1]


@pytest.fixture(scope="module")
def page() -> str:
    before, after = pair()
    comparison = compare(before, after)
    verdict = judge(
        comparison, Rules((Rule("r@5", loss=0.02, why="les passages"), Rule("facts", floor=0.1)), 0.05)
    )
    return html_report(after, comparison, verdict)


def test_the_page_gives_verdict_figures_and_the_worst_questions_first(page: str) -> None:
    assert "<strong>Non</strong>" in page
    assert "1 règle de livraison sur 2" in page
    assert "Sur 9 questions qui ont une réponse" in page
    assert "Sur 1 question sans réponse dans la bibliothèque, 1 en reçoit une à tort" in page
    order = re.findall(r'data-id="(\w+)"', page)
    assert order[0] == "U1", "a false answer is the worst"
    assert set(order[1:4]) == {"Q05", "Q06", "Q07"}
    assert "<del>rouge" in page
    assert "<ins>bleu" in page


def test_the_page_asks_nothing_of_any_host_and_runs_no_text(page: str) -> None:
    assert ATTACK not in page
    assert "&lt;img src=" in page
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    assert "default-src 'none'" in page
    assert page.count("<script") == 1


def test_french_typography_everywhere(page: str) -> None:
    text = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.findall(r"\d[ ]%|«[ ]|[ ]»|\w[ ][?!;:](?=\s)", text)
    assert "'" not in re.sub(r"https?\S+", "", text.replace("&#39;", ""))


def test_without_a_baseline_there_is_no_comparison() -> None:
    _, after = pair()
    page = html_report(after)
    assert "Depuis" not in page
    assert "Écart" not in page


def test_the_merge_request_gets_the_same_in_markdown() -> None:
    comparison = compare(*pair())
    verdict = judge(comparison, Rules((Rule("r@5", floor=0.1),), 0.05))
    report = markdown_report(comparison.after, comparison, verdict)
    assert report.startswith("# Mesure après\n\nOui\u00a0: la règle est tenue.")
    assert "| preuves dans les 5 premiers passages |" in report
    assert "### moins bien\u00a0: Q07" in report
    assert "~~rouge" in report
    changes = comparison_report(comparison)
    assert changes.startswith("# De avant à après")
    assert "0 mieux, 3 moins bien" in changes
    assert "a.txt, I. Titre, p.\u00a03" in changes


def test_hostile_text_stays_text_in_markdown() -> None:
    cases = [replace(asked("X1"), question=ATTACK)]
    before = measured("a", cases, [found("X1", "rien")], [said("X1", "rouge", "un deux")])
    after = measured("b", cases, [found("X1", "rien")], [said("X1", ATTACK, "un deux")])
    report = comparison_report(compare(before, after))
    assert not re.search(r"(?<!\\)\]\(http", report)
    assert "<img" not in re.sub(r"\\<", "", report)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        if os.environ.get("CI"):
            pytest.fail("Chromium and its driver are needed in CI")
        pytest.skip("Chromium is not installed")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync --window-size=1280,900"
    ).split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


def test_filters_work_in_a_browser_that_is_asked_for_nothing_else(
    page: str, browser: Any, tmp_path: Path
) -> None:
    from selenium.webdriver.support.select import Select

    file = tmp_path / "rapport.html"
    file.write_text(page, encoding="utf-8")
    browser.get(file.as_uri())
    assert browser.find_element("id", "count").text == "5 questions sur 10"

    def shown() -> int:
        return sum(one.is_displayed() for one in browser.find_elements("css selector", "details.question"))

    browser.find_element("name", "faulty").click()
    assert shown() == 10
    kinds = Select(browser.find_element("name", "type"))
    kinds.select_by_value("unanswerable")
    assert (shown(), browser.find_element("id", "count").text) == (1, "1 question sur 10")
    kinds.select_by_value("")
    browser.find_element("name", "words").send_keys("QUESTION q07")
    assert shown() == 1
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    requested = [
        request["request"]["url"]
        for request in sent
        if request["documentURL"] == file.as_uri() and request["request"]["url"] != file.as_uri()
    ]
    assert sent
    assert requested == []
    assert browser.get_log("browser") == [], "nothing refused by the page's own policy"


def test_nothing_is_wider_than_a_phone(page: str, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    file.write_text(page, encoding="utf-8")
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(file.as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
