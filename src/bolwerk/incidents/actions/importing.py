"""Reading in an older register: kept for the preview, then read in whole or not at all."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from bolwerk.accounts.actions import nameless
from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.middleware import current_trace_id, traced
from bolwerk.incidents.access.importing import KEPT_FOR
from bolwerk.incidents.actions.noting import REPORTING
from bolwerk.incidents.actions.numbering import new_reference
from bolwerk.incidents.actions.retention import first_of_month
from bolwerk.incidents.models import ImportedReport, Incident, RegisterFile
from bolwerk.incidents.queries.importing import Plan, Taken, plan_of
from bolwerk.incidents.queries.names import FILE
from bolwerk.incidents.rules import Field, Safety, Status
from bolwerk.processing.actions import log_processing

AT_ONCE = 500  # rows of one INSERT


class FileHasProblemsError(ValueError):
    """Something in the file is wrong; nothing was read in."""


class OutcomeChangedError(ValueError):
    """The outcome would be another one than was shown; nothing was read in."""


@transaction.atomic
def keep_register_file(*, content: bytes, register: str, by: Person, at: datetime) -> RegisterFile:
    """Keep an uploaded file until it is read in, or for a day."""
    kept = RegisterFile.objects.create(content=content, register=register, by=by, at=at)
    record("incidents.register_file.kept", subject=f"{FILE}{kept.pk}", actor=by.urn, at=at)
    return kept


@transaction.atomic
def say_columns(*, file: RegisterFile, columns: Mapping[Field, str]) -> None:
    """Say which column is what. What was said of words in a column that is another one now is forgotten."""
    same = {what for what, heading in columns.items() if file.columns.get(what.value) == heading}
    file.columns = {what.value: heading for what, heading in columns.items() if heading}
    file.codes = {what: codes for what, codes in file.codes.items() if Field(what) in same}
    file.save(update_fields=["columns", "codes"])


@transaction.atomic
def say_codes(*, file: RegisterFile, codes: Mapping[Field, Mapping[str, str]]) -> None:
    """Say what the words in the coded columns mean here."""
    file.codes = {what.value: dict(words) for what, words in codes.items()}
    file.save(update_fields=["codes"])


@transaction.atomic
def forget_register_file(*, file: RegisterFile, at: datetime) -> None:
    """Throw a file away without reading it in."""
    record("incidents.register_file.forgotten", subject=f"{FILE}{file.pk}", actor=file.by.urn, at=at)
    RegisterFile.objects.filter(pk=file.pk).delete()


@transaction.atomic
def forget_old_files(*, at: datetime) -> int:
    """Throw away what nobody read in for a day; return how many files."""
    return RegisterFile.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


@transaction.atomic
def read_in(*, file: RegisterFile, shown: str, at: datetime) -> Plan:
    """Read in what the preview showed (its digest is `shown`), as closed reports without clocks, and forget the file.

    Raises FileHasProblemsError; OutcomeChangedError when it would bring something else than was shown, also when
    somebody else was first: the file is locked, so that two windows do not read it in twice.
    """
    if not RegisterFile.objects.select_for_update().filter(pk=file.pk).exists():
        raise OutcomeChangedError
    plan = plan_of(file, at=at)
    if plan.problems:
        raise FileHasProblemsError
    if plan.digest != shown:
        raise OutcomeChangedError
    _add(plan, at=at)
    RegisterFile.objects.filter(pk=file.pk).delete()
    about = sorted({one.person.urn for one in plan.taken if one.person})
    with traced(current_trace_id()):
        if about:
            log_processing(REPORTING, name="incidents.register.read_in", subjects=about, at=at)
        record(
            "incidents.register.read_in",
            subject=f"{FILE}{file.pk}",
            actor=file.by.urn,
            at=at,
            rows=len(plan.taken),
            known=plan.known,
            too_old=plan.too_old,
        )
    return plan


def _add(plan: Plan, *, at: datetime) -> None:
    nobody = nameless()
    incidents = [_incident(one, nobody=nobody, at=at) for one in plan.taken]
    Incident.objects.bulk_create(incidents, batch_size=AT_ONCE)
    marks = [
        ImportedReport(incident=incident, register=plan.register, number=one.report.number, at=at)
        for incident, one in zip(incidents, plan.taken, strict=True)
    ]
    ImportedReport.objects.bulk_create(marks, batch_size=AT_ONCE)


def _incident(one: Taken, *, nobody: Person, at: datetime) -> Incident:
    report, bare = one.report, one.bare
    return Incident(
        reference=new_reference(),
        submission_key=uuid4(),
        reporter=nobody,
        happened_to=one.person or nobody,
        department=one.department,
        kind=report.kind,
        channel=report.channel,
        place="" if bare else report.place,
        words="" if bare else report.words,
        occurred_at=first_of_month(moment=report.occurred_at) if bare else report.occurred_at,
        occurred_uncertain=report.occurred_uncertain,
        safety=Safety.UNKNOWN,
        status=Status.CLOSED,
        reported_at=first_of_month(moment=report.reported_at) if bare else report.reported_at,
        closed_at=report.reported_at,  # an older register tells no better day to count retention from
        erased_at=at if bare else None,
    )
