"""Reporting to the police: what was reported, where it stands, or why nothing was reported."""

from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.police import clocks
from bolwerk.incidents.actions.police.noting import note
from bolwerk.incidents.models import DamageItem, Incident, Police, PoliceReport
from bolwerk.incidents.rules.damage import OPEN
from bolwerk.incidents.rules.police import (
    Filed,
    ReasonMissingError,
    ReportKind,
    State,
    Told,
    check_filed,
    check_told,
)


def locked_track(*, incident: Incident, seen: int) -> Police:
    """The track of an incident, made when it is not there yet, and locked.

    Raises ChangedMeanwhileError when it moved on since version `seen` (0: it was not there), or was erased.
    """
    Police.objects.get_or_create(incident=incident)
    found = Police.objects.select_for_update().get(incident=incident)
    if found.version != seen or found.erased_at is not None:
        raise ChangedMeanwhileError
    found.version += 1
    return found


def settle(*, track: Police, at: datetime) -> None:
    """Let the retention of the track run from the moment at which nothing is open in it; save it."""
    reports = PoliceReport.objects.filter(incident=track.incident_id)
    decided = reports.exists() or bool(track.no_report_because)
    damage = DamageItem.objects.filter(incident=track.incident_id, state__in=OPEN)
    left = bool(track.damage_left_because) or not damage.exists()
    over = decided and left and not reports.exclude(state=State.OVER).exists()
    track.ended_at = (track.ended_at or at) if over else None
    track.save()


@transaction.atomic
def add_police_report(
    *, incident: Incident, filed: Filed, by: Person, at: datetime, on: date, seen: int
) -> PoliceReport:
    """Write down that it was reported to the police, and stop the reminder.

    Raises ChangedMeanwhileError, and NotYetError for a day in the future.
    """
    check_filed(filed, on=on)
    track = locked_track(incident=incident, seen=seen)
    report = PoliceReport.objects.create(incident=incident, state_on=filed.reported_on, by=by, at=at, **_columns(filed))
    track.no_report_because = ""
    settle(track=track, at=at)
    clocks.decided(incident=incident, by=by.urn, at=at)
    note("incidents.police.reported", incident=incident, by=by, at=at, vpt=filed.vpt.value)
    return report


def _columns(filed: Filed) -> dict[str, object]:
    return {
        "kind": filed.kind,
        "filer": filed.filer,
        "reported_on": filed.reported_on,
        "privacy": filed.privacy,
        "vpt": filed.vpt,
        "offences": " ".join(filed.offences),
        "number": filed.number,
    }


def _locked_report(report: PoliceReport, seen: int) -> PoliceReport:
    now = PoliceReport.objects.select_for_update().get(pk=report.pk)
    if now.version != seen or Police.objects.filter(incident=now.incident_id).exclude(erased_at=None).exists():
        raise ChangedMeanwhileError
    now.version += 1
    now.incident = report.incident  # as it was fetched, with everything that joins it
    return now


@transaction.atomic
def change_police_report(
    *, report: PoliceReport, filed: Filed, by: Person, at: datetime, on: date, seen: int
) -> PoliceReport:
    """Correct what was reported, or write what came later: the VPT code, the number. Its kind stays.

    Raises ChangedMeanwhileError, and NotYetError.
    """
    check_filed(filed, on=on)
    now = _locked_report(report, seen)
    for name, value in _columns(filed).items():
        if name != "kind":
            setattr(now, name, value)
    now.state_on = max(now.state_on, filed.reported_on)
    now.save()
    note("incidents.police.changed", incident=now.incident, by=by, at=at, vpt=filed.vpt.value)
    return now


@transaction.atomic
def tell_state(*, report: PoliceReport, told: Told, by: Person, at: datetime, on: date, seen: int) -> PoliceReport:
    """Write down what the police or the prosecutor told. The row is locked: two handlers cannot both win.

    Raises ChangedMeanwhileError, MoveNotAllowedError, OutcomeMissingError and NotYetError.
    """
    now = _locked_report(report, seen)
    check_told(ReportKind(now.kind), State(now.state), told, reported_on=now.reported_on, on=on)
    now.state, now.state_on, now.outcome = told.to, told.on, told.outcome
    now.save()
    track = Police.objects.select_for_update().get(incident=now.incident_id)
    settle(track=track, at=at)
    note("incidents.police.moved", incident=now.incident, by=by, at=at, state=told.to.value)
    return now


@transaction.atomic
def tell_why_not(*, incident: Incident, reason: str, by: Person, at: datetime, seen: int) -> Police:
    """Write down why nothing was reported to the police, and stop the reminder.

    Raises ChangedMeanwhileError, also when a colleague reported it meanwhile, and ReasonMissingError.
    """
    if not reason.strip():
        raise ReasonMissingError
    track = locked_track(incident=incident, seen=seen)
    if PoliceReport.objects.filter(incident=incident).exists():
        raise ChangedMeanwhileError
    track.no_report_because = reason
    settle(track=track, at=at)
    clocks.decided(incident=incident, by=by.urn, at=at)
    note("incidents.police.not_reported", incident=incident, by=by, at=at)
    return track
