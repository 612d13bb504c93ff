"""Every route says who gets what, and a route that says nothing is found."""

import json

import pytest
from click.testing import CliRunner

from bolwerk.accounts import routes
from bolwerk.accounts.routes import Route, all_routes, undeclared_routes
from bolwerk.accounts.rules import Role
from bolwerk.config.commands.routes import command

FORGOTTEN = Route("forgotten", "forgotten/", None)


def test_every_route_declares_its_access() -> None:
    assert [route.path for route in undeclared_routes()] == []


def test_json_has_every_route_with_what_each_role_gets() -> None:
    told = json.loads(CliRunner().invoke(command, ["--json"]).stdout)["routes"]
    assert len(told) == len(all_routes())
    people = next(route for route in told if route["name"] == "people")
    assert (people["path"], people["methods"]) == ("/mensen/", ["GET"])
    gets = people["roles"]
    assert (gets["anonymous"], gets["functional_administrator"], gets["analyst"]) == ("302", "200", "404")
    assert set(gets) == {"anonymous", *(role.value for role in Role)}


def test_check_names_a_route_without_declared_access(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "all_routes", lambda: [FORGOTTEN])
    done = CliRunner().invoke(command, ["--check"])
    assert (done.exit_code, "/forgotten/" in done.output) == (1, True)
    assert set(FORGOTTEN.table().values()) == {"404"}


def test_the_table_for_people_reads_in_words() -> None:
    said = CliRunner().invoke(command, []).stdout
    assert "functional_administrator" in said
    assert "/mensen/" in said
