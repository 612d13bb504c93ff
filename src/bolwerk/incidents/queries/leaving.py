"""What leaves Bolwerk in an open format: every report for another system, and figures for a benchmark."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.incidents.models import DamageItem, Incident, IncidentQuerySet, Police, PoliceReport
from bolwerk.incidents.queries.figures import Figures, figures_of
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.queries.story import Moment, stories_for_handlers
from knooppunt.disclosure import TOTAL

REPORTS_SCHEMA, BENCHMARK_SCHEMA = "urn:bolwerk:schema:reports:1", "urn:bolwerk:schema:benchmark:1"
ALL = "all"
AT_ONCE = 200  # reports in memory


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file that leaves: "reports" or "benchmark"."""
    found: dict[str, Any] = json.loads((CONTENT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def reports_file(rows: IncidentQuerySet, *, at: datetime) -> Iterator[str]:
    """All of these reports as one JSON object, in pieces, so that memory stays flat."""
    head: dict[str, Any] = {
        "schema": REPORTS_SCHEMA,
        "municipality": _municipality(),
        "made_at": _moment(at),
        "reports": [],
    }
    begin, end = json.dumps(head, ensure_ascii=False, indent=1).rsplit("]", 1)
    yield begin
    comma = ""
    with override(settings.LANGUAGE_CODE):  # history reads the same, whoever asks for the file
        whole = rows.with_people().select_related("police").prefetch_related("police_reports", "damage")
        found = whole.order_by("reported_at", "pk").iterator(chunk_size=AT_ONCE)
        while some := list(islice(found, AT_ONCE)):
            for incident, story in zip(some, stories_for_handlers(some), strict=True):
                yield f"{comma}\n{json.dumps(_report(incident, story), ensure_ascii=False)}"
                comma = ","
    yield f"\n]{end}\n"


def _municipality() -> str:
    identity = installation()
    return identity.name if identity else ""


def _report(incident: Incident, story: list[Moment]) -> dict[str, Any]:
    erased = incident.erased_at is not None
    department, imported = incident.department, getattr(incident, "imported", None)
    police: Police | None = getattr(incident, "police", None)
    return {
        "id": str(incident.pk),
        "number": incident.reference,
        "kind": incident.kind,
        "channel": incident.channel,
        "own_codes": {"kind": incident.kind_own, "channel": incident.channel_own},
        "forms": incident.forms.split(),
        "motive": incident.motive,
        "status": incident.status,
        "department": {"code": department.code, "name": department.name} if department else None,
        "reported_at": _moment(incident.reported_at),
        "closed_at": _moment(incident.closed_at),
        "erased_at": _moment(incident.erased_at),
        "occurred_at": _moment(incident.occurred_at),
        "occurred_uncertain": incident.occurred_uncertain,
        "safety": incident.safety,
        "place": None if erased else incident.place,
        "words": None if erased else incident.words,
        "happened_to": _person(incident.happened_to, erased=erased),
        "reporter": _person(incident.reporter, erased=erased),
        "handler": _person(incident.assigned_to, erased=erased),
        "older_register": {"register": imported.register, "number": imported.number} if imported else None,
        "police": [_police_report(one) for one in incident.police_reports.all()],
        "no_police_because": police.no_report_because if police else "",
        "damage": [_damage(one) for one in incident.damage.all()],
        "history": [{"at": _moment(one.at), "what": str(one.what), "by": one.by, "text": one.text} for one in story],
    }


def _police_report(report: PoliceReport) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "by": report.filer,
        "reported_on": report.reported_on.isoformat(),
        "privacy": report.privacy,
        "vpt": report.vpt,
        "offences": report.codes,
        "number": report.number,
        "state": report.state,
        "state_on": report.state_on.isoformat(),
        "outcome": report.outcome,
    }


def _damage(item: DamageItem) -> dict[str, Any]:
    return {
        "of": item.party,
        "kind": item.loss,
        "way": item.way,
        "cents": item.cents,
        "state": item.state,
        "recovered_cents": item.recovered_cents,
    }


def _person(person: Person | None, *, erased: bool) -> dict[str, str] | None:
    return None if person is None or erased or not person.is_active else {"name": person.name, "email": person.email}


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def benchmark_of(*, year: int) -> dict[str, Any] | None:
    """The same file for another room that sends it on; None of a year without published figures."""
    found = figures_of(year)
    return benchmark_file(found) if found else None


def benchmark_file(figures: Figures) -> dict[str, Any]:
    """The figures of a year of the whole municipality, as they passed the gate; nothing of a department is in it."""
    cells = [
        {
            "kind": ALL if kind == TOTAL else kind,
            "quarter": ALL if quarter == TOTAL else quarter,
            "reports": figures.of(kind=kind, quarter=quarter),
        }
        for kind in (TOTAL, *(line.code for line in figures.kinds))
        for quarter in (TOTAL, *figures.quarters)
    ]
    people, base = Person.objects.filter(is_active=True).count(), figures.rounding_base
    return {
        "schema": BENCHMARK_SCHEMA,
        "municipality": _municipality(),
        "year": figures.year,
        "quarters": figures.quarters,
        "made_at": _moment(figures.made_at),
        "smallest_group": figures.smallest_group,
        "rounding_base": base,
        "employees": base * round(people / base) if people >= figures.smallest_group else None,
        "reports": cells,
    }
