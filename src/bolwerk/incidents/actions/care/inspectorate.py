"""The labour inspectorate: a clock at zero from the moment that somebody knows, until it was told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import complete, start_clock
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.incidents.actions.care.clocks import INSPECTORATE, PAGE, chain, settle
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.models import Care, Incident, InspectorateCase
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.queries.people import manager_of
from bolwerk.incidents.rules.inspectorate import AlreadyReportedError, Harm, Notice

REPORT_NOW = gettext_noop("Report to the labour inspectorate at once")
AN_HOUR = Term(1, Unit.HOURS, "Arbowet 9")  # it began an hour ago, so that it is due now


def _key(incident: Incident) -> str:
    return f"{INSPECTORATE}:{incident.pk}"


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
    complete(subject=care_urn(now.incident), key=_key(now.incident), by=by.urn, at=at)
    settle(incident=now.incident, at=at)
    note("incidents.inspectorate.reported", incident=now.incident, by=by, at=at)
    return now
