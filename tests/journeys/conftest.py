"""What the journeys share."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser

from tests.browser import NoBrowserError, chromium


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
