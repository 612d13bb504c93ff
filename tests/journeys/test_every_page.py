"""Every page there is, in a real browser: axe finds nothing, nothing sticks out, in both languages, on both sizes.

Which pages there are and who gets them is what the access matrix says; the things on them are those of its world. A new
page is looked at from the moment that it stands in the matrix. `make test` looks at every page once, in turns in one
language on a phone and in the other on a desk; `make drills` the other way round; `make slow` (BOLWERK_FULL_SIZE) takes
all four.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.routes import Route, all_routes
from tests.browser import DESKTOP, PHONE, NotAccessibleError, axe, fits, guarded_context
from tests.security import matrix
from tests.security.world import World, make_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PARTS = 2  # in which the pages are looked at, so that parts run beside each other; each builds the world anew
PAGES = [route for route in all_routes() if "GET" in route.methods]
ALL = bool(os.environ.get("BOLWERK_FULL_SIZE"))
LOOKS = [("nl", PHONE), ("en", DESKTOP)] + ([("nl", DESKTOP), ("en", PHONE)] if ALL else [])
LEAVES = {"account_logout"}  # opening it ends the session that the next page needs


def who_gets(world: World, route: Route) -> str | None:
    """Somebody who gets this page, by the table that was agreed with."""
    groups = matrix.table()[route.name]["GET"]
    others = {who for status, those in groups.items() if status != "200" for who in those}
    if matrix.EVERYBODY_ELSE in groups.get("200", []):
        return next(who for who in world.people if who not in others)
    return next(iter(groups.get("200", [])), None)


def pages(world: World, part: int) -> Iterator[tuple[str, str]]:
    """The address of each page of this part that is one whole page, with the session of somebody who gets it."""
    for route in PAGES[part::PARTS]:
        who = who_gets(world, route)
        if who is None or route.name in LEAVES:
            continue
        client, address = world.client(who), world.address(route)
        response = client.get(address)
        assert response.status_code == 200, (
            f"{address} answers {response.status_code} to {who}, not what the table says"
        )
        whole = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if whole and b"<html" in response.content:
            cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
            yield address, cookie.value if cookie else ""


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page that the browser shows now."""
    found = [] if fits(page) else [f"{address} sticks out sideways"]
    try:
        axe(page)
    except NotAccessibleError as breach:
        found.append(str(breach))
    return found


def look(page: Page, base: str, address: str, cookies: dict[str, str]) -> list[str]:
    """Open a page as somebody, and say what is wrong with it."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items() if value])
    page.goto(base + address)
    return faults(page, address)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.drill)])  # each page in its other look
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, live_server: LiveServer, part: int, turn: int
) -> None:
    found, seen = [], 0
    with ExitStack() as opened:
        views = [
            (
                language,
                opened.enter_context(guarded_context(browser, viewport=size, reduced_motion="reduce")).new_page(),
            )
            for language, size in LOOKS
        ]
        for number, (address, session) in enumerate(pages(make_world(), part), start=turn):
            for language, page in views[number % 2 :: 2]:
                cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
                found += [f"{language}: {fault}" for fault in look(page, live_server.url, address, cookies)]
            seen += 1
    assert found == []
    assert seen >= len(PAGES) // PARTS // 2
