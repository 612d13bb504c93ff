"""What the tests of this room share."""

import shutil
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bolwerk.hub.tests.makers import FILES, town


@pytest.fixture
def installation(tmp_path: Path, settings: Settings) -> Path:
    """The folder of an installation of its own: no vault, no deliveries."""
    settings.BOLWERK_DIR = tmp_path
    (tmp_path / "deliveries").mkdir()
    return tmp_path


@pytest.fixture
def with_deliveries(installation: Path) -> Path:
    """An installation in which the deliveries of a small town wait to be read."""
    for file in FILES.values():
        shutil.copy(town() / file, installation / "deliveries")
    return installation
