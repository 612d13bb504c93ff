"""The processing log as OTLP/JSON: what other logs and tools of the standard read (OpenTelemetry protocol 1.x, traces).

A line is a span: trace and operation id in hexadecimal, moments in nanoseconds as text, and the attributes of the
standard: `dpl.core.processing_activity_id`, the address of a version of an activity, and `dpl.core.data_subject_id`,
the person, closed: it opens with the ring of this installation only. There is no user in it.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from django.conf import settings

from bolwerk.crypto.fields import Closed
from bolwerk.processing.models import Operation
from bolwerk.processing.queries.lines import CHUNK
from bolwerk.processing.rules.activities import path_of

INTERNAL = 1  # SPAN_KIND_INTERNAL: the work of one application
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ACTIVITY, SUBJECT = "dpl.core.processing_activity_id", "dpl.core.data_subject_id"
COLUMNS = (
    "trace_id",
    "operation_id",
    "name",
    "status_code",
    "started_at",
    "ended_at",
    "activity",
    "activity_version",
    "subject__identity",
)


def otlp_lines(since: datetime, until: datetime) -> Iterator[str]:
    """The lines of a period as one ExportTraceServiceRequest, in parts to stream; memory stays flat."""
    head, tail = json.dumps(_request([]), indent=1).split('"spans": []')
    yield f'{head}"spans": ['
    rows = Operation.objects.filter(started_at__gte=since, started_at__lt=until).order_by("started_at", "id")
    comma = ""
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        yield f"{comma}\n{json.dumps(span(dict(zip(COLUMNS, row, strict=True))))}"
        comma = ","
    yield f"]{tail}\n"


def _request(spans: list[dict[str, Any]]) -> dict[str, Any]:
    who = {"service.name": "bolwerk", "service.version": version("bolwerk"), "url.full": settings.BOLWERK_BASE_URL}
    scope = {"scope": {"name": "bolwerk.processing"}, "spans": spans}
    return {"resourceSpans": [{"resource": {"attributes": _attributes(who)}, "scopeSpans": [scope]}]}


def span(row: dict[str, Any]) -> dict[str, Any]:
    """One line as a span, of the values of COLUMNS."""
    about = {ACTIVITY: settings.BOLWERK_BASE_URL + path_of(row["activity"], row["activity_version"])}
    identity = row["subject__identity"]
    if isinstance(identity, Closed):
        about[SUBJECT] = b64encode(identity.token).decode()
    return {
        "traceId": row["trace_id"],
        "spanId": row["operation_id"],
        "name": row["name"],
        "kind": INTERNAL,
        "startTimeUnixNano": _nanoseconds(row["started_at"]),
        "endTimeUnixNano": _nanoseconds(row["ended_at"]),
        "attributes": _attributes(about),
        "status": {"code": row["status_code"]},
    }


def _attributes(values: dict[str, str]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in values.items()]


def _nanoseconds(at: datetime) -> str:
    """Since 1970, as text: JSON has no whole numbers of this size (proto3 JSON mapping). Exact: no floating point."""
    since = at - EPOCH
    return str(((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000)
