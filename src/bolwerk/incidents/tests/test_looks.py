"""Who looked at my report: for the people it is about, straight from the trail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bolwerk.accounts.actions import withdraw_role
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import add_details, assign, record_reading
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import looks_at, looks_at_own
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def seen(incident: Incident) -> list[tuple[str, str, str]]:
    return [(str(look.what), look.by, look.text) for look in looks_at(incident, person=incident.reporter)]


def test_the_reporter_sees_who_in_which_role_and_how_often() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    for minutes in range(3):
        record_reading(incident=incident, by=coordinator, at=LATER + timedelta(minutes=minutes))
    assert seen(incident) == [("Carla Vos opende een melding", "Agressiecoördinator", "3 keer op deze dag")]


def test_what_was_done_with_it_is_there_and_clocks_are_not() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    manager = make_manager(make_department())
    coordinator_too = make_person("Cor Ordinator", Role.AGGRESSION_COORDINATOR)
    assign(incident=incident, to=coordinator_too, by=coordinator, at=LATER, seen=1)
    assert [what for what, _by, _text in seen(incident)] == ["Carla Vos vroeg Cor Ordinator een melding op te pakken"]
    assert manager.name not in str(seen(incident))


def test_what_one_does_oneself_is_not_a_look_by_others() -> None:
    victim = make_person("Joris Kok")
    incident = make_incident(happened_to=victim)
    add_details(incident=incident, text="Nog iets.", by=victim, at=LATER)
    assert seen(incident) == [("Joris Kok vulde een melding aan", "Degene die het overkwam", "")]
    (by_the_reporter,) = looks_at(incident, person=victim)
    assert by_the_reporter.what == "Sanne de Wit deed een melding voor een collega"
    assert by_the_reporter.by == "Degene die het meldde"


def test_a_role_that_was_taken_back_since_is_the_role_of_then() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    record_reading(incident=incident, by=coordinator, at=LATER)
    grant = coordinator.grants.get(role=Role.AGGRESSION_COORDINATOR)
    withdraw_role(grant=grant, by=SYSTEM, at=LATER + timedelta(hours=1))
    assert seen(incident)[0][1] == "Agressiecoördinator"


def test_an_attempt_that_was_refused_is_for_the_privacy_officer(client: Client) -> None:
    incident = make_incident()
    client.force_login(make_manager(make_department("Elders")))
    client.get(f"/meldingen/{incident.pk}/")
    assert Line.objects.filter(event="denied", subject=incident.urn).exists()
    assert seen(incident) == []


def test_each_report_of_ones_own_comes_with_its_own_looks() -> None:
    reporter, coordinator = make_person(department=make_department()), make_coordinator()
    first, second = make_incident(reporter), make_incident(reporter, at=LATER, occurred_at=LATER)
    other = make_incident()
    for incident in (first, other):
        record_reading(incident=incident, by=coordinator, at=LATER)
    looked = looks_at_own(reporter)
    assert [(thing.sent_at, len(thing.looks)) for thing in looked] == [(second.reported_at, 0), (first.reported_at, 1)]


def test_many_reports_cost_no_more_questions_than_one() -> None:
    reporter, counts = make_person(department=make_department()), []
    for _round in range(2):
        for _number in range(3):
            record_reading(incident=make_incident(reporter), by=make_coordinator(), at=LATER)
        with CaptureQueriesContext(connection) as asked:
            looks_at_own(reporter)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_is_for_the_people_it_is_about_and_looking_is_a_line(client: Client) -> None:
    incident = make_incident()
    record_reading(incident=incident, by=make_coordinator(), at=LATER)
    here = f"/meldingen/mijn/{incident.pk}/wie-keek/"
    client.force_login(incident.reporter)
    assert "Carla Vos opende een melding" in client.get(here).content.decode()
    assert here in client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    line = Line.objects.get(event="audit.trail.read")
    assert (line.actor, line.subject, line.facts) == (
        incident.reporter.urn,
        incident.urn,
        {"filters": "own", "shown": 1},
    )
    client.force_login(make_coordinator())
    assert client.get(here).status_code == 404
