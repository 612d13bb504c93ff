"""Everybody's own part of the trail."""

import pytest
from django.test import Client

from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import record_reading
from bolwerk.incidents.tests.makers import make_coordinator, make_incident

pytestmark = pytest.mark.django_db
HERE = "/logboek/mijn/"


def test_one_sees_who_looked_at_what_one_sent_and_nothing_of_others(client: Client) -> None:
    mine, other = make_incident(), make_incident()
    for incident in (mine, other):
        record_reading(incident=incident, by=make_coordinator(), at=AT)
    client.force_login(mine.reporter)
    page = client.get(HERE).content.decode()
    assert page.count("Carla Vos opende een melding") == 1
    assert f"/meldingen/mijn/{mine.pk}/wie-keek/" in page
    assert str(other.pk) not in page


def test_looking_is_a_line_about_oneself(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert "Je hebt nog niets gemeld" in client.get(HERE).content.decode()
    line = Line.objects.get(event="audit.trail.read")
    assert (line.actor, line.subject) == (person.urn, person.urn)


def test_it_is_reached_from_my_day_from_my_reports_and_from_more(client: Client) -> None:
    client.force_login(make_incident().reporter)
    for address in ("/", "/meldingen/mijn/", "/meer/"):
        assert f'href="{HERE}"' in client.get(address).content.decode(), address
