"""Reports leave in an open format that describes itself; figures leave only as they passed the gate."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from jsonschema import Draft202012Validator

from bolwerk.accounts.actions import name_installation
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import add_details, publish_figures
from bolwerk.incidents.actions.police import add_damage
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.models import DamageItem, Incident, PoliceReport
from bolwerk.incidents.queries import benchmark_file, figures_of, reports_file, schema
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.incidents.tests.police_makers import JACKET, make_police_report
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
FEBRUARY = datetime(2026, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def town() -> None:
    """A municipality with a name."""
    name_installation(name="Zilverdam", by=SYSTEM, at=MONDAY)


def whole_file() -> dict[str, Any]:
    """The file with every report, checked against its own description."""
    found: dict[str, Any] = json.loads("".join(reports_file(Incident.objects.all(), at=MONDAY)))
    check = Draft202012Validator(schema("reports"))
    assert not list(check.iter_errors(found))
    return found


def test_without_reports_the_file_still_is_what_it_says() -> None:
    assert whole_file()["reports"] == []


def test_a_report_leaves_whole_with_its_history() -> None:
    incident = make_incident(words="=1+1 “quoted” \u202erechts")
    add_details(incident=incident, text="Hij had een fles bij zich.", by=incident.reporter, at=MONDAY)
    (row,) = whole_file()["reports"]
    assert (row["number"], row["words"]) == (incident.reference, "=1+1 “quoted” \u202erechts")
    assert row["happened_to"]["email"] == incident.happened_to.email
    assert [one["text"] for one in row["history"] if one["text"]] == ["Hij had een fles bij zich."]


def test_every_report_has_its_own_history_and_more_reports_ask_no_more_questions() -> None:
    for number in range(3):
        incident = make_incident(words=f"Melding {number}")
        add_details(incident=incident, text=f"Nader {number}", by=incident.reporter, at=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        rows = whole_file()["reports"]
    told = {row["words"]: [one["text"] for one in row["history"] if one["text"]] for row in rows}
    assert told == {f"Melding {number}": [f"Nader {number}"] for number in range(3)}
    assert len(asked) <= 6


def test_what_the_police_heard_and_what_it_cost_leaves_with_the_report() -> None:
    incident = make_incident()
    coordinator = make_coordinator()
    make_police_report(incident, coordinator)
    add_damage(incident=incident, item=JACKET, by=coordinator, at=MONDAY)
    (row,) = whole_file()["reports"]
    (police,), (damage,) = row["police"], row["damage"]
    assert (police["kind"], police["offences"]) == (PoliceReport.objects.get().kind, PoliceReport.objects.get().codes)
    assert (damage["cents"], damage["of"]) == (DamageItem.objects.get().cents, DamageItem.objects.get().party)
    erase(stage=Stage.RECORD, keys=[incident.pk], by=SYSTEM, at=MONDAY)
    assert whole_file()["reports"] == []


def test_of_an_erased_report_no_people_and_words_leave() -> None:
    incident = make_incident()
    erase(stage=Stage.PERSONAL, keys=[incident.pk], by=SYSTEM, at=MONDAY)
    (row,) = whole_file()["reports"]
    assert [row[name] for name in ("words", "place", "happened_to", "reporter")] == [None] * 4


def test_the_description_refuses_what_it_does_not_know() -> None:
    found = whole_file() | {"bsn": "999999990"}
    assert not Draft202012Validator(schema("reports")).is_valid(found)


def test_a_coordinator_says_why_and_everybody_in_it_gets_a_line() -> None:
    incident = make_incident()
    client = signed_in_client(make_coordinator())
    assert client.post(reverse("incidents:everything"), {"reason": ""}).status_code == 200
    assert not Line.objects.filter(event="incidents.reports.exported").exists()
    answer = client.post(reverse("incidents:everything"), {"reason": "Overstap naar een ander systeem"})
    assert json.loads(answer.getvalue())["reports"][0]["id"] == str(incident.pk)
    assert Line.objects.get(event="incidents.reports.exported").facts["rows"] == 1


def published() -> Client:
    """A quarter with figures, and the board who reads them."""
    for name, number in (("Burgerzaken", 24), ("Belastingen", 3)):
        people = [make_person(f"{name} {n}", department=make_department(name)) for n in range(6)]
        for n in range(number):
            make_incident(people[n % 6], at=FEBRUARY + timedelta(minutes=n), occurred_at=FEBRUARY)
    publish_figures(year=2026, on=date(2026, 4, 1), at=FEBRUARY + timedelta(days=60))
    return signed_in_client(make_person("Bea Bestuur", Role.BOARD))


def test_a_benchmark_holds_what_the_gate_let_through_and_no_department() -> None:
    client = published()
    bundle = client.get(reverse("incidents:benchmark", args=[2026])).json()
    assert not list(Draft202012Validator(schema("benchmark")).iter_errors(bundle))
    figures = figures_of(2026)
    assert figures is not None
    assert bundle == benchmark_file(figures)
    assert "Burgerzaken" not in json.dumps(bundle)
    by_kind = {(one["kind"], one["quarter"]): one["reports"] for one in bundle["reports"]}
    assert by_kind["all", "all"] == figures.of()
    assert Line.objects.filter(event="incidents.figures.exported").count() == 1


def test_there_is_no_benchmark_of_a_year_without_figures() -> None:
    client = signed_in_client(make_person("Bea Bestuur", Role.BOARD))
    assert client.get(reverse("incidents:benchmark", args=[2019])).status_code == 404
