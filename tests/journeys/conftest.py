"""What the journeys share."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler


@pytest.fixture(autouse=True, scope="session")
def static_files_as_in_production() -> Iterator[None]:
    """Let our own middleware serve static files: Django's live server would pass it by, headers and all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda *_args: False)
        yield
