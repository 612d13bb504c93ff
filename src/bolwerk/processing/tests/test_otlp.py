"""The shape of the log outside: an ExportTraceServiceRequest in OTLP/JSON."""

import json
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.padding import unpadded
from bolwerk.crypto.ring import Place, open_
from bolwerk.processing.actions import log_processing
from bolwerk.processing.models import Status, Subject
from bolwerk.processing.queries import otlp_lines
from bolwerk.processing.tests.makers import AT, CARE, CITIZEN, PERIOD, READ

pytestmark = pytest.mark.django_db


def exported() -> dict[str, Any]:
    return dict(json.loads("".join(otlp_lines(PERIOD["since"], PERIOD["until"]))))


def spans(request: dict[str, Any]) -> list[dict[str, Any]]:
    (resource,) = request["resourceSpans"]
    (scope,) = resource["scopeSpans"]
    assert set(resource) == {"resource", "scopeSpans"}
    assert scope["scope"] == {"name": "bolwerk.processing"}
    return list(scope["spans"])


def values(attributes: list[dict[str, Any]]) -> dict[str, str]:
    assert all(set(one) == {"key", "value"} and set(one["value"]) == {"stringValue"} for one in attributes)
    return {one["key"]: one["value"]["stringValue"] for one in attributes}


def test_a_line_is_a_span_with_the_attributes_of_the_standard(settings: Settings) -> None:
    settings.BOLWERK_BASE_URL = "https://bolwerk.zilverdam.example"
    later = AT + timedelta(milliseconds=120)
    log_processing(CARE, name=READ, subjects=[CITIZEN], at=AT, ended_at=later, status=Status.ERROR)
    (span,) = spans(exported())
    assert set(span) == {
        "traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes", "status"
    }  # fmt: skip
    assert (len(bytes.fromhex(span["traceId"])), len(bytes.fromhex(span["spanId"]))) == (16, 8)
    assert (span["name"], span["kind"], span["status"]) == (READ, 1, {"code": 2})
    assert int(span["startTimeUnixNano"]) == int(AT.timestamp()) * 10**9
    assert int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"]) == 120 * 10**6
    assert isinstance(span["startTimeUnixNano"], str)
    about = values(span["attributes"])
    activity = about["dpl.core.processing_activity_id"]
    assert activity == "https://bolwerk.zilverdam.example/verwerkingen/incidents.care/1/"
    assert set(about) == {"dpl.core.processing_activity_id", "dpl.core.data_subject_id"}


def test_the_person_is_in_it_closed_and_opens_only_with_the_ring() -> None:
    log_processing(CARE, name=READ, subjects=[CITIZEN], at=AT)
    text = json.dumps(exported())
    (span,) = spans(exported())
    token = b64decode(values(span["attributes"])["dpl.core.data_subject_id"], validate=True)
    place = Place("processing_subject", "identity", str(Subject.objects.get().pk))
    assert unpadded(open_(current_ring(), token, place)).decode() == CITIZEN
    assert "999990019" not in text


def test_a_line_about_nobody_has_no_person() -> None:
    log_processing(CARE, name=READ, subjects=[], at=AT)
    assert set(values(spans(exported())[0]["attributes"])) == {"dpl.core.processing_activity_id"}


def test_an_empty_period_is_a_whole_request_without_spans() -> None:
    assert spans(exported()) == []


def test_lines_come_in_the_order_in_which_things_happened() -> None:
    for minutes in (5, 1, 3):
        log_processing(CARE, name=f"x.{minutes}", subjects=[CITIZEN], at=AT + timedelta(minutes=minutes))
    assert [span["name"] for span in spans(exported())] == ["x.1", "x.3", "x.5"]
    assert values(exported()["resourceSpans"][0]["resource"]["attributes"])["service.name"] == "bolwerk"
