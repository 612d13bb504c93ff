"""The circle of the demo: twelve municipalities, one of which still has to read the house rules."""

from datetime import UTC, datetime

import pytest

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.circle.access import circles_of
from bolwerk.circle.models import Case, CaseDraft, CaseOutcome, FollowUp, Session
from bolwerk.circle.queries.cases import checked_draft
from bolwerk.circle.queries.circles import tables_of
from bolwerk.demo.circle import FACILITATOR, found_the_circle
from bolwerk.demo.people import PASSWORD, guests, settle

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_twelve_municipalities_sit_around_the_table_and_a_guest_of_another_one_can_sign_in() -> None:
    town = settle(at=NOW)
    circle = found_the_circle(town, at=NOW)
    tables = tables_of(circle, on=NOW.date())
    waits = [str(table.member) for table in tables if all(seat.state == "invited" for seat in table.seats)]
    assert (len(tables), waits) == (12, ["Zandschulp"])
    assert sorted(Session.objects.values_list("state", flat=True)) == ["ended", "ended", "planned"]
    (guest,) = [one for one in guests() if one.role is Role.CIRCLE_MEMBER]
    person = Person.objects.get(email=guest.email)
    assert person.check_password(PASSWORD)
    assert roles_of(person, on=NOW.date()) == {Role.CIRCLE_MEMBER}
    assert list(circles_of(person, on=NOW.date())) == [circle]
    assert list(circles_of(town.people[FACILITATOR], on=NOW.date())) == [circle]


@pytest.mark.django_db
def test_there_is_a_case_in_every_phase_and_no_name_in_what_the_circle_reads() -> None:
    found_the_circle(settle(at=NOW), at=NOW)
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states == ["done", "done", "planned", "shared", "shared", "withdrawn"]
    assert sorted(len(checked_draft(draft).open) for draft in CaseDraft.objects.all()) == [0, 7]
    read = " ".join(f"{case.title} {case.situation} {case.question}" for case in Case.objects.all())
    assert not {name for name in ("Schuurmans", "Bosch", "Dijkgraaf", "Slotboom") if name in read}
    assert (FollowUp.objects.count(), CaseOutcome.objects.get().outcome) == (7, "some")
