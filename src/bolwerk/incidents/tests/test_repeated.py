"""Who is in several reports: a count first, a name only after a reason that stands in the trail."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.incidents.actions.response import STORE, add_person, link_person, merge_persons
from bolwerk.incidents.models import Perpetrator
from bolwerk.incidents.queries.response import repeated
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.processing.models import Operation

pytestmark = pytest.mark.django_db
PAGE = "/meldingen/personen/vaker/"


def known(name: str, by: Person, *, employee: Person | None = None) -> Perpetrator:
    return add_person(name=name, address="", traits="", employee=employee, by=by, at=timezone.now())


def reported(who: Perpetrator, by: Person, *, days: int = 10) -> None:
    """A report about somebody, of so many days ago."""
    at = timezone.now() - timedelta(days=days)
    link_person(incident=make_incident(at=at, occurred_at=at), perpetrator=who, by=by, at=timezone.now())


def test_the_count_shows_at_once_and_who_only_after_a_reason() -> None:
    coordinator = make_coordinator()
    twice, once = known("Piet Storm", coordinator), known("Jan Stil", coordinator)
    for who in (twice, twice, once):
        reported(who, coordinator)
    client = signed_in_client(coordinator)
    page = client.get(PAGE).text
    assert "In het afgelopen jaar kwam 1 persoon in meer dan één melding voor, in 2 meldingen samen." in page
    assert "Storm" not in page
    assert not Line.objects.filter(event="incidents.perpetrator.searched").exists()
    assert "Storm" not in client.post(PAGE, {"reason": ""}).text
    page = client.post(PAGE, {"reason": "Voorbereiding van het overleg"}).text
    assert "Piet Storm" in page
    assert "Jan Stil" not in page
    line = Line.objects.get(event="incidents.perpetrator.searched")
    assert (line.subject, line.reason, line.facts["shown"]) == (STORE, "Voorbereiding van het overleg", 1)
    assert Operation.objects.filter(name="incidents.perpetrator.searched").count() == 1


def test_merged_rows_are_one_person_and_what_is_long_ago_does_not_count() -> None:
    coordinator = make_coordinator()
    one, other = known("Piet Storm", coordinator), known("P. Storm", coordinator)
    reported(one, coordinator, days=364)
    reported(other, coordinator)
    reported(one, coordinator, days=366)
    assert repeated(coordinator, at=timezone.now()) == []
    merge_persons(perpetrator=other, into=one, why="Zelfde persoon", by=coordinator, at=timezone.now())
    (found,) = repeated(coordinator, at=timezone.now())
    assert (found.key, found.reports, found.known) == (one.pk, 2, None)


def test_nobody_finds_themselves_and_others_do_not_have_the_page() -> None:
    coordinator = make_coordinator()
    self = known("", make_person("Bea Ander"), employee=coordinator)
    for _time in range(2):
        reported(self, make_person())
    page = signed_in_client(coordinator).get(PAGE).text
    assert "kwam niemand in meer dan één melding voor" in page
    assert signed_in_client(make_person("Iemand")).get(reverse("incidents:repeated")).status_code == 404
