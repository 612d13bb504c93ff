"""What the journeys share."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from threading import Condition
from time import sleep
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import NoBrowserError, arguments, chromium
from tests.tools.browser import find

Answer = Callable[..., Any]


@pytest.fixture(autouse=True, scope="session")
def static_files_as_in_production() -> Iterator[None]:
    """Let our own middleware serve static files: Django's live server would pass it by, headers and all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda *_args: False)
        yield


class Counter:
    """Who is being served at this moment, and how slow the line is.

    With BOLWERK_SLOW_LINE every page takes so many seconds longer: a story that only holds on a fast machine fails.
    """

    def __init__(self) -> None:
        self.slow = float(os.environ.get("BOLWERK_SLOW_LINE", "0"))
        self._being_served = 0
        self._changed = Condition()

    def serve(self, answer: Answer, environ: dict[str, Any], start_response: Answer) -> Any:
        """Answer as the server does, counted."""
        with self._changed:
            self._being_served += 1
        try:
            if self.slow and not environ["PATH_INFO"].startswith("/static/"):
                sleep(self.slow)
            return answer(environ, start_response)
        finally:
            with self._changed:
                self._being_served -= 1
                self._changed.notify_all()

    def wait(self) -> bool:
        """Until nobody is served; False when somebody still is after fifteen seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._being_served, timeout=15)


@pytest.fixture(autouse=True, scope="session")
def counter() -> Iterator[Counter]:
    """The counter that every request of the journeys passes."""
    counter = Counter()
    answer = StaticFilesHandler.__call__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "__call__", lambda own, *asked: counter.serve(partial(answer, own), *asked))
        yield counter


@pytest.fixture(autouse=True)
def everybody_was_served(transactional_db: None, counter: Counter) -> Iterator[None]:
    """A request whose page was closed is still answered: it must not write in the emptied tables of the next story.

    `transactional_db` is asked for so that it empties the tables after this.
    """
    yield
    assert counter.wait(), "somebody is still being served fifteen seconds after the story ended"


_running: list[tuple[Browser, ExitStack]] = []  # the browser of the journeys that follow each other, and what ends it


@pytest.fixture(scope="module")
def browser() -> Browser:
    """A real browser, the same for journeys that follow each other; without one they are skipped with the reason."""
    if _running and not _running[0][0].is_connected():
        _running.pop()[1].close()
    if not _running:
        ending = ExitStack()
        try:
            _running.append((ending.enter_context(chromium()), ending))
        except NoBrowserError as error:
            pytest.skip(str(error))
    return _running[0][0]


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Close the browser once no journey follows: other tests begin without what drives it."""
    if _running and (nextitem is None or nextitem.get_closest_marker("journey") is None):
        _running.pop()[1].close()


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """A browser with everything in it: the shell for tests has no background sync."""
    path = find(whole=True)
    if path is None:
        pytest.skip("There is only a shell, which has no background sync: install Chromium.")
    whole = browser.browser_type.launch(executable_path=path, args=arguments(path))
    yield whole
    whole.close()


@pytest.fixture
def house(live_server: LiveServer, settings: Settings) -> str:
    """The address of the house by name: a passkey belongs to a name, never to a number."""
    settings.SECOND_FACTOR_REQUIRED = True
    address: str = live_server.url.replace("127.0.0.1", "localhost")
    settings.BOLWERK_BASE_URL = address
    return address
