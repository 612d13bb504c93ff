"""No request from elsewhere changes anything (quality.md, 3 B 12). That no GET does is seen by the access matrix."""

import pytest
from django.conf import settings
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.routes import BY_OBJECT, OPEN, Route, all_routes
from bolwerk.accounts.rules import Role
from tests.security import matrix
from tests.security.world import REPORTER, World
from tests.security.writing import changed_tables

ROUTES = all_routes()
SECRET = "a" * 32  # a token as Django keeps it in the cookie
OTHER_SECRET = "b" * 32
HERE = "http://testserver"
# Browsers send their reports by themselves and cannot add a token; other installations have a secret and no session.
WITHOUT_TOKEN = {"ui:policy_report", "trail:anchors"}
POSTED = [route for route in ROUTES if "POST" in route.methods and route.name not in WITHOUT_TOKEN]
PARTS = 3  # in which they are asked


def who_may(route: Route) -> str:
    """Somebody for whom the route opens, as the table says."""
    for method in ("POST", "GET"):
        for status, people in matrix.table()[route.name].get(method, {}).items():
            if status in {"200", "302", "204"} and people != [matrix.EVERYBODY_ELSE]:
                return people[0] if people[0] != "anonymous" else REPORTER
    allowed = [role for role in Role if route.gets(role) in {OPEN, BY_OBJECT}]
    return REPORTER if Role.EMPLOYEE in allowed else allowed[0].value


def strict_client(world: World, route: Route) -> Client:
    """A browser that is held to the token, of somebody who may."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client(who_may(route)).cookies
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    return client


def attempts(client: Client, address: str) -> dict[str, int]:
    """Posting without a token, with a wrong one, and with the right one from elsewhere."""
    right = {"csrfmiddlewaretoken": SECRET}
    elsewhere = "https://elsewhere.example"
    return {
        "no token": client.post(address, {}, headers={"origin": HERE}).status_code,
        "wrong token": client.post(
            address, {"csrfmiddlewaretoken": OTHER_SECRET}, headers={"origin": HERE}
        ).status_code,
        "foreign origin": client.post(address, right, headers={"origin": elsewhere}).status_code,
        "no origin": client.post(
            address, right, headers={"origin": "null", "sec-fetch-site": "cross-site"}
        ).status_code,
    }


@pytest.mark.once  # a token is refused before anything is looked up
@pytest.mark.parametrize("part", range(PARTS))
def test_a_post_from_elsewhere_is_refused_and_changes_nothing(world: World, part: int) -> None:
    found: dict[str, dict[str, int]] = {}
    for route in POSTED[part::PARTS]:
        client = strict_client(world, route)
        with changed_tables() as changed:
            found[route.name] = attempts(client, world.address(route))
        assert changed == set(), route.name
    assert {name: got for name, got in found.items() if set(got.values()) != {403}} == {}
    assert len(found) > 50


def test_a_post_with_the_right_token_from_here_does_work(world: World) -> None:
    route = next(route for route in ROUTES if route.name == "person_reactivate")
    Person.objects.filter(pk=str(world.thing(route, "person_id"))).update(is_active=False)
    client = strict_client(world, route)
    right = {"csrfmiddlewaretoken": SECRET}
    with changed_tables() as changed:
        assert client.post(world.address(route), right, headers={"origin": HERE}).status_code == 302
    assert changed == {"accounts_person", "accounts_grant"}
