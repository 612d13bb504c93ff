"""The circle of the demo has figures of seven, a feed, a copy of another host and a booklet that is out."""

from typing import cast

import pytest

from bolwerk.accounts.tests.makers import make_administrator
from bolwerk.circle.models import Card, Edition, Incoming, PooledRelease, Received
from bolwerk.circle.queries.feed import offered
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_facilitator, make_member
from bolwerk.demo.circle_exchange import KEEPER, LEADER, exchange
from bolwerk.demo.people import Town


class _Town:
    """Only the people that the exchange needs."""

    def __init__(self) -> None:
        self.people = {LEADER: make_facilitator(LEADER), KEEPER: make_administrator(KEEPER)}


@pytest.mark.django_db
def test_there_are_figures_a_feed_a_copy_and_a_booklet() -> None:
    town = _Town()
    circle = make_circle(by=town.people[LEADER])
    for number in range(12):
        make_member(circle, f"Gemeente {number:02}")
    exchange(circle, cast(Town, town), seed=45_217, at=MONDAY)
    assert PooledRelease.objects.get().cells["all"]
    assert (offered().count(), Received.objects.exclude(kind="benchmark").count()) == (2, 1)
    assert Card.objects.get().copied_from.title.startswith("Een gesprek")
    assert Incoming.objects.count() == 1
    assert [one.published_at is None for one in Edition.objects.order_by("number")] == [False, True]
