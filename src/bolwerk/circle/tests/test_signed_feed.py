"""The list of what another installation offers is signed: nobody leaves an item out, or brings an older list back."""

import json
from hashlib import sha256
from typing import Any

import pytest

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_administrator
from bolwerk.circle.actions.exchange import FeedUnreachableError, Looked, fetching, look_at_feed
from bolwerk.circle.models import Incoming, TrustedKey
from bolwerk.circle.queries.bundles import opened
from bolwerk.circle.queries.feed import FEED_SCHEMA, feed_to_sign
from bolwerk.circle.tests.exchange_makers import Elsewhere
from bolwerk.circle.tests.makers import MONDAY, make_facilitator

pytestmark = pytest.mark.django_db
HOME = "https://kring-noord.example/leerkring/aanbod/"
EARLY, LATE = "2026-11-01T09:00:00+00:00", "2026-11-20T09:00:00+00:00"


class Feed:
    """What lies at the address of another installation."""

    def __init__(self, there: Elsewhere) -> None:
        self.there, self.bundle = there, there.signed()
        self.at, self.changes = LATE, dict[str, Any]()

    def index(self) -> bytes:
        """The list, signed, with what a mirror changed in it afterwards."""
        found = opened(self.bundle.decode())
        item: dict[str, Any] = {"kind": "card", "item": found.item, "sequence": 1, "title": found.title}
        item |= {"file": f"card-{found.item}.json", "sha256": sha256(self.bundle).hexdigest()}
        told: dict[str, Any] = {"schema": FEED_SCHEMA, "name": self.there.name, "key": self.there.public, "at": self.at}
        told |= {"items": [item]}
        told |= {"signature": self.there.sign(feed_to_sign(told))}
        return json.dumps(told | self.changes).encode()

    def fetched(self, *, url: str, limit: int, loopback: bool) -> bytes:
        """What a line would bring."""
        return self.index() if url.endswith("index.json") else self.bundle


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Feed:
    there = Elsewhere()
    there.trusted(make_administrator(), feed=f"{HOME}index.json")
    made = Feed(there)
    monkeypatch.setattr(fetching, "fetched", made.fetched)
    return made


@pytest.fixture
def iris() -> Person:
    return make_facilitator()


def look(by: Person) -> Looked:
    return look_at_feed(key=TrustedKey.objects.get(), by=by, at=MONDAY)


def test_a_signed_list_brings_what_it_names(feed: Feed, iris: Person) -> None:
    assert len(look(iris).new) == 1
    assert look(iris).known == 1
    assert Incoming.objects.count() == 1


@pytest.mark.parametrize("changes", [{"items": []}, {"at": EARLY}, {"name": "Anders"}, {"signature": "0" * 128}])
def test_a_list_that_was_changed_on_the_way_is_refused(feed: Feed, iris: Person, changes: dict[str, Any]) -> None:
    feed.changes = changes
    with pytest.raises(FeedUnreachableError):
        look(iris)
    assert not Incoming.objects.exists()


def test_a_list_of_another_key_and_one_without_a_signature_are_refused(feed: Feed, iris: Person) -> None:
    key, feed.there = feed.there, Elsewhere()
    with pytest.raises(FeedUnreachableError):
        look(iris)
    feed.there, feed.changes = key, {"signature": None}
    with pytest.raises(FeedUnreachableError):
        look(iris)


def test_an_older_list_than_the_one_of_before_is_refused(feed: Feed, iris: Person) -> None:
    look(iris)
    feed.at = EARLY
    with pytest.raises(FeedUnreachableError):
        look(iris)
    feed.at = LATE
    assert look(iris).known == 1
