"""The register of processing activities, and the processing log as a file."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.processing.actions import log_processing

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in_client(make_person("Marijke van Dam", Role.PRIVACY_OFFICER))


def test_the_register_says_purpose_and_basis_and_that_nobody_checked_it(officer: Client) -> None:
    page = officer.get("/logboek/verwerkingen/").content.decode()
    assert "Opvang en afhandeling na een melding" in page
    assert "Arbowet" in page
    assert "Standaard, niet gecontroleerd" in page


def test_a_line_leads_to_the_page_of_its_activity_which_everybody_may_read(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/verwerkingen/incidents.care/1/").status_code == 200
    assert client.get("/verwerkingen/incidents.care/7/").status_code == 404
    assert client.get("/logboek/verwerkingen/").status_code == 404


def test_the_file_needs_a_reason_and_is_one_object_of_the_standard(officer: Client) -> None:
    log_processing("incidents.care", name="x.y", subjects=["bsn:999990019"], at=timezone.now())
    today = f"{timezone.localdate():%Y-%m-%d}"
    here, days = "/logboek/verwerkingen/export/", {"since": today, "until": today}
    assert officer.post(here, days | {"reason": ""}).context["form"].errors
    answer = officer.post(here, days | {"reason": "Levering aan het centrale logboek"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming answer has it
    assert len(json.loads(text)["resourceSpans"][0]["scopeSpans"][0]["spans"]) == 1
    assert "999990019" not in text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verwerkingen.json"'
    line = Line.objects.get(event="audit.processing.exported")
    assert (line.facts, line.reason) == ({"rows": 1}, "Levering aan het centrale logboek")


def test_the_auditor_reads_the_register_and_takes_no_file_along() -> None:
    client = signed_in_client(make_person("Theo Scholten", Role.AUDITOR))
    page = client.get("/logboek/verwerkingen/").content.decode()
    assert "downloaden (OTLP" not in page
