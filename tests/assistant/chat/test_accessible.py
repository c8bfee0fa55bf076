"""Accessibility, in a real browser: axe-core on every screen, zoom, landmarks, and pictures kept."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import DESKTOP, NARROW, PHONE, ZOOMED, Visit
from tests.assistant.chat.test_asking import KNOWN, NEAR, UNKNOWN


@pytest.mark.parametrize(
    ("size", "dark"),
    [(DESKTOP, False), (PHONE, False), (DESKTOP, True), (PHONE, True), (ZOOMED, False), (NARROW, False)],
    ids=["desktop", "phone", "desktop-dark", "phone-dark", "zoomed", "narrow"],
)
def test_every_screen_fits_passes_axe_and_is_kept_as_a_picture(
    chromium: Any, scripted_chat: Server, screenshots: Path, size: tuple[int, int], dark: bool
) -> None:
    visit = Visit(chromium, scripted_chat.url, size, dark=dark)
    name = f"{size[0]}x{size[1]}{'-dark' if dark else ''}"
    faults: dict[str, Any] = {}

    def look(screen: str) -> None:
        chromium.save_screenshot(str(screenshots / f"{name}-{screen}.png"))
        found = [*visit.axe(), *(["wider than the screen"] if visit.overflows() else [])]
        if found:
            faults[screen] = found

    look("first")
    visit.click(visit.one("#narrow summary"))
    visit.until(lambda: visit.all("#narrow input"))
    look("narrow")
    visit.click(visit.one("#narrow summary"))
    turn = visit.ask(KNOWN)
    look("answer")
    visit.click(turn.find_element(By.CSS_SELECTOR, ".export summary"))
    look("export")
    visit.press(Keys.ESCAPE)
    visit.click(turn.find_element(By.CSS_SELECTOR, ".say summary"))
    look("opinion")
    visit.open_source(turn.find_element(By.CSS_SELECTOR, ".marker"))
    look("source")
    visit.press(Keys.ESCAPE)
    visit.ask(NEAR)
    look("related")
    visit.ask(UNKNOWN)
    look("none")
    visit.ask("Que faire en cas de panne du camion ?")
    look("failed")
    visit.type("Mme Karima Benali refuse d’ouvrir, que faire ?" + Keys.ENTER)
    visit.until(lambda: visit.all(".guard"))
    look("guard")
    visit.tab("Qui dit quoi")
    visit.one("#theme").send_keys("logiciel" + Keys.ENTER)
    visit.until(lambda: visit.one("#voices-found").text)
    look("voices")
    visit.tab("Modules")
    look("modules")
    visit.tab("Bibliothèque")
    visit.one("#words").send_keys("camion" + Keys.ENTER)
    visit.until(lambda: visit.all("#passages-found li"))
    look("library")
    visit.tab("Conversations")
    visit.until(lambda: visit.all("#saved-on"))
    visit.one("#saved-on").click()
    look("saved")
    visit.script("localStorage.clear()")
    assert faults == {}


def test_the_page_has_its_landmarks_headings_and_labels(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    assert visit.one("html").get_attribute("lang") == "fr"
    assert [one.text for one in visit.all("h1")] == ["Tisserand"]
    assert len([one for one in visit.all("main") if one.is_displayed()]) == 1
    assert len(visit.all("header")) == 1
    assert visit.one("#question textarea").get_attribute("aria-label") == "Votre question"
    visit.ask(KNOWN)
    levels = [int(one.tag_name[1]) for one in visit.all("h1, h2, h3, h4") if one.is_displayed()]
    assert levels[:2] == [1, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_skip_link_is_first_and_goes_to_the_entry(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.one("body").send_keys(Keys.TAB)
    assert visit.focused.text == "Aller à la question"
    visit.press(Keys.ENTER)
    assert visit.focused == visit.one("#question textarea")


def test_focus_is_seen_on_whatever_is_reached_with_the_keyboard(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.one("body").send_keys(Keys.TAB)
    reached = set()
    for _ in range(25):
        shown = visit.script(
            "const style = getComputedStyle(document.activeElement);"
            "return [document.activeElement.outerHTML.slice(0, 80), style.outlineStyle, style.outlineWidth]"
        )
        if shown[0].startswith("<body"):
            break
        assert shown[1] != "none" and shown[2] != "0px", shown
        reached.add(shown[0])
        visit.press(Keys.TAB)
    assert len(reached) >= 10


def test_the_arrows_go_from_tab_to_tab(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.tab("Questions")
    visit.press(Keys.ARROW_RIGHT)
    assert visit.focused.text == "Qui dit quoi"
    assert visit.focused.get_attribute("aria-selected") == "true"
    visit.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    assert visit.focused.text == "Conversations"
