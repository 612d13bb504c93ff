"""A host of learning circles has no other room: no address, no door, no task, nothing that tells that they exist."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.http import HttpResponseNotFound
from pytest_django import Settings

from bolwerk.accounts.routes import all_routes
from bolwerk.accounts.rules import Role
from bolwerk.config import host, urls
from tests.security.asking import WHOLE
from tests.security.world import ANONYMOUS, World

BOLWERK = [sys.executable, "-c", "from bolwerk.config.cli import main; main()"]
CLOSED_SPACES = ("incidents:", "hub:", "safety:")
LISTS = ("ROOM_DOORS", "ROOM_SENT", "ROOM_LOOKS", "ROOM_SUBJECTS", "RETENTION", "PROCESSING_ACTIVITIES", "URN_NAMED")
BY_APP = (
    "SUBJECT_ADDRESSES",
    "DOCUMENT_READERS",
    "DOCUMENT_REMOVERS",
    "DOCUMENT_PEOPLE",
    "BUNDLE_AGGREGATES",
    "BUNDLE_YEARS",
)


def hosting(settings: Settings, *, without_pages: bool = False) -> None:
    """Make this process a host, as the settings of a process that starts with BOLWERK_HOST_MODE=yes are.

    Where only the status counts, thousands of times, "not found" comes without its page.
    """
    addresses = ModuleType("addresses_of_a_host")
    vars(addresses).update(vars(urls) | {"urlpatterns": urls.addresses(host_mode=True)})
    if without_pages:
        vars(addresses)["handler404"] = lambda _request, exception: HttpResponseNotFound(type(exception).__name__)
    settings.HOST_MODE, settings.ROOT_URLCONF = True, addresses
    for name in LISTS:
        setattr(settings, name, host.open_ones(getattr(settings, name), host=True))
    for name in BY_APP:
        setattr(settings, name, host.open_apps(getattr(settings, name), host=True))


def started(tmp_path: Path) -> dict[str, list[str]]:
    """What a process that starts as a host says of its addresses and lists."""
    ask = (
        "import django, json; django.setup(); from django.conf import settings; "
        "from bolwerk.accounts.routes import all_routes; "
        f"print(json.dumps({{name: list(getattr(settings, name)) for name in {(*LISTS, *BY_APP, 'PERIODIC_JOBS')}}} "
        "| {'routes': [route.name for route in all_routes()]}))"
    )
    env = os.environ | {"BOLWERK_HOST_MODE": "yes", "BOLWERK_DIR": str(tmp_path)}
    env["DJANGO_SETTINGS_MODULE"] = "bolwerk.config.settings"
    done = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True, timeout=60)
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


@pytest.mark.once  # an address that is not there is never looked up
def test_every_address_of_another_room_is_404_for_everybody(world: World, settings: Settings) -> None:
    rooms = [route for route in all_routes() if route.name.startswith(CLOSED_SPACES)]
    addresses = {route.name: (world.address(route), sorted(route.methods)) for route in rooms}
    hosting(settings, without_pages=True)
    everybody = (ANONYMOUS, *Role)
    opened = [
        f"{method} {name} for {who}"
        for place, who in enumerate(everybody)
        for client in [world.client(who)]
        for number, (name, (address, methods)) in enumerate(addresses.items())
        if WHOLE or (place + number) % 4 == 0  # each address a quarter of them, others at the next one
        for method in methods
        if getattr(client, method.lower())(address).status_code != 404
    ]
    assert len(rooms) > 100
    assert opened == []


def test_what_stays_opens_and_shows_no_door_to_another_room(world: World, settings: Settings) -> None:
    hosting(settings)
    for who in (Role.CIRCLE_FACILITATOR, Role.FUNCTIONAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.EMPLOYEE):
        client = world.client(who)
        for address in ("/", "/meer/", "/taken/", "/hulp/"):
            page = client.get(address)
            assert page.status_code == 200, (who, address)
            assert not any(there in page.content.decode() for there in ("/meldingen/", "/knooppunt/", "/cijfers/"))
    facilitator = world.client(Role.CIRCLE_FACILITATOR)
    home = facilitator.get("/").content.decode()
    assert 'class="day-door" href="/leerkring/"' in home
    assert "Iets kleins voor vandaag" not in home, "that speaks of reports"
    assert "Wie keek naar mijn meldingen" not in home
    assert facilitator.get("/leerkring/uitwisseling/cijfers/").status_code == 404
    assert "uitwisseling/cijfers" not in facilitator.get("/leerkring/uitwisseling/").content.decode()
    assert world.client(Role.FUNCTIONAL_ADMINISTRATOR).get("/mensen/").status_code == 200
    assert world.client(Role.PRIVACY_OFFICER).get("/bewaartermijnen/").status_code == 200
    assert world.client(Role.FUNCTIONAL_ADMINISTRATOR).get("/toestand/").status_code == 200


def test_a_process_that_starts_as_a_host_names_no_other_room(tmp_path: Path) -> None:
    told = started(tmp_path)
    assert {"overview:my_day", "people", "trail:lines", "state", "account_login"} <= set(told["routes"])
    assert [name for name in told["routes"] if name.startswith(CLOSED_SPACES)] == []
    named = {address for name, addresses in told.items() if name != "routes" for address in addresses}
    assert [address for address in named if not host.is_open(address, host=True)] == []
    assert not named & host.APPS_CLOSED


def test_the_list_of_routes_says_so(tmp_path: Path) -> None:
    env = os.environ | {"BOLWERK_HOST_MODE": "yes", "DJANGO_SETTINGS_MODULE": "bolwerk.config.settings"}
    run = [*BOLWERK, "routes", "--dir", str(tmp_path)]
    said = subprocess.run(run, env=env, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "Host mode: only learning circles. Not there: bolwerk.incidents, bolwerk.hub" in said
    assert "meldingen/" not in said
