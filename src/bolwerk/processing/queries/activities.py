"""The register of processing activities: what the apps bring, and what the municipality made of it."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from django.conf import settings

from bolwerk.processing.rules.activities import ActivitiesRefusedError, Activity, current, joined, read_activities
from bolwerk.ui.content import content_language, read_yaml


def register() -> list[Activity]:
    """Every version of every activity in the language of the reader, by code, the newest version first."""
    return sorted(_register(content_language()).values(), key=lambda activity: (activity.code, -activity.version))


def activity_now(code: str) -> Activity:
    """The newest version of an activity. Raises UnknownActivityError."""
    return current(_register(content_language()), code)


def activity_in(code: str, version: int) -> Activity | None:
    """One version of an activity, or None when no register knows it (any more)."""
    return _register(content_language()).get((code, version))


@cache
def _register(language: str) -> dict[tuple[str, int], Activity]:
    return joined(_registers(f"activities.{language}.yaml"))


def _registers(file: str) -> Iterator[list[Activity]]:
    for package in settings.PROCESSING_ACTIVITIES:
        yield _read(files(package).joinpath("content", file).read_text(encoding="utf-8"), f"{package}, {file}")
    own = Path(settings.BOLWERK_DIR) / "content" / file
    if own.is_file():
        yield _read(own.read_text(encoding="utf-8"), str(own))


def _read(text: str, source: str) -> list[Activity]:
    try:
        return read_activities(read_yaml(text), source=source)
    except yaml.YAMLError as error:
        raise ActivitiesRefusedError(f"{source}: this is no YAML.") from error
