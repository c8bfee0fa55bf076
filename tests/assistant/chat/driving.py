"""What a person does in the chat, told to a browser."""

from collections.abc import Callable
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

DESKTOP, PHONE, ZOOMED = (1280, 800), (390, 844), (640, 400)


class Visit:
    """One page of the chat, just opened, at a given size."""

    def __init__(self, browser: Any, url: str, size: tuple[int, int] = DESKTOP) -> None:
        self.browser = browser
        width, height = size
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
        browser.get("about:blank")
        browser.get(url)
        self.until(lambda: self.all("#question textarea") and self.all(".example"))

    def until(self, condition: Callable[[], Any], seconds: float = 15) -> Any:
        return WebDriverWait(self.browser, seconds, poll_frequency=0.05).until(lambda _: condition())

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

    def click(self, element: Any) -> None:
        self.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        self.focused.send_keys(*keys)

    def status(self, turn: Any) -> str:
        return str(turn.find_element(By.CSS_SELECTOR, ".status").text)

    def overflows(self) -> bool:
        return bool(self.script("return document.documentElement.scrollWidth > innerWidth"))
