"""A real browser for journeys: Debian's Chromium by Playwright, with a guard on the network and axe at hand."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect, sync_playwright

from tests.tools.browser import SHELL, find

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-angle=swiftshader",  # maps need WebGL; a test machine has no graphics card
    "--enable-unsafe-swiftshader",
]
PATIENCE = 15_000  # milliseconds that a press or an expectation may take: the machine may be busy
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}
OWN_HOSTS = {"127.0.0.1", "localhost"}
# WCAG 2.2, levels A and AA, as axe names them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# Asked a moment after a press: by then a form has been sent off and a link followed.
CALM = """new Promise(done => setTimeout(
    () => done(document.readyState === "complete" && !document.querySelector(".htmx-request")), 30))"""
PAGE_WENT = ("Execution context was destroyed", "Cannot find context")  # what a page says that is being left


class NoBrowserError(RuntimeError):
    """There is no Chromium on this machine."""


class StrangerError(AssertionError):
    """A page asked something of another host."""


class NotAccessibleError(AssertionError):
    """axe found something."""


def arguments(path: str) -> list[str]:
    """What a browser is started with."""
    return ARGUMENTS if path.endswith(SHELL) else ["--headless=new", *ARGUMENTS]  # the shell is never anything else


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that lives as long as the block. Raises NoBrowserError without Chromium."""
    path = find()
    if path is None:
        raise NoBrowserError("No Chromium: install it, or set BOLWERK_CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments(path))
        try:
            yield browser
        finally:
            browser.close()


class Guard:
    """Remembers every request to another host, every script error and every refusal by our content policy.

    It also knows the pages that were asked for and are not there yet.
    """

    of: ClassVar[WeakKeyDictionary[BrowserContext, "Guard"]] = WeakKeyDictionary()

    def __init__(self, context: BrowserContext) -> None:
        self.strangers: list[str] = []
        self.faults: list[str] = []
        self.on_the_way: set[Request] = set()
        self.of[context] = self
        context.on("request", self._look)
        context.on("requestfinished", lambda request: self.on_the_way.discard(request))
        context.on("requestfailed", lambda request: self.on_the_way.discard(request))
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("console", lambda message: self._listen(message.type, message.text))

    def _look(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in OWN_HOSTS:
            self.strangers.append(request.url)
        if request.is_navigation_request():
            self.on_the_way.add(request)

    def _listen(self, kind: str, text: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.faults.append(text)

    def check(self) -> None:
        """Raise StrangerError when anything of the kind happened."""
        if self.strangers or self.faults:
            raise StrangerError(f"other hosts: {self.strangers}; faults: {self.faults}")


@contextmanager
def guarded_context(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A fresh context whose pages may talk to us only, run without errors and respect our policy; checked at the end.

    `options` are Playwright's: `viewport=PHONE`, `has_touch=True`, `color_scheme="dark"`, `locale="nl-NL"`,
    `java_script_enabled=False`, `reduced_motion="reduce"`.
    """
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", **options})
    context.set_default_timeout(PATIENCE)
    guard = Guard(context)
    try:
        yield context
        guard.check()
    finally:
        context.close()


def until(page: Page, asked: str) -> None:
    """Wait until `asked`, an expression of JavaScript, holds. Raises AssertionError after fifteen seconds.

    Playwright's own `wait_for_function` asks a second time from within the page, where our content policy refuses text
    that becomes code: it works only for what holds at once.
    """
    for _ in range(150):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"still not so: {asked}")


def settled(page: Page) -> None:
    """Wait until what was pressed has led somewhere: a page that is whole, and no part of it still on its way.

    A press returns before the page it leads to is there. Who looks at once sees the page before, or one that is being
    torn down. Raises AssertionError after fifteen seconds.
    """
    on_the_way = Guard.of[page.context].on_the_way
    for _ in range(150):
        try:
            if page.evaluate(CALM) and not on_the_way:
                return
        except Error as gone:
            if not any(words in gone.message for words in PAGE_WENT):
                raise
        page.wait_for_timeout(70)
    raise AssertionError(f"still on its way after fifteen seconds: {urlsplit(page.url).path}")


def axe(page: Page, *, besides: str = "") -> None:
    """Raise NotAccessibleError when axe finds a breach of WCAG 2.2 A or AA on the page. `besides` leaves a part out.

    axe is handed over as text to evaluate, which the page's content policy does not govern: the page stays as it is.
    """
    settled(page)
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    scope = {"include": [["html"]], "exclude": [[besides]] if besides else []}
    found = page.evaluate(
        # Of what is right and of what axe cannot tell, one example is enough: telling all of it takes half the time.
        "([scope, tags]) => axe.run(scope, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(found => found.violations)",
        [scope, RULES],
    )
    breaches = [
        f"{one['id']} ({one['help']}): " + ", ".join(str(node["target"]) for node in one["nodes"][:5]) for one in found
    ]
    if breaches:
        raise NotAccessibleError(f"{urlsplit(page.url).path}: " + "; ".join(breaches))


def fits(page: Page) -> bool:
    """Whether nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def screenshot(page: Page, folder: Path, name: str) -> Path:
    """Keep a picture of the whole page where BOLWERK_PICTURES asks for them; say where it lies, or would lie.

    No test reads them, and drawing one takes a third of the time of looking at a page: they are for people.
    """
    path = folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"
    if os.environ.get("BOLWERK_PICTURES"):
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)
    return path
