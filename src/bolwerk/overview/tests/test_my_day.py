"""Mijn dag: a greeting, the big buttons, what is first, what became of what I sent, one small thing."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from bolwerk.accounts.tests.makers import make_person
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.overview import queries

A_DAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_my_day_greets_whoever_signed_in(client: Client) -> None:
    client.force_login(make_person("Sanne de Wit"))
    assert "Sanne</h1>" in client.get("/").content.decode()


@pytest.mark.django_db
def test_my_day_shows_what_became_of_what_i_sent_and_nothing_of_others(client: Client) -> None:
    mine, other = make_incident(), make_incident()
    client.force_login(mine.reporter)
    page = client.get("/").content.decode()
    assert f"/meldingen/mijn/{mine.pk}/" in page
    assert str(other.pk) not in page


@pytest.mark.django_db
def test_my_day_leads_everybody_to_the_report_and_to_help(client: Client) -> None:
    client.force_login(make_person())
    page = client.get("/").content.decode()
    assert 'href="/meldingen/nieuw/"' in page
    assert 'href="/hulp/"' in page


@pytest.mark.django_db
def test_a_handler_sees_the_task_of_a_report(client: Client) -> None:
    coordinator, incident = make_coordinator(), make_incident()
    client.force_login(coordinator)
    page = client.get("/").content.decode()
    assert "/taken/" in page
    assert queries.resolve(incident.urn, coordinator, on=A_DAY) == f"/meldingen/{incident.pk}/"


@pytest.mark.django_db
def test_a_subject_leads_nowhere_for_whoever_may_not_see_it() -> None:
    incident, stranger = make_incident(), make_person()
    assert queries.resolve(incident.urn, stranger, on=A_DAY) is None
    assert queries.resolve("urn:bolwerk:unknown:thing:1", stranger, on=A_DAY) is None


@pytest.mark.django_db
def test_help_needs_no_sign_in(client: Client) -> None:
    response = client.get("/hulp/")
    assert response.status_code == 200
    assert 'href="tel:112"' in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_is_another_small_thing_every_day_for_two_weeks(language: str) -> None:
    with translation.override(language):
        cards = [queries.card_of(A_DAY + timedelta(days=days)) for days in range(14)]
    assert len({card.title for card in cards}) == 14
    assert all(card.source for card in cards)


def test_both_languages_have_the_same_small_things_in_the_same_order() -> None:
    assert len(queries._content("today", "nl")) == len(queries._content("today", "en"))
    assert [len(entry["people"]) for entry in queries._content("help", "nl")] == [
        len(entry["people"]) for entry in queries._content("help", "en")
    ]
