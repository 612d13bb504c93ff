"""The care track: its moments and clocks, its states, and everybody for whom it does not exist."""

import json
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import KeptAway, Task
from bolwerk.incidents.actions import ChangedMeanwhileError, change_status, give_feedback
from bolwerk.incidents.actions.care import add_concerned, erase_care, move_care
from bolwerk.incidents.actions.care.people import Known, Step
from bolwerk.incidents.actions.response import add_person, link_person
from bolwerk.incidents.models import Care, CareMoment, Concerned, Incident
from bolwerk.incidents.queries import reports_file, story_for_handlers, story_for_reporter
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import CARE_DUTIES, Duty, Hat, Kind, Status
from bolwerk.incidents.rules.care import (
    CARE_MOVES,
    Capacity,
    CareEvent,
    CareMoveNotAllowedError,
    CareReasonMissingError,
    CareState,
    PersonTwiceError,
    moved,
)
from bolwerk.incidents.tests.care_makers import care_for, make_carer, victim_of
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
NEED = "Even niet alleen aan de balie"
TUESDAY = MONDAY + timedelta(days=1)


def running(incident: Incident) -> dict[str, datetime]:
    """The clocks of the track that run, by moment."""
    return {task.key.partition(":")[0]: task.due_at for task in Task.objects.open().filter(subject=care_urn(incident))}


def decline(concerned: Concerned, by: Person, *, reason: str = "Praat er thuis over.") -> Concerned:
    """No more care is wanted."""
    step = Step(CareEvent.DECLINE, frozenset({Hat.CARE_TEAM}), concerned.version, reason)
    return move_care(concerned=concerned, step=step, by=by, at=TUESDAY)


@pytest.mark.parametrize(("now", "event", "hat"), list(product(CareState, CareEvent, Hat)))
def test_only_steps_in_the_table_are_allowed_and_only_for_the_hats_in_it(
    now: CareState, event: CareEvent, hat: Hat
) -> None:
    hats, to = CARE_MOVES.get((now, event), (frozenset(), now))
    if hat in hats:
        assert moved(now, event, hats=frozenset({hat}), reason="Liever niet") is to
    else:
        with pytest.raises(CareMoveNotAllowedError):
            moved(now, event, hats=frozenset({hat}), reason="Liever niet")


def test_nobody_is_passed_over_without_a_reason() -> None:
    with pytest.raises(CareReasonMissingError):
        moved(CareState.RUNNING, CareEvent.DECLINE, hats=frozenset({Hat.MANAGER}), reason=" ")


def test_later_talks_count_from_the_report_and_start_after_the_reception_talk() -> None:
    incident, carer = make_incident(), make_carer()
    assert running(incident).keys() == {Duty.CONTACT, Duty.RECEPTION_TALK}
    care_for(incident, Duty.RECEPTION_TALK, carer, at=TUESDAY)
    due = running(incident)
    assert due.keys() == {Duty.CONTACT, Duty.SECOND_TALK, Duty.THIRD_TALK}
    assert (due[Duty.SECOND_TALK] - MONDAY).days == 14
    assert (due[Duty.THIRD_TALK] - MONDAY).days == 56


def test_with_the_last_moment_the_care_is_over_and_its_retention_runs() -> None:
    incident, carer = make_incident(), make_carer()
    for duty in CARE_DUTIES:
        assert Care.objects.get().ended_at is None
        care_for(incident, duty, carer, at=TUESDAY)
    assert (Care.objects.get().ended_at, victim_of(incident).state) == (TUESDAY, CareState.DONE)


def test_care_goes_on_after_the_report_is_closed() -> None:
    incident, carer, coordinator = make_incident(), make_carer(), make_coordinator()
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        care_for(incident, duty, carer, at=TUESDAY)
    by: dict[str, Any] = {"by": coordinator, "at": TUESDAY}
    give_feedback(incident=incident, text="Gedaan.", seen=1, **by)
    change_status(incident=incident, to=Status.IN_PROGRESS, seen=2, **by)
    closed = change_status(incident=incident, to=Status.CLOSED, seen=3, **by)
    assert running(incident).keys() == {Duty.SECOND_TALK, Duty.THIRD_TALK}
    assert closed.due_at is None


def test_a_witness_without_an_account_has_clocks_of_their_own() -> None:
    incident, carer = make_incident(), make_carer()
    witness = add_concerned(
        incident=incident, known=Known(Capacity.WITNESS, name="Jan van de beveiliging"), by=carer, at=TUESDAY
    )
    keys = Task.objects.open().filter(key__endswith=str(witness.pk)).values_list("key", flat=True)
    assert len(keys) == 2
    assert Concerned.objects.get(pk=witness.pk).called == "Jan van de beveiliging"


def test_the_same_colleague_is_in_the_track_once() -> None:
    incident = make_incident()
    with pytest.raises(PersonTwiceError):
        add_concerned(
            incident=incident, known=Known(Capacity.WITNESS, incident.happened_to), by=make_carer(), at=TUESDAY
        )


def test_declining_stops_every_clock_and_can_be_taken_back() -> None:
    incident, carer = make_incident(), make_carer()
    now = decline(victim_of(incident), carer)
    assert (now.state, now.reason, running(incident)) == (CareState.DECLINED, "Praat er thuis over.", {})
    assert not Task.objects.filter(status=Task.Status.CANCELLED).exists()  # the coordinator cannot tell it apart
    step = Step(CareEvent.RESUME, frozenset({Hat.MANAGER}), now.version)
    move_care(concerned=now, step=step, by=carer, at=TUESDAY)
    assert running(incident)[Duty.CONTACT] == TUESDAY + timedelta(hours=24)


def test_the_second_of_two_who_move_it_is_told() -> None:
    incident, carer = make_incident(), make_carer()
    stale = victim_of(incident)
    decline(victim_of(incident), carer)
    with pytest.raises(ChangedMeanwhileError):
        decline(stale, carer)


def test_a_report_by_mistake_stops_its_care() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    give_feedback(incident=incident, text="Dubbel.", by=coordinator, at=TUESDAY, seen=1)
    change_status(incident=incident, to=Status.CLOSED, by=coordinator, at=TUESDAY, seen=2, reason="Dubbel")
    assert running(incident) == {}


def test_nothing_of_care_is_in_the_story_the_export_or_the_trail() -> None:
    incident, carer = make_incident(), make_carer()
    care_for(incident, Duty.CONTACT, carer, need=NEED)
    told = [str(moment) for moment in [*story_for_handlers(incident), *story_for_reporter(incident)]]
    file = "".join(reports_file(Incident.objects.all(), at=TUESDAY))
    lines = json.dumps(list(Line.objects.values_list("facts_json", flat=True)))
    for text in (*told, file, lines):
        assert NEED not in text
        assert "Joost Prins" not in text
        assert "held" not in text


def test_words_and_people_go_first_and_days_stay_for_figures() -> None:
    incident, carer = make_incident(), make_carer()
    care_for(incident, Duty.CONTACT, carer, need=NEED)
    erase_care(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:x", at=TUESDAY)
    moment, victim = CareMoment.objects.get(), Concerned.objects.get()
    assert (moment.need, moment.held_on, victim.person, victim.called) == ("", MONDAY.date(), None, "")
    with pytest.raises(ChangedMeanwhileError):
        care_for_again(incident, carer)
    erase_care(stage=Stage.RECORD, keys=[incident.pk], by="urn:x", at=TUESDAY)
    assert not CareMoment.objects.exists()


def care_for_again(incident: Incident, carer: Person) -> None:
    """One more moment, by somebody who still has the page open."""
    care_for(incident, Duty.RECEPTION_TALK, carer)


def test_a_colleague_whom_the_report_is_about_hears_of_no_care() -> None:
    department = make_department()
    manager, coordinator = make_manager(department), make_coordinator()
    incident = make_incident(make_person(department=department))
    person = add_person(name="", address="", traits="", employee=manager, by=coordinator, at=MONDAY)
    link_person(incident=incident, perpetrator=person, by=coordinator, at=MONDAY)
    assert KeptAway.objects.filter(subject=care_urn(incident), person=manager).exists()


PEOPLE = [
    "coordinator",
    "board",
    "administrator",
    "auditor",
    "privacy officer",
    "confidant",
    "colleague",
    "victim",
    "manager elsewhere",
    "care team elsewhere",
    "victim who is the manager",
    "victim of the care team",
    "perpetrator who is the manager",
]


def _somebody(who: str, incident: Incident) -> Person:
    here = incident.department
    assert here is not None
    roles = {
        "coordinator": Role.AGGRESSION_COORDINATOR,
        "board": Role.BOARD,
        "administrator": Role.FUNCTIONAL_ADMINISTRATOR,
        "auditor": Role.AUDITOR,
        "privacy officer": Role.PRIVACY_OFFICER,
        "confidant": Role.CONFIDANT,
    }
    if who in roles:
        return make_person(who, roles[who])
    if who.startswith("victim"):
        return incident.happened_to
    if who == "perpetrator who is the manager":
        manager, by = make_manager(here), make_coordinator()
        link_person(
            incident=incident,
            perpetrator=add_person(name="", address="", traits="", employee=manager, by=by, at=MONDAY),
            by=by,
            at=MONDAY,
        )
        return manager
    elsewhere = make_department("Elders")
    makers = {"manager elsewhere": make_manager, "care team elsewhere": make_carer}
    return makers[who](elsewhere) if who in makers else make_person(department=here)


@pytest.mark.parametrize("who", PEOPLE)
def test_for_everybody_else_the_care_track_does_not_exist(client: Client, who: str) -> None:
    department = make_department()
    victim = {"victim who is the manager": make_manager, "victim of the care team": make_carer}.get(who)
    incident = make_incident(victim(department) if victim else make_person(department=department))
    incident = incident if incident.department else _placed(incident, department.pk)
    concerned = victim_of(incident)
    client.force_login(_somebody(who, incident))
    here = f"/meldingen/{incident.pk}/opvang/"
    for page in ("", "erbij/", f"{concerned.pk}/contact/", f"{concerned.pk}/stap/stoppen/"):
        assert client.get(f"{here}{page}").status_code == 404, page
        assert client.post(f"{here}{page}", {"seen": 1}).status_code in {404, 405}, page
    listed = client.get("/meldingen/opvang/")
    assert listed.status_code == 404 or incident.reference not in listed.content.decode()


def _placed(incident: Incident, department: object) -> Incident:
    Incident.objects.filter(pk=incident.pk).update(department=department)
    return Incident.objects.get(pk=incident.pk)


def test_the_coordinator_sees_a_day_and_no_more(client: Client) -> None:
    incident, carer = make_incident(), make_carer()
    client.force_login(make_coordinator())
    here = f"/meldingen/{incident.pk}/"
    assert "loopt, het volgende vóór 24 november" in client.get(here).content.decode()
    for duty in CARE_DUTIES:
        care_for(incident, duty, carer, at=TUESDAY, need=NEED)
    page = client.get(here).content.decode()
    assert "gegeven, het laatst op 24 november" in page
    assert f"{here}opvang/" not in page
    assert NEED not in page
    assert "Joost Prins" not in page


def test_the_manager_finds_the_tab_and_writes_down_a_moment(client: Client) -> None:
    department = make_department()
    incident = make_incident(make_person(department=department), at=timezone.now(), occurred_at=timezone.now())
    client.force_login(make_manager(department))
    here = f"/meldingen/{incident.pk}/opvang/"
    assert here in client.get(f"/meldingen/{incident.pk}/").content.decode()
    told = {"outcome": "held", "held_on": timezone.localdate().isoformat(), "need": NEED, "agreed": "Mo loopt mee"}
    there = f"{here}{victim_of(incident).pk}/contact/"
    assert "Wat er is gezegd blijft tussen jullie" in client.get(there).content.decode()
    client.post(there, told)
    page = client.get(here).content.decode()
    assert NEED in page
    assert "Mo loopt mee" in page
    assert Line.objects.filter(event="incidents.care.read", subject=care_urn(incident)).count() == 1


def test_a_moment_declined_without_a_reason_is_refused_and_what_was_typed_stays(client: Client) -> None:
    incident = make_incident(at=timezone.now(), occurred_at=timezone.now())
    client.force_login(make_carer())
    told = {"outcome": "declined", "held_on": timezone.localdate().isoformat(), "need": NEED}
    there = f"/meldingen/{incident.pk}/opvang/{victim_of(incident).pk}/contact/"
    page = client.post(there, told).content.decode()
    assert "Schrijf waarom deze persoon het niet wil" in page
    assert NEED in page
    early = told | {"outcome": "held", "held_on": "2020-01-01"}
    assert "Kies een dag" in client.post(there, early).content.decode()
    assert not CareMoment.objects.exists()


def test_the_care_team_adds_a_witness_and_writes_that_care_is_not_wanted(client: Client) -> None:
    incident = make_incident()
    client.force_login(make_carer())
    here = f"/meldingen/{incident.pk}/opvang/"
    assert "op één manier" in client.post(f"{here}erbij/", {"capacity": "witness"}).content.decode()
    client.post(f"{here}erbij/", {"capacity": "witness", "name": "Jan Boom"})
    assert "Jan Boom" in client.get(here).content.decode()
    stop = f"{here}{victim_of(incident).pk}/stap/stoppen/"
    assert "waarom er geen opvang meer" in client.post(stop, {"seen": 1}).content.decode()
    client.post(stop, {"seen": 1, "reason": "Liever met de huisarts"})
    assert "Liever met de huisarts" in client.get(here).content.decode()
    assert client.post(stop, {"seen": 1, "reason": "Nog eens"}).status_code == 409


def test_somebody_of_another_incident_does_not_exist_here(client: Client) -> None:
    incident, other = make_incident(), make_incident(kind=Kind.THREAT)
    client.force_login(make_carer())
    assert client.get(f"/meldingen/{incident.pk}/opvang/{victim_of(other).pk}/contact/").status_code == 404


def test_the_list_of_care_shows_what_is_due_first_and_says_that_somebody_looked(client: Client) -> None:
    late, fresh = make_incident(), make_incident(at=timezone.now(), occurred_at=timezone.now())
    client.force_login(make_carer())
    page = client.get("/meldingen/opvang/").content.decode()
    assert page.index(late.reference) < page.index(fresh.reference)
    assert fresh.reference not in client.get("/meldingen/opvang/", {"state": "over"}).content.decode()
    assert Line.objects.filter(event="incidents.care.listed").count() == 2


def test_whoever_it_happened_to_reads_what_was_agreed_and_the_reporter_does_not(client: Client) -> None:
    victim, carer = make_person("Joris Kok"), make_carer()
    incident = make_incident(happened_to=victim)
    care_for(incident, Duty.CONTACT, carer, need=NEED)
    witness = Known(Capacity.WITNESS, name="Jan Boom")
    add_concerned(incident=incident, known=witness, by=carer, at=TUESDAY)
    client.force_login(victim)
    page = client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    assert NEED in page
    assert "Jan Boom" not in page
    client.force_login(incident.reporter)
    assert NEED not in client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
