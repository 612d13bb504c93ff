"""A report is its reporter's: to set right and to take back, with what it said before kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import (
    ChangedMeanwhileError,
    change_status,
    correct,
    told_in,
    withdraw,
)
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.models import Correction, Incident
from bolwerk.incidents.queries import open_duties, story_for_handlers, story_for_reporter
from bolwerk.incidents.rules import Kind, NotYetHappenedError, Status, StepNotAllowedError
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def set_right(incident: Incident, by: Person, **changes: object) -> Incident:
    """Correct it as somebody who sees it as it is now."""
    now = Incident.objects.get(pk=incident.pk)
    told = replace(told_in(incident=now), **changes)  # type: ignore[arg-type]  # names of its fields
    return correct(incident=now, told=told, by=by, at=LATER, seen=now.version)


def test_what_it_said_before_stays_for_handlers_and_reporter() -> None:
    incident = make_incident(words="Hij riep iets.", place="Balie 3")
    set_right(incident, incident.reporter, words="Zij riep iets.", kind=Kind.THREAT)
    now = Incident.objects.get()
    assert (now.words, now.kind, now.place) == ("Zij riep iets.", Kind.THREAT, "Balie 3")
    for story in (story_for_handlers(now), story_for_reporter(now)):
        (line,) = [moment for moment in story if moment.icon == "history"]
        assert "Hij riep iets." in line.text and "Balie 3" not in line.text
        assert str(Kind.AGGRESSION.label) in line.text
    assert Line.objects.get(event="incidents.incident.corrected").facts == {"fields": 2}


def test_nothing_different_writes_nothing() -> None:
    incident = make_incident()
    set_right(incident, incident.reporter)
    assert not Correction.objects.exists()
    assert Incident.objects.get().version == incident.version


def test_another_kind_starts_the_clocks_that_it_asks_for_and_no_clock_twice() -> None:
    incident = make_incident(kind=Kind.NEAR_MISS)
    before = {one.duty for one in open_duties(incident, at=MONDAY)}
    now = set_right(incident, incident.reporter, kind=Kind.AGGRESSION)
    assert {one.duty for one in open_duties(now, at=LATER)} > before
    keys = list(Task.objects.filter(subject=incident.urn).values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_only_the_reporter_changes_it_and_only_while_it_is_open() -> None:
    colleague, coordinator = make_person("Joris Kok"), make_coordinator()
    incident = make_incident(happened_to=colleague)
    for somebody in (colleague, coordinator):
        with pytest.raises(StepNotAllowedError):
            set_right(incident, somebody, words="Anders")
        with pytest.raises(StepNotAllowedError):
            withdraw(incident=incident, reason="", by=somebody, at=LATER, seen=incident.version)
    withdraw(incident=incident, reason="", by=incident.reporter, at=LATER, seen=incident.version)
    with pytest.raises(StepNotAllowedError):
        set_right(incident, incident.reporter, words="Anders")


def test_a_moment_to_come_and_a_report_that_moved_on_are_refused() -> None:
    incident = make_incident()
    with pytest.raises(NotYetHappenedError):
        set_right(incident, incident.reporter, occurred_at=LATER + timedelta(days=1))
    told = replace(told_in(incident=incident), words="Anders")
    with pytest.raises(ChangedMeanwhileError):
        correct(incident=incident, told=told, by=incident.reporter, at=LATER, seen=incident.version + 1)
    assert Incident.objects.get().words == incident.words


def test_taken_back_nothing_is_due_and_the_coordinator_can_go_on_with_a_reason() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    gone = withdraw(incident=incident, reason="Vergissing.", by=incident.reporter, at=LATER, seen=incident.version)
    assert (gone.status, gone.closed_at) == (Status.WITHDRAWN, LATER)
    assert not Task.objects.filter(subject=incident.urn, status=Task.Status.OPEN).exists()
    again = Incident.objects.get()
    change_status(
        incident=again, to=Status.IN_PROGRESS, by=coordinator, at=LATER, seen=again.version, reason="Plicht werkgever."
    )
    assert Incident.objects.get().closed_at is None


def test_what_it_said_before_goes_with_the_words() -> None:
    incident = make_incident()
    set_right(incident, incident.reporter, words="Anders")
    erase(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:bolwerk:system", at=LATER)
    assert not Correction.objects.exists()


def test_the_pages_keep_what_was_typed_and_lead_back(client: Client) -> None:
    incident = make_incident(words="Hij riep iets.")
    client.force_login(incident.reporter)
    own = f"/meldingen/mijn/{incident.pk}/"
    page = client.get(f"{own}verbeteren/").content.decode()
    assert "Hij riep iets." in page
    filled = {"kind": "aggression", "channel": "", "occurred_at": "2026-11-23T10:00", "words": "Zij riep iets."}
    page = client.post(f"{own}verbeteren/", filled | {"seen": 1}).content.decode()
    assert "data-error-summary" in page and "Zij riep iets." in page
    stale = client.post(f"{own}verbeteren/", filled | {"channel": "desk", "seen": 7})
    assert (stale.status_code, "Zij riep iets." in stale.content.decode()) == (409, True)
    assert client.post(f"{own}verbeteren/", filled | {"channel": "desk", "seen": 1})["Location"] == own
    assert "Hij riep iets." in client.get(own).content.decode()
    assert client.post(f"{own}intrekken/", {"reason": "", "seen": 2})["Location"] == own
    assert client.get(f"{own}verbeteren/").status_code == client.get(f"{own}intrekken/").status_code == 404
    assert f"{own}intrekken/" not in client.get(own).content.decode()
