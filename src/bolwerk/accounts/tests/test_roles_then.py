"""Which roles somebody held at a moment that passed."""

from datetime import date, timedelta

import pytest

from bolwerk.accounts.actions import give_role, withdraw_role
from bolwerk.accounts.queries import roles_then
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.actions import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_role_counts_from_its_first_day_until_it_is_taken_back() -> None:
    person = make_person("Mo Bakker")
    grant = give_role(person=person, role=Role.MANAGER, by=SYSTEM, at=AT)
    withdraw_role(grant=grant, by=SYSTEM, at=AT + timedelta(days=2))
    moments = [AT - timedelta(days=1), AT, AT + timedelta(days=2), AT + timedelta(days=3)]
    held = roles_then((person.pk, at) for at in moments)
    assert [Role.MANAGER in held[person.pk, at] for at in moments] == [False, True, False, False]


def test_a_role_until_a_day_counts_on_that_day() -> None:
    person = make_person()
    give_role(person=person, role=Role.BOARD, by=SYSTEM, at=AT, until=date(2026, 11, 24))
    held = roles_then([(person.pk, AT), (person.pk, AT + timedelta(days=1)), (person.pk, AT + timedelta(days=2))])
    assert [Role.BOARD in roles for roles in held.values()].count(True) == 2
