"""The register of processing activities."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from bolwerk.processing.queries import activities, activity_in, activity_now, register
from bolwerk.processing.rules.activities import ActivitiesRefusedError, read_activities

ENTRY: dict[str, Any] = {
    "code": "x.y", "version": 2, "name": "N", "purpose": "P", "legal_basis": "L", "people": "W", "data": "D",
    "recipients": "R", "kept": "K",
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_activity_is_there_in_both_languages_and_nobody_stands_behind_the_default(language: str) -> None:
    with translation.override("nl"):
        codes = [(activity.code, activity.version) for activity in register()]
    with translation.override(language):
        assert [(activity.code, activity.version) for activity in register()] == codes
        assert not any(activity.verified for activity in register())
    assert ("incidents.care", 1) in codes


def test_the_municipality_makes_its_own_version_and_old_lines_keep_theirs(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "content"
    own.mkdir()
    text = "".join(
        f"{name}: {value}\n  " for name, value in (ENTRY | {"code": "incidents.care", "verified": True}).items()
    )
    (own / "activities.nl.yaml").write_text(f"- {text}".replace("True", "true"), encoding="utf-8")
    settings.BOLWERK_DIR = tmp_path
    activities._register.cache_clear()
    try:
        with translation.override("nl"):
            assert (activity_now("incidents.care").version, activity_now("incidents.care").verified) == (2, True)
            first = activity_in("incidents.care", 1)
            assert first is not None
            assert not first.verified
            assert activity_in("incidents.care", 3) is None
    finally:
        activities._register.cache_clear()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"version": "2"}, "whole number"),
        ({"version": -1}, "whole number"),
        ({"purpose": ""}, "purpose must be there"),
        ({"colour": "red"}, "unknown words: colour"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_entry_and_reason(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ActivitiesRefusedError, match=r"own\.yaml, activity 2") as refusal:
        read_activities([ENTRY, ENTRY | change], source="own.yaml")
    assert why in str(refusal.value)


@pytest.mark.parametrize("entries", [None, {"code": "x"}, ["text"], [None]])
def test_what_is_no_list_of_activities_is_refused(entries: Any) -> None:
    with pytest.raises(ActivitiesRefusedError):
        read_activities(entries, source="own.yaml")
