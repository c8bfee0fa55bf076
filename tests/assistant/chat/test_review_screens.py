"""The operators' room for opinions: its screens in a real browser, pictures kept; where its cases go."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from selenium.webdriver.common.keys import Keys

from evals.cases import read_cases
from evals.reviewing_room import CASES_VARIABLE
from index.errors import UsageError
from tests.assistant.chat.driving import DESKTOP, NARROW, PHONE, ZOOMED, Visit
from tests.assistant.chat.reviewing import CAMION, LEFT, PAY, Reviewed, count, enter, open_opinion


@pytest.mark.parametrize(
    ("size", "dark"),
    [(DESKTOP, False), (PHONE, False), (DESKTOP, True), (PHONE, True), (ZOOMED, False), (NARROW, False)],
    ids=["desktop", "phone", "desktop-dark", "phone-dark", "zoomed", "narrow"],
)
def test_every_screen_of_a_review_fits_passes_axe_and_is_kept_as_a_picture(
    chromium: Any, reviewed: Reviewed, screenshots: Path, size: tuple[int, int], dark: bool
) -> None:
    name = f"{size[0]}x{size[1]}{'-dark' if dark else ''}"
    faults: dict[str, Any] = {}
    with reviewed(*LEFT[:5]) as url:
        visit = Visit(chromium, url, size, dark=dark)

        def look(screen: str) -> None:
            chromium.save_screenshot(str(screenshots / f"{name}-review-{screen}.png"))
            found = [*visit.axe(), *(["wider than the screen"] if visit.overflows() else [])]
            if found:
                faults[screen] = found

        visit.tab("Retours")
        visit.until(lambda: visit.one("#review-word").is_displayed())
        look("door")
        enter(visit, "mot de passe de trop")
        visit.until(lambda: visit.one("#review-problem").text)
        look("refused")
        visit.one("#review-word").clear()
        enter(visit)
        count(visit, "5 retours")
        look("list")
        open_opinion(visit, CAMION)
        look("case")
        visit.one("#case-notes").send_keys(" demandé par Mme Odette Lagarrigue" + Keys.TAB)
        visit.until(lambda: visit.all("[data-neutral]"))
        visit.click(visit.one("#review-found [data-mark]"))
        visit.until(lambda: visit.all("#proofs li"))
        visit.click(visit.one(".opinion summary"))
        visit.click(visit.one("#case-form [type=submit]"))
        visit.until(lambda: visit.one("#case-problem").text)
        look("not-ready")
        visit.open_source(visit.one("#review-found [data-read]"))
        look("mark")
        visit.press(Keys.ESCAPE)
        visit.click(visit.one("[data-drop]"))
        count(visit, "4 retours")
        visit.click(visit.one(".dropped summary"))
        look("dropped")
    assert faults == {}


def test_the_room_with_nothing_to_review_says_so(
    chromium: Any, reviewed: Reviewed, screenshots: Path
) -> None:
    with reviewed() as url:
        visit = Visit(chromium, url, PHONE)
        enter(visit)
        count(visit, "Aucun retour à relire")
        assert "arrivent ici" in visit.one("#review").text
        chromium.save_screenshot(str(screenshots / "390x844-review-empty.png"))
        assert visit.axe() == []


def test_cases_go_to_the_file_that_is_named(
    reviewed: Reviewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"x-operator": "mot%20de%20passe%20%C3%A0%20rallonge"}
    monkeypatch.setenv(CASES_VARIABLE, str(tmp_path / "mes-cas.jsonl"))
    with reviewed(LEFT[2]) as url:
        listed = httpx.post(f"{url}/operator/review/list", json={}, headers=headers, timeout=30).text
        feedback_id = listed.split('data-review="')[1].split('"')[0]
        draft = {"question": PAY, "kind": "factoid", "answerable": False}
        asked = {"id": feedback_id, "draft": draft}
        saved = httpx.post(f"{url}/operator/review/save", json=asked, headers=headers, timeout=30)
        assert "enregistré dans mes-cas.jsonl" in saved.text
        given = httpx.post(f"{url}/operator/review/cases", json={}, headers=headers, timeout=30)
    (case,) = read_cases(tmp_path / "mes-cas.jsonl")
    assert case.question == PAY
    assert given.content == (tmp_path / "mes-cas.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["cas.xlsx", "avis/cas.jsonl"])
def test_a_file_that_cannot_hold_cases_is_refused_at_the_start(
    reviewed: Reviewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(CASES_VARIABLE, str(tmp_path / name))
    with pytest.raises(UsageError, match=CASES_VARIABLE), reviewed():
        pass
