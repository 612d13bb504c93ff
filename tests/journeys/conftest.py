"""What the journeys share."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import NoBrowserError, arguments, chromium
from tests.tools.browser import find


@pytest.fixture(autouse=True, scope="session")
def static_files_as_in_production() -> Iterator[None]:
    """Let our own middleware serve static files: Django's live server would pass it by, headers and all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda *_args: False)
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser for the journeys of a file; without one they are skipped with the reason."""
    try:
        with chromium() as found:
            yield found
    except NoBrowserError as error:
        pytest.skip(str(error))


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
