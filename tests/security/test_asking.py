"""The asking of the access matrix can fail: what differs from the table is told, asked whole or as a sample."""

import pytest
from django.http import HttpResponse
from django.test import Client

from bolwerk.accounts.routes import all_routes
from bolwerk.accounts.tests.makers import make_department
from tests.security import asking, matrix
from tests.security.asking import Found
from tests.security.world import World

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
    monkeypatch.setattr(asking, "GOT", 1)
    turns = [asking.asked(EVERYBODY, ROW["GET"], turn, {"reporter", "analyst"}) for turn in range(2)]
    assert turns == [["anonymous", "reporter", "manager"], ["anonymous", "analyst", "manager"]]


def test_of_those_who_get_something_others_are_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", False)
    monkeypatch.setattr(asking, "GOT", 2)
    everybody: dict[str, list[str]] = {"200": [matrix.EVERYBODY_ELSE]}
    assert [asking.asked(list("abcde"), everybody, turn) for turn in range(2)] == [["a", "c", "e"], ["b", "d"]]


def test_whom_the_thing_refuses_is_asked_for_a_share_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", False)
    monkeypatch.setattr(asking, "SHARE", 3)
    refused: dict[str, list[str]] = {"404": [matrix.EVERYBODY_ELSE]}
    turns = [asking.asked(list("abcdefg"), refused, turn) for turn in range(3)]
    assert turns == [["a", "d", "g"], ["b", "e"], ["c", "f"]]
    assert asking.asked(["a", "b"], refused, 3) == ["b"], "fewer than the share: one of them"


def test_the_whole_is_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE", True)
    assert asking.asked(EVERYBODY, ROW["GET"], 0) == EVERYBODY


@pytest.mark.django_db
def test_a_look_that_changes_something_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_asked: object) -> HttpResponse:
        make_department("Balie")
        return HttpResponse()

    monkeypatch.setattr(asking, "answer", answer)
    found = Found({"people": {"GET": {"200": [matrix.EVERYBODY_ELSE]}}})
    people = next(route for route in all_routes() if route.name == "people")
    found.ask(World({}, {}, {}), people, {"board": Client()}, turn=0)
    assert found.changed == {"people": {"accounts_department"}}
