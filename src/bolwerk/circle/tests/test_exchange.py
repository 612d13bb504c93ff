"""What others signed comes in as a copy with its origin; what leaves is exactly what was seen."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.circle.actions.exchange import (
    CopyMovedError,
    Item,
    KeyKnownError,
    bring_in,
    change_copy,
    draft,
    issue,
    keep_own,
    revoke_key,
    take_in,
    take_theirs,
    withdraw,
    write_feed,
)
from bolwerk.circle.models import Incoming, Issued, Received
from bolwerk.circle.queries.bundles import leaving, schema_of
from bolwerk.circle.queries.feed import feed_file, feed_index
from bolwerk.circle.rules.bundles import BundleRefusedError, Refusal
from bolwerk.circle.tests.exchange_makers import CARD, Elsewhere, card
from bolwerk.circle.tests.makers import MONDAY, make_facilitator

pytestmark = pytest.mark.django_db


@pytest.fixture
def iris() -> Person:
    return make_facilitator()


@pytest.fixture
def them() -> Elsewhere:
    there = Elsewhere()
    there.trusted(make_person("Bea Heer", Role.FUNCTIONAL_ADMINISTRATOR))
    return there


def take(data: bytes, by: Person) -> Received:
    return take_in(incoming=bring_in(data=data, by=by, at=MONDAY), by=by, at=MONDAY)


def test_a_bundle_waits_until_somebody_looked_and_then_is_a_copy(iris: Person, them: Elsewhere) -> None:
    waiting = bring_in(data=them.signed(), by=iris, at=MONDAY)
    assert not Received.objects.exists()
    copy = take_in(incoming=waiting, by=iris, at=MONDAY)
    assert (copy.copy.shown, copy.origin.name, copy.own) == (CARD, "Kring Noord", None)
    assert not Incoming.objects.exists()
    events = set(Line.objects.values_list("event", flat=True))
    assert {"circle.bundle.waits", "circle.bundle.taken_in", "circle.key.trusted"} <= events


def test_what_is_refused_leaves_nothing_but_a_line(iris: Person, them: Elsewhere) -> None:
    for data in (b"x", Elsewhere().signed(), them.signed(content=card(problem="BSN 999990019"))):
        with pytest.raises(BundleRefusedError):
            bring_in(data=data, by=iris, at=MONDAY)
    assert not Incoming.objects.exists()
    assert not Received.objects.exists()
    lines = Line.objects.filter(event="circle.bundle.refused").order_by("sequence")
    told = [line.facts["refusal"] for line in lines]
    assert told == ["no_bundle", "unknown_key", "personal"]


def test_an_older_version_is_not_replayed(iris: Person, them: Elsewhere) -> None:
    item = str(uuid4())
    take(them.signed(item=item, sequence=2), iris)
    for sequence, why in ((1, Refusal.OLDER), (2, Refusal.KNOWN)):
        with pytest.raises(BundleRefusedError) as raised:
            bring_in(data=them.signed(item=item, sequence=sequence), by=iris, at=MONDAY)
        assert raised.value.refusal is why


def test_a_key_that_was_revoked_while_a_bundle_waited_lets_nothing_in(iris: Person, them: Elsewhere) -> None:
    waiting = bring_in(data=them.signed(), by=iris, at=MONDAY)
    revoke_key(key=waiting.origin, by=iris, at=MONDAY)
    assert not Incoming.objects.exists()
    with pytest.raises(BundleRefusedError) as raised:
        take_in(incoming=waiting, by=iris, at=MONDAY)
    assert raised.value.refusal is Refusal.REVOKED
    with pytest.raises(KeyKnownError):
        them.trusted(iris)


def test_an_own_change_is_never_overwritten(iris: Person, them: Elsewhere) -> None:
    item, newer = str(uuid4()), card(problem="Nieuwe tekst.")
    own = card(problem="Bij ons gaat het anders.")
    copy = take(them.signed(item=item), iris)
    change_copy(row=copy, content=own, by=iris, at=MONDAY, seen=1)
    copy = take(them.signed(item=item, sequence=2, content=newer), iris)
    assert (copy.copy.shown, copy.beside, copy.sequence) == (own, newer, 2)
    with pytest.raises(CopyMovedError):
        keep_own(row=copy, by=iris, at=MONDAY, seen=copy.version - 1)
    kept = keep_own(row=copy, by=iris, at=MONDAY, seen=copy.version)
    assert (kept.copy.shown, kept.base, kept.beside) == (own, newer, None)
    copy = take(them.signed(item=item, sequence=3), iris)
    assert take_theirs(row=copy, by=iris, at=MONDAY, seen=copy.version).copy.shown == CARD


def item(**changes: Any) -> Item:
    return Item("card", uuid4(), "Mystery guest", card(**changes))


def test_what_was_seen_is_what_is_signed_to_the_letter(iris: Person) -> None:
    row = draft(item=item(), by=iris, at=MONDAY)
    seen = json.loads(leaving(row, at=MONDAY))
    signed = json.loads(issue(row=row, by=iris, at=MONDAY).data)
    assert signed.pop("signature") != seen.pop("signature")
    assert signed == seen


def test_what_others_would_refuse_does_not_leave(iris: Person) -> None:
    for wrong in ({"problem": "Bel 06-12345678"}, {"problem": ""}, {"experience": "<script>"}):
        with pytest.raises(BundleRefusedError):
            draft(item=item(**wrong), by=iris, at=MONDAY)
    assert not Issued.objects.exists()


def test_the_feed_has_the_newest_version_until_it_is_taken_back(iris: Person, tmp_path: Path) -> None:
    one = item()
    first = issue(row=draft(item=one, by=iris, at=MONDAY), by=iris, at=MONDAY)
    draft(item=one, by=iris, at=MONDAY)
    last = issue(row=draft(item=one, by=iris, at=MONDAY), by=iris, at=MONDAY)
    assert (first.sequence, last.sequence) == (1, 2)
    listed = json.loads(feed_index(at=MONDAY))
    assert not list(Draft202012Validator(schema_of("feed")).iter_errors(listed))
    assert [entry["sequence"] for entry in listed["items"]] == [2]
    assert feed_file(last.file_name) == last.data.encode()
    assert write_feed(folder=tmp_path, at=MONDAY) == 1
    assert (tmp_path / last.file_name).read_bytes() == last.data.encode()
    withdraw(row=last, by=iris, at=MONDAY)
    assert (feed_file(last.file_name), write_feed(folder=tmp_path, at=MONDAY)) == (None, 0)
    assert [file.name for file in tmp_path.iterdir()] == ["index.json"]


def test_reports_and_figures_never_stand_in_the_feed(iris: Person) -> None:
    told = {"municipality": "Oosterwaard", "card": "mystery-guest", "state": "started"}
    row = draft(item=Item("adoption", uuid4(), "Overname", told), by=iris, at=MONDAY)
    issue(row=row, by=iris, at=MONDAY)
    assert json.loads(feed_index(at=MONDAY))["items"] == []
    assert feed_file(row.file_name) is None
