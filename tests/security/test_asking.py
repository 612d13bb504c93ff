"""The asking of the access matrix can fail: what differs from the table is told, asked whole or as a sample."""

import pytest

from tests.security import asking, matrix
from tests.security.asking import Found

EVERYBODY = ["anonymous", "reporter", "manager", "analyst"]
ROW: matrix.Row = {"GET": {"200": ["manager"], "302 to the door": ["anonymous"], "404": [matrix.EVERYBODY_ELSE]}}
RIGHT = {"GET": {"anonymous": "302 to the door", "reporter": "404", "manager": "200", "analyst": "404"}}


@pytest.mark.parametrize("whole", [True, False])
def test_what_differs_from_the_table_is_told(whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", whole)
    assert Found({"page": ROW}, results={"page": RIGHT}).wrong() == {}
    for who in EVERYBODY:
        changed = {"GET": RIGHT["GET"] | {who: "500"}}
        assert list(Found({"page": ROW}, results={"page": changed}).wrong()) == ["page"], who


def test_a_sample_has_whoever_gets_something_and_one_of_each_who_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", False)
    turns = [asking.asked(EVERYBODY, ROW["GET"], turn) for turn in range(2)]
    assert turns == [["manager", "anonymous", "reporter"], ["manager", "anonymous", "analyst"]]


def test_the_whole_is_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", True)
    assert asking.asked(EVERYBODY, ROW["GET"], 0) == EVERYBODY
