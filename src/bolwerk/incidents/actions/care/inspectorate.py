"""The labour inspectorate: a clock at zero from the moment that somebody knows, until it was told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import cancel, complete, start_clock
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.incidents.actions.care.clocks import INSPECTORATE, PAGE, chain, settle
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Care, Incident, InspectorateCase, InspectorateStep
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.queries.people import manager_of
from bolwerk.incidents.rules.inspectorate import AlreadyReportedError, Harm, InspectorateEvent, Notice

REPORT_NOW = gettext_noop("Report to the labour inspectorate at once")
AN_HOUR = Term(1, Unit.HOURS, "Arbowet 9")  # it began an hour ago, so that it is due now


def _key(incident: Incident) -> str:
    """The key of its clock; said again after it was taken back, it gets one of its own."""
    undone = InspectorateStep.objects.filter(incident=incident, event=InspectorateEvent.UNDONE).count()
    return f"{INSPECTORATE}:{incident.pk}:{undone}" if undone else f"{INSPECTORATE}:{incident.pk}"


def _keep(case: InspectorateCase, event: InspectorateEvent, *, by: Person, at: datetime, why: str = "") -> None:
    """A row of its history, which stays when the case is taken back."""
    InspectorateStep.objects.create(incident=case.incident, event=event, harm=case.harm, why=why, by=by, at=at)


@transaction.atomic
def say_harm(*, incident: Incident, harm: Harm, by: Person, at: datetime) -> InspectorateCase:
    """Write down that this must be reported to the inspectorate: its clock stands at zero at once.

    Saying it again changes what the harm is, as long as it was not reported. Raises AlreadyReportedError.
    """
    Care.objects.select_for_update().get(pk=incident.pk)
    case = InspectorateCase.objects.filter(pk=incident.pk).first() or InspectorateCase(incident=incident)
    if case.reported_on is not None:
        raise AlreadyReportedError
    case.harm, case.by, case.at = harm, by, at
    case.save()
    _keep(case, InspectorateEvent.DUE, by=by, at=at)
    owner, *later = chain(incident=incident, manager=manager_of(incident, at=at))
    clock = Clock(_key(incident), REPORT_NOW, AN_HOUR, PAGE, about=incident.reference)
    began = at - timedelta(hours=1)
    start_clock(subject=care_urn(incident), clock=clock, owner=owner, escalate_to=later, by=by.urn, at=began)
    Care.objects.filter(pk=incident.pk).update(ended_at=None)
    settle(incident=incident, at=at)
    note("incidents.inspectorate.due", incident=incident, by=by, at=at)
    return case


@transaction.atomic
def report_to_inspectorate(*, case: InspectorateCase, notice: Notice, by: Person, at: datetime) -> InspectorateCase:
    """Write down that it was reported, and stop the clock. Raises AlreadyReportedError."""
    now = InspectorateCase.objects.select_for_update().get(pk=case.pk)
    if now.reported_on is not None:
        raise AlreadyReportedError
    now.incident = case.incident
    now.reported_on, now.number = notice.reported_on, notice.number
    now.save()
    _keep(now, InspectorateEvent.TOLD, by=by, at=at)
    complete(subject=care_urn(now.incident), key=_key(now.incident), by=by.urn, at=at)
    settle(incident=now.incident, at=at)
    note("incidents.inspectorate.reported", incident=now.incident, by=by, at=at)
    return now


@transaction.atomic
def undo_harm(*, case: InspectorateCase, why: str, by: Person, at: datetime) -> None:
    """Take back what was written down by mistake, also when it was reported: its clock stops, its history stays.

    Raises ChangedMeanwhileError when a colleague took it back before.
    """
    now = InspectorateCase.objects.select_for_update().filter(pk=case.pk).first()
    if now is None:
        raise ChangedMeanwhileError
    now.incident = case.incident
    cancel(subject=care_urn(now.incident), key=_key(now.incident), by=by.urn, at=at, reason="mistake")
    _keep(now, InspectorateEvent.UNDONE, by=by, at=at, why=why)
    now.delete()
    settle(incident=case.incident, at=at)
    note("incidents.inspectorate.undone", incident=case.incident, by=by, at=at)
