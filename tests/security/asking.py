"""How the access matrix is asked: everybody, on every route, and what is hidden beside what does not exist."""

import os
import re
from collections import Counter
from collections.abc import Container
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from bolwerk.accounts.routes import HIDDEN, Route
from bolwerk.accounts.rules import Role
from tests.security import matrix
from tests.security.world import World, parameters, undone
from tests.security.writing import changed_tables

# The whole in `make drills`, on PostgreSQL in `make slow`, and whenever the table is written anew.
WHOLE = not {"BOLWERK_FULL_SIZE", matrix.WRITE}.isdisjoint(os.environ)
# Asked is one in so many of those who get something, and of those whom the thing refuses. That somebody is shut out by
# mistake, of whom the other half is asked there, is found by `make drills`.
GOT, SHARE = (2, 3) if connection.vendor == "sqlite" else (4, 8)
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


def at_the_door(route: Route, who: str) -> bool:
    """Whether somebody is refused by role, before anything is looked up."""
    return who in list(Role) and route.gets(Role(who)) == HIDDEN


def asked(everybody: list[str], groups: dict[str, list[str]], turn: int, at_door: Container[str] = ()) -> list[str]:
    """Who is asked on a method of a route: in `make test` a sample that the table chooses (ADR 57), in turns.

    Of those who get something there half are asked, others on each route, and a share of those whom the thing refuses;
    others on the other database.
    Of those who are refused at the door, before anything is looked up, one is: another on each route.
    """
    if WHOLE:
        return everybody
    piles: dict[tuple[str, bool], list[str]] = {}
    for who in everybody:
        piles.setdefault((matrix.status_of(who, groups), who in at_door), []).append(who)
    chosen = []
    for (status, refused_at_door), pile in piles.items():
        got, by_the_thing = status not in REFUSED, status == "404" and not refused_at_door
        share = GOT if got else SHARE if by_the_thing else len(pile)
        chosen += pile[turn % min(share, len(pile)) :: share]
    return chosen


def compares(route: Route, who: str, turn: int) -> bool:
    """Whether what is hidden from somebody is held against what does not exist; in `make drills` it always is.

    It is for whoever gets past the door of the route and is refused by the thing. Of those who are refused at the door,
    one in five is taken, in turns: others on each route (ADR 47).
    """
    return WHOLE or not at_the_door(route, who) or (list(Role).index(Role(who)) + turn) % 5 == 0


@dataclass
class Found:
    """What came of asking, beside the table that was agreed with."""

    agreed: dict[str, matrix.Row]
    results: dict[str, matrix.Results] = field(default_factory=dict)
    hidden: Counter[str] = field(default_factory=Counter)  # answers, by route, that say nothing is there
    told_apart: list[str] = field(default_factory=list)  # where such an answer differs from that of what is not there
    looked_at: set[str] = field(default_factory=set)  # the routes that somebody got, which are asked with HEAD too
    changed: dict[str, set[str]] = field(default_factory=dict)  # the tables that a GET or HEAD changed, by route

    def ask(self, world: World, route: Route, browsers: dict[str, Client], turn: int) -> None:
        """Ask on a route, everybody who is asked there."""
        for method in sorted(route.methods):
            groups = self.agreed.get(route.name, {}).get(method, {})
            results = self.results.setdefault(route.name, {}).setdefault(method, {})
            at_door = {who for who in browsers if at_the_door(route, who)}
            for who in asked(list(browsers), groups, turn, at_door):
                beside = compares(route, who, turn)
                results[who] = self._ask(world, route, method, (who, browsers[who], beside))

    def _ask(self, world: World, route: Route, method: str, of: tuple[str, Client, bool]) -> str:
        """Ask one; where something is hidden, ask the same of what does not exist, beside it."""
        who, client, beside = of
        address, form = world.address(route), world.forms.get(route.name) if method == "POST" else None
        with changed_tables() as changed:
            real = answer(client, method, address, form)
            if method == "GET" and real.status_code == 200 and route.name not in self.looked_at:
                self.looked_at.add(route.name)
                answer(client, "HEAD", address)
        if method == "GET" and changed:
            self.changed[route.name] = changed
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
