"""The track of police and damage through its actions: clock, readers, two at once, retention."""

import pytest

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.rules import Term, Unit, working_days_between
from bolwerk.incidents.access import policed_incidents, told_of_police
from bolwerk.incidents.actions import ChangedMeanwhileError, change_status
from bolwerk.incidents.actions.police import (
    add_police_report,
    change_police_report,
    erase_police,
    set_police,
    tell_why_not,
)
from bolwerk.incidents.actions.response import add_person, link_person
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.models import Incident, Police, PoliceReport
from bolwerk.incidents.rules import Kind, Status
from bolwerk.incidents.rules.police import NotYetError, Outcome, ReasonMissingError, State
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.police_makers import TODAY, make_filed, make_police_report, told
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


def clock(incident: Incident) -> Task:
    """The reminder of this incident."""
    return Task.objects.get(key="police", subject=f"urn:bolwerk:incidents:police:{incident.pk}")


def test_two_working_days_after_a_report_somebody_decides_about_the_police() -> None:
    task = clock(make_incident())
    assert working_days_between(TODAY, task.due_at.date()) == 2


def test_an_accident_starts_no_clock_for_the_police() -> None:
    make_incident(kind=Kind.ACCIDENT)
    assert not Task.objects.filter(key="police").exists()


def test_the_municipality_sets_its_own_term() -> None:
    term = Term(1, Unit.DAYS, "Besluit van 3 maart")
    set_police(address="Kade 1", contact="", term=term, by=make_coordinator(), at=MONDAY)
    assert (clock(make_incident()).due_at.date() - TODAY).days == 1


def test_reporting_to_the_police_stops_the_clock() -> None:
    incident = make_incident()
    make_police_report(incident, make_coordinator())
    assert clock(incident).status == Task.Status.DONE


def test_a_reason_for_not_reporting_stops_the_clock_and_an_empty_one_does_not() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    with pytest.raises(ReasonMissingError):
        tell_why_not(incident=incident, reason=" ", by=coordinator, at=MONDAY, seen=0)
    assert clock(incident).status == Task.Status.OPEN
    track = tell_why_not(incident=incident, reason="Geen strafbaar feit.", by=coordinator, at=MONDAY, seen=0)
    assert (clock(incident).status, track.ended_at) == (Task.Status.DONE, MONDAY)


def test_a_report_sent_by_mistake_stops_the_clock_and_closing_a_handled_one_does_not() -> None:
    coordinator, mistake, handled = make_coordinator(), make_incident(), make_incident()
    Task.objects.exclude(key="police").update(status=Task.Status.DONE)
    change_status(incident=mistake, to=Status.CLOSED, by=coordinator, at=MONDAY, seen=1, reason="Dubbel")
    change_status(incident=handled, to=Status.IN_PROGRESS, by=coordinator, at=MONDAY, seen=1)
    change_status(incident=handled, to=Status.CLOSED, by=coordinator, at=MONDAY, seen=2)
    assert [clock(one).status == Task.Status.OPEN for one in (mistake, handled)] == [False, True]


def test_two_who_report_at_once_one_is_told() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_police_report(incident, coordinator)
    with pytest.raises(ChangedMeanwhileError):
        add_police_report(incident=incident, filed=make_filed(), by=coordinator, at=MONDAY, on=TODAY, seen=0)
    with pytest.raises(ChangedMeanwhileError):
        tell_why_not(incident=incident, reason="Toch niet.", by=coordinator, at=MONDAY, seen=1)
    assert PoliceReport.objects.count() == 1


def test_what_comes_later_is_written_in_the_same_report_and_its_kind_stays() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    report = make_police_report(incident, coordinator, number="")
    filed = make_filed(kind="notice", number="PL0100-2026-9")
    changed = change_police_report(report=report, filed=filed, by=coordinator, at=MONDAY, on=TODAY, seen=1)
    assert (changed.kind, changed.number) == ("complaint", "PL0100-2026-9")
    with pytest.raises(ChangedMeanwhileError):
        change_police_report(report=report, filed=filed, by=coordinator, at=MONDAY, on=TODAY, seen=1)


def test_retention_runs_while_nothing_is_open_and_stops_when_it_opens_again() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    report = make_police_report(incident, coordinator)
    assert Police.objects.get().ended_at is None
    told(report, State.OVER, coordinator, Outcome.DISMISSED)
    assert Police.objects.get().ended_at == MONDAY
    again = told(report, State.INVESTIGATED, coordinator)
    assert (Police.objects.get().ended_at, again.outcome) == (None, "")


def test_a_day_in_the_future_is_refused_by_the_action_too() -> None:
    with pytest.raises(NotYetError):
        make_police_report(make_incident(), make_coordinator(), on=TODAY.replace(day=1))


def test_whom_it_happened_to_reads_the_state_and_nobody_else_does() -> None:
    victim, coordinator = make_person("Joris Kok"), make_coordinator()
    incident = make_incident(happened_to=victim)
    make_police_report(incident, coordinator)
    (row,) = told_of_police(victim, incident)
    assert row.get_deferred_fields() == {"offences", "number"}
    assert [told_of_police(one, incident).count() for one in (incident.reporter, coordinator)] == [0, 0]


def test_a_colleague_who_is_the_person_it_is_about_reads_nothing_and_has_no_task() -> None:
    department, coordinator = make_department(), make_coordinator()
    manager = make_manager(department)
    incident = make_incident(make_person(department=department), happened_to=manager)
    make_police_report(incident, coordinator)
    assert policed_incidents(manager, on=TODAY).exists()
    person = add_person(name="", address="", traits="", employee=manager, by=coordinator, at=MONDAY)
    link_person(incident=incident, perpetrator=person, by=coordinator, at=MONDAY)
    assert not policed_incidents(manager, on=TODAY).exists()
    assert not told_of_police(manager, incident).exists()


def test_only_handlers_have_the_track() -> None:
    incident = make_incident(make_person(department=make_department()))
    assert incident.department
    people = {role: make_person(f"Only {role.value}", role) for role in Role if role not in {Role.MANAGER}}
    readers = [role for role, person in people.items() if policed_incidents(person, on=TODAY).exists()]
    assert readers == [Role.AGGRESSION_COORDINATOR]
    assert policed_incidents(make_manager(incident.department), on=TODAY).exists()
    assert not policed_incidents(make_manager(make_department("Elders")), on=TODAY).exists()


def test_no_offence_number_or_reason_stands_in_the_trail() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    tell_why_not(incident=incident, reason="Canarie", by=coordinator, at=MONDAY, seen=0)
    make_police_report(incident, coordinator, number="PL-Canarie")
    lines = str(list(Line.objects.values()))
    assert "Canarie" not in lines
    assert "sr285" not in lines


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_due_takes_the_words_and_at_the_end_everything(stage: Stage) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    told(make_police_report(incident, coordinator), State.OVER, coordinator, Outcome.CONVICTED)
    erase_police(stage=stage, keys=[incident.pk], by="urn:bolwerk:system", at=MONDAY)
    rest = [(row.offences, row.number, row.outcome) for row in PoliceReport.objects.all()]
    assert rest == ([("", "", "convicted")] if stage is Stage.PERSONAL else [])
    assert Police.objects.count() == len(rest)
    assert Incident.objects.exists()


def test_a_track_without_a_report_to_the_police_goes_with_the_report_and_one_with_it_stays() -> None:
    coordinator, plain, reported = make_coordinator(), make_incident(), make_incident()
    tell_why_not(incident=plain, reason="Geen strafbaar feit.", by=coordinator, at=MONDAY, seen=0)
    make_police_report(reported, coordinator)
    erase(stage=Stage.PERSONAL, keys=[plain.pk, reported.pk], by="urn:bolwerk:system", at=MONDAY)
    assert Police.objects.get(incident=plain).no_report_because == ""
    assert PoliceReport.objects.get().number
