"""How the access matrix is asked: everybody, on every route, and what is hidden beside what does not exist."""

import os
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from bolwerk.accounts.routes import HIDDEN, Route
from bolwerk.accounts.rules import Role
from tests.security import matrix
from tests.security.world import World, parameters, undone

# The whole on both databases in `make slow`, and whenever the table is written anew.
WHOLE = connection.vendor == "sqlite" or not {"BOLWERK_FULL_SIZE", matrix.WRITE}.isdisjoint(os.environ)
EVERY_NOTHING = not {"BOLWERK_FULL_SIZE", matrix.WRITE}.isdisjoint(os.environ)
REFUSED = {"404", matrix.TO_THE_DOOR}
FEWEST = 11 if WHOLE else 1  # answers that nothing is there, on a route that asks for a thing
CHANGING = re.compile(r'nonce-[\w-]+|csrfmiddlewaretoken" value="\w+"|[0-9a-f]{32}|[0-9a-f-]{36}|\?v=\w+')


def answer(client: Client, method: str, address: str, form: dict[str, object] | None = None) -> HttpResponse:
    """The answer to a request, with a form where the page needs one. Nothing of it stays."""
    cookies = deepcopy(client.cookies)
    with undone():
        ask = getattr(client, method.lower())
        response: HttpResponse = ask(address) if form is None else ask(address, form)
    client.cookies = cookies  # signing out must not sign out the next request
    return response


def result(response: HttpResponse) -> str:
    """The status of an answer; a redirect to the door is told apart."""
    to_the_door = response.status_code == 302 and response["Location"].startswith("/inloggen/?")
    return matrix.TO_THE_DOOR if to_the_door else str(response.status_code)


def plain(response: HttpResponse) -> str:
    """A page without what differs on every request."""
    return CHANGING.sub("", response.content.decode())


def asks_for_a_thing(route: Route) -> bool:
    """Whether the address names a thing by an id that cannot be guessed, which not everybody who signed in may see."""
    access = route.access
    kept_back = access is None or access.per_object or bool(access.roles)
    return kept_back and any(name.endswith("_id") for name in parameters(route))


def asked(everybody: list[str], groups: dict[str, list[str]], turn: int) -> list[str]:
    """Who is asked on a method of a route: everybody; on the second database a sample that the table chooses (ADR 47).

    Whoever gets something there is asked on both. Of those who are refused one is, in turns: another on each route.
    """
    if WHOLE:
        return everybody
    chosen = []
    for status in groups:
        group = [who for who in everybody if matrix.status_of(who, groups) == status]
        chosen += [group[turn % len(group)]] if status in REFUSED else group
    return chosen


def compares(route: Route, who: str, turn: int) -> bool:
    """Whether what is hidden from somebody is held against what does not exist; in `make slow` it always is.

    It is for whoever gets past the door of the route and is refused by the thing. Of those who are refused at the door,
    before anything is looked up, one in five is taken, in turns: others on each route (ADR 47).
    """
    roles = list(Role)
    at_the_door = who in roles and route.gets(Role(who)) == HIDDEN
    return EVERY_NOTHING or not at_the_door or (roles.index(Role(who)) + turn) % 5 == 0


@dataclass
class Found:
    """What came of asking, beside the table that was agreed with."""

    agreed: dict[str, matrix.Row]
    results: dict[str, matrix.Results] = field(default_factory=dict)
    hidden: Counter[str] = field(default_factory=Counter)  # answers, by route, that say nothing is there
    told_apart: list[str] = field(default_factory=list)  # where such an answer differs from that of what is not there

    def ask(self, world: World, route: Route, browsers: dict[str, Client], turn: int) -> None:
        """Ask on a route, everybody who is asked there."""
        for method in sorted(route.methods):
            groups = self.agreed.get(route.name, {}).get(method, {})
            results = self.results.setdefault(route.name, {}).setdefault(method, {})
            for who in asked(list(browsers), groups, turn):
                beside = compares(route, who, turn)
                results[who] = self._ask(world, route, method, (who, browsers[who], beside))

    def _ask(self, world: World, route: Route, method: str, of: tuple[str, Client, bool]) -> str:
        """Ask one; where something is hidden, ask the same of what does not exist, beside it."""
        who, client, beside = of
        form = world.forms.get(route.name) if method == "POST" else None
        real = answer(client, method, world.address(route), form)
        if real.status_code == 404 and asks_for_a_thing(route):
            self.hidden[route.name] += 1
        if beside and real.status_code == 404 and asks_for_a_thing(route):
            nothing = answer(client, method, world.address(route, of_nothing=True), form)
            if (nothing.status_code, plain(nothing)) != (404, plain(real)):
                self.told_apart.append(f"{method} {route.name}: {who}")
        return result(real)

    def wrong(self) -> dict[str, object]:
        """The routes on which something else was found than was agreed."""
        if WHOLE:
            rows = {name: matrix.row(results) for name, results in self.results.items()}
            return {name: row for name, row in rows.items() if row != self.agreed[name]}
        return {
            name: results
            for name, results in self.results.items()
            if results
            != {
                method: {who: matrix.status_of(who, self.agreed[name].get(method, {})) for who in by_person}
                for method, by_person in results.items()
            }
            or results.keys() != self.agreed[name].keys()
        }
