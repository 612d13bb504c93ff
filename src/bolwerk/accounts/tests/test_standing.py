"""Roles and the departments below them are one question, and none is remembered over requests."""

from datetime import timedelta

import pytest

from bolwerk.accounts.access import standing_of, with_descendants
from bolwerk.accounts.models import Grant
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person
from bolwerk.ui.once import asking_once
from tests.queries import counted

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def test_a_role_below_a_department_asks_once_for_role_and_tree() -> None:
    sector = make_department("Sector")
    team = make_department("Team", parent=make_department("Middle", parent=sector))
    manager = make_person("Hella Head", Role.MANAGER, roles_for=sector)
    make_department("Elsewhere")
    with counted() as statements, asking_once():
        reach = standing_of(manager, on=TODAY).reach(Role.MANAGER)
        assert with_descendants([sector.pk]) == reach
    assert len(statements) == 1
    assert reach == {sector.pk, team.parent_id, team.pk}


def test_who_has_no_role_below_a_department_brings_no_tree_along() -> None:
    make_department("Sector")
    everywhere = make_person("Evy Everywhere", Role.MANAGER)
    assert standing_of(everywhere, on=TODAY).reach(Role.MANAGER) is None
    with asking_once():
        standing_of(everywhere, on=TODAY)
        with counted() as statements:
            with_descendants([])
    assert len(statements) == 1  # asked for itself: an empty answer is not taken for the tree


def test_a_role_that_is_withdrawn_is_gone_at_the_next_question() -> None:
    sector = make_department("Sector")
    manager = make_person("Hella Head", Role.MANAGER, roles_for=sector)
    assert standing_of(manager, on=TODAY).reach(Role.MANAGER) == frozenset({sector.pk})
    Grant.objects.filter(person=manager, role=Role.MANAGER).update(withdrawn_at=AT)
    assert standing_of(manager, on=TODAY).reach(Role.MANAGER) == frozenset()


def test_everybody_and_every_day_is_asked_about_anew() -> None:
    manager, analyst = make_person("Max Manager", Role.MANAGER), make_person("Anna Lyst", Role.ANALYST)
    tomorrow = TODAY + timedelta(days=1)
    Grant.objects.filter(person=analyst, role=Role.ANALYST).update(starts_on=tomorrow)
    assert standing_of(manager, on=TODAY).roles == {Role.EMPLOYEE, Role.MANAGER}
    assert standing_of(analyst, on=TODAY).roles == {Role.EMPLOYEE}
    assert standing_of(analyst, on=tomorrow).roles == {Role.EMPLOYEE, Role.ANALYST}
    Grant.objects.filter(person=analyst).update(ends_on=tomorrow)
    assert standing_of(analyst, on=tomorrow + timedelta(days=1)).roles == frozenset()
