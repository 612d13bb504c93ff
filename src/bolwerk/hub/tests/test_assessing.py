"""No source without an assessment: versions, two people, and what happens when one no longer holds."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.hub.access import in_use
from bolwerk.hub.actions import NotAssessedError, SwitchedMeanwhileError, decide, switch_off, switch_on
from bolwerk.hub.models import Assessment, Source
from bolwerk.hub.queries import rules_on, stands
from bolwerk.hub.rules.assessments import Outcome, OutcomeNotAllowedError, OwnAssessmentError, Standing
from bolwerk.hub.tests.makers import (
    MONDAY,
    REGISTERS,
    RULES,
    TODAY,
    confirm,
    make_analyst,
    make_assessment,
    make_privacy_officer,
    put_on,
)

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def flip_on(code: str, by: Person, *, seen: int = 0) -> Source:
    return switch_on(code=code, by=by, at=MONDAY, on=TODAY, seen=seen, reason="DPIA bevestigd")


def withdraw(assessment: Assessment, by: Person) -> None:
    said = {"reason": "De verwerking is gewijzigd", "by": by, "at": MONDAY, "on": TODAY}
    decide(assessment=assessment, outcome=Outcome.WITHDRAWN, **said)  # type: ignore[arg-type]  # names of its fields


def test_at_the_beginning_everything_is_off() -> None:
    assert {stand.state.value for stand in stands(on=TODAY).values()} == {"not_assessed"}
    assert in_use(on=TODAY) == frozenset()


def test_nothing_goes_on_without_an_assessment_or_on_one_that_waits() -> None:
    analyst = make_analyst()
    with pytest.raises(NotAssessedError):
        flip_on("bag", analyst)
    make_assessment("bag", by=analyst)
    with pytest.raises(NotAssessedError):
        flip_on("bag", analyst)
    assert not Source.objects.filter(is_on=True).exists()


def test_a_confirmed_assessment_lets_an_analyst_switch_on() -> None:
    assessment = make_assessment("bag")
    confirm(assessment)
    source = flip_on("bag", make_analyst())
    assert (source.is_on, source.rests_on) == (True, assessment)
    assert in_use(on=TODAY) == {"bag"}


def test_the_database_itself_refuses_a_source_without_an_assessment() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(code="bag", is_on=True)


def test_a_change_is_a_new_version_and_the_old_one_stays() -> None:
    first = make_assessment("bag", purpose="Eerste doel")
    second = make_assessment("bag", purpose="Tweede doel")
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert (first.purpose, second.purpose) == ("Eerste doel", "Tweede doel")


def test_the_privacy_officer_gets_a_task_and_the_overtaken_one_goes() -> None:
    first = make_assessment("bag")
    task = Task.objects.get(subject=first.urn)
    assert (task.owner_role, task.page) == (Role.PRIVACY_OFFICER, "hub:assessment")
    second = make_assessment("bag")
    task.refresh_from_db()
    assert task.status == Task.Status.CANCELLED
    confirm(second)
    done = Task.objects.get(subject=second.urn, key="confirm")
    assert done.status == Task.Status.DONE
    assert Task.objects.get(subject=second.urn, key="renew").owner_role == Role.ANALYST


def test_who_wrote_it_does_not_confirm_it() -> None:
    both = make_person("Twee Petten", Role.ANALYST, Role.PRIVACY_OFFICER)
    assessment = make_assessment("bag", by=both)
    with pytest.raises(OwnAssessmentError):
        decide(assessment=assessment, outcome=Outcome.CONFIRMED, reason="", by=both, at=MONDAY, on=TODAY)
    assert not assessment.decisions.exists()


def test_it_is_decided_once() -> None:
    assessment = make_assessment("bag")
    confirm(assessment)
    with pytest.raises(OutcomeNotAllowedError):
        confirm(assessment)
    assert assessment.decisions.count() == 1


def test_withdrawing_switches_off_at_once() -> None:
    put_on("bag")
    assessment = Assessment.objects.get(source="bag")
    withdraw(assessment, make_privacy_officer())
    assert in_use(on=TODAY) == frozenset()
    source = Source.objects.get(pk="bag")
    assert (source.is_on, source.changes.last().reason) == (False, "De verwerking is gewijzigd")  # type: ignore[union-attr]  # there is one
    assert Assessment.objects.with_outcome().get().standing(on=TODAY) is Standing.WITHDRAWN


def test_on_the_day_after_the_last_nothing_is_in_use_and_no_job_did_that() -> None:
    put_on("bag")
    last = Assessment.objects.get(source="bag").valid_until
    assert in_use(on=last) == {"bag"}
    assert in_use(on=last + timedelta(days=1)) == frozenset()
    assert stands(on=last + timedelta(days=1))["bag"].state.value == "lapsed"


def test_a_renewal_in_time_leaves_no_gap() -> None:
    put_on("bag")
    later = make_assessment("bag", valid_until=TODAY + YEAR)
    confirm(later)
    assert Source.objects.get(pk="bag").rests_on == later
    assert in_use(on=TODAY + timedelta(days=320)) == {"bag"}


def test_a_renewal_too_late_is_switched_on_on_purpose() -> None:
    put_on("bag")
    late = MONDAY + timedelta(days=320)
    renewed = make_assessment("bag", at=late, decided_on=late.date(), valid_until=late.date() + YEAR)
    confirm(renewed, at=late)
    assert in_use(on=late.date()) == frozenset()
    assert stands(on=late.date())["bag"].state.value == "ready"


def test_a_rule_is_in_use_only_with_all_its_registers() -> None:
    put_on("bag", "BED-01", "WON-01")
    assert rules_on(TODAY) == frozenset()
    put_on("kvk")
    assert rules_on(TODAY) == {"BED-01"}
    off = [one.code for need in stands(on=TODAY)["WON-01"].needs_off for one in need]
    assert off == ["brp"]


def test_switching_off_works_at_once_and_leaves_a_line_with_the_reason() -> None:
    put_on()
    by = make_privacy_officer()
    switch_off(code="kvk", by=by, at=MONDAY, seen=1, reason="Verkeerde levering")
    assert in_use(on=TODAY) == {*REGISTERS, *RULES} - {"kvk"}
    line = Line.objects.get(event="hub.source.switched_off")
    assert (line.subject, line.actor, line.reason) == ("urn:bolwerk:hub:source:kvk", by.urn, "Verkeerde levering")


def test_the_second_of_two_who_switch_is_told() -> None:
    put_on("bag")
    with pytest.raises(SwitchedMeanwhileError):
        switch_off(code="bag", by=make_analyst(), at=MONDAY, seen=0, reason="Verkeerde levering")
    assert in_use(on=TODAY) == {"bag"}
