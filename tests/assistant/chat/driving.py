"""What a person does in the chat, told to a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

_AXE = Path(__file__).parents[2] / "data" / "axe" / "axe.min.js"
DESKTOP, PHONE, ZOOMED, NARROW = (1280, 800), (390, 844), (640, 400), (320, 640)


class Visit:
    """One page of the chat, just opened, at a given size."""

    def __init__(
        self, browser: Any, url: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False
    ) -> None:
        self.browser = browser
        width, height = size
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        wished = [
            {"name": "prefers-reduced-motion", "value": "reduce"},
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wished})
        browser.get("about:blank")
        browser.get(url)
        self.until(lambda: self.all("#question textarea") and self.all("#welcome .example"), 30)
        self.until(lambda: not self.all("#early"))

    def until(self, condition: Callable[[], Any], seconds: float = 15) -> Any:
        wait = WebDriverWait(self.browser, seconds, 0.05, ignored_exceptions=[StaleElementReferenceException])
        return wait.until(lambda _: condition())

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements(By.CSS_SELECTOR, selector))

    def one(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def script(self, code: str, *arguments: Any) -> Any:
        return self.browser.execute_script(code, *arguments)

    @property
    def focused(self) -> Any:
        return self.browser.switch_to.active_element

    def type(self, text: str) -> None:
        self.one("#question textarea").send_keys(text)

    def write(self, text: str) -> None:
        """Put a text in the entry at once, however long."""
        self.script(
            "const box = document.querySelector('#question textarea'); box.value = arguments[0];"
            "box.dispatchEvent(new Event('input', {bubbles: true}));",
            text,
        )

    def ask(self, question: str) -> Any:
        """Send a question with Enter and return its turn once it is done."""
        count = len(self.all(".turn"))
        self.type(question + Keys.ENTER)
        return self.turn(count + 1)

    def start(self, question: str) -> None:
        """Send a question and return as soon as it waits for its answer."""
        self.type(question + Keys.ENTER)
        self.until(lambda: self.all("#stop"))

    def turn(self, number: int) -> Any:
        self.until(lambda: self.all(f'.turn[data-turn="{number}"] .actions'))
        return self.one(f'.turn[data-turn="{number}"]')

    def tab(self, label: str) -> None:
        """Open a tab by the words on it."""
        shown = [tab for tab in self.all("#tabs [role=tab]") if tab.is_displayed()]
        tab = next(tab for tab in shown if tab.text.strip() == label)
        self.script("arguments[0].scrollIntoView({inline: 'center', block: 'nearest'})", tab)
        tab.click()

    def open_source(self, button: Any) -> None:
        self.click(button)
        self.until(lambda: self.one("#source").is_displayed() and self.all("#source .reading"))

    def axe(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 A and AA: rule, and the elements.

        The bars that stay in place are let go meanwhile: what they half cover can be scrolled out.
        """
        if not self.script("return Boolean(window.axe)"):
            self.script(_AXE.read_text(encoding="utf-8"))
            self.script(
                "document.head.appendChild(document.createElement('style')).textContent ="
                " '.axe :is(#masthead, #composer, .tab-wrapper) { position: static !important }'"
            )
        self.script("document.documentElement.classList.add('axe')")
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = self.browser.execute_async_script(
            "const [only, done] = arguments; axe.run(document, {runOnly: only}).then((result) => done("
            "result.violations.map((one) => [one.id, ...one.nodes.map((node) => node.html)].join(' '))))",
            rules,
        )
        self.script("document.documentElement.classList.remove('axe')")
        return [str(one) for one in found]

    def click(self, element: Any) -> None:
        self.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        self.focused.send_keys(*keys)

    def status(self, turn: Any) -> str:
        return str(turn.find_element(By.CSS_SELECTOR, ".status").text)

    def overflows(self) -> bool:
        return bool(self.script("return document.documentElement.scrollWidth > innerWidth"))
