"""Need to know: who sees which incident, straight on the rows."""

from datetime import timedelta

import pytest

from bolwerk.accounts.actions import withdraw_role
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.access import hats_of, incidents_for
from bolwerk.incidents.rules import Hat
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def test_a_reporter_sees_only_the_own_reports() -> None:
    mine, _other = make_incident(), make_incident()
    assert list(incidents_for(mine.reporter, on=TODAY)) == [mine]


def test_whoever_it_happened_to_sees_what_a_colleague_reported() -> None:
    victim = make_person("Joris Kok")
    incident = make_incident(happened_to=victim)
    assert list(incidents_for(victim, on=TODAY)) == [incident]
    assert hats_of(victim, incident, on=TODAY) == {Hat.CONCERNED}


def test_a_manager_sees_the_own_department_and_what_lies_below_it() -> None:
    stad = make_department("Stad")
    team = make_department("Toezicht", parent=stad)
    below, elsewhere = make_incident(make_person(department=team)), make_incident()
    manager = make_manager(stad)
    assert list(incidents_for(manager, on=TODAY)) == [below]
    assert hats_of(manager, elsewhere, on=TODAY) == frozenset()


def test_a_report_stays_with_the_department_where_it_happened() -> None:
    old, new = make_department("Burgerzaken"), make_department("Toezicht")
    victim = make_person(department=old)
    incident = make_incident(victim)
    victim.department = new
    victim.save()
    assert list(incidents_for(make_manager(old), on=TODAY)) == [incident]
    assert not incidents_for(make_manager(new), on=TODAY).exists()


def test_the_coordinator_sees_everything() -> None:
    make_incident(), make_incident()
    assert incidents_for(make_coordinator(), on=TODAY).count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MANAGER, Role.AGGRESSION_COORDINATOR)])
def test_no_other_role_sees_anything(role: Role) -> None:
    make_incident()
    assert not incidents_for(make_person("Iemand", role), on=TODAY).exists()


def test_a_role_taken_back_counts_at_once() -> None:
    make_incident()
    coordinator = make_coordinator()
    grant = coordinator.grants.get(role=Role.AGGRESSION_COORDINATOR)
    withdraw_role(grant=grant, by=coordinator.urn, at=MONDAY + timedelta(hours=1))
    assert not incidents_for(coordinator, on=TODAY).exists()


def test_an_incident_without_department_is_only_for_the_coordinator() -> None:
    incident = make_incident(make_person(department=None))
    assert not incidents_for(make_manager(make_department()), on=TODAY).exists()
    assert list(incidents_for(make_coordinator(), on=TODAY)) == [incident]
