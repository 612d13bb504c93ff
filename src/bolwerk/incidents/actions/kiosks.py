"""Kiosks: made and taken down by the coordinator; and what somebody without an account reports and looks up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.actions import without_account
from bolwerk.accounts.models import Department, Person
from bolwerk.audit.actions import record
from bolwerk.incidents.actions.reporting import Sending, add_details, report
from bolwerk.incidents.models import Addition, Concerned, Incident, Kiosk, KioskReport
from bolwerk.incidents.rules import ByWhom, Facts, Receiver
from bolwerk.incidents.rules.kiosks import CODE_LASTS, digest, new_address, new_code, plain


class CodeUsedError(Exception):
    """Somebody else used this code a moment ago."""


@transaction.atomic
def make_kiosk(*, department: Department, place: str, by: Person, at: datetime) -> Kiosk:
    """Make a kiosk with an address that nobody can guess."""
    address = new_address()
    kiosk = Kiosk.objects.create(
        department=department,
        place=place,
        address=address,
        address_digest=digest(address),
        made_by=by,
        made_at=at,
    )
    record("incidents.kiosk.made", subject=kiosk.urn, actor=by.urn, at=at)
    return kiosk


@transaction.atomic
def revoke_kiosk(*, kiosk: Kiosk, by: Person, at: datetime) -> None:
    """Take a kiosk down: its address opens nothing from now on. What was reported there stays, and codes go on."""
    if Kiosk.objects.filter(pk=kiosk.pk, revoked_at=None).update(revoked_at=at):
        record("incidents.kiosk.revoked", subject=kiosk.urn, actor=by.urn, at=at)


@transaction.atomic
def report_at_kiosk(
    *, kiosk: Kiosk, facts: Facts, receiver: Receiver, name: str, at: datetime, submission_key: UUID
) -> tuple[Incident, str]:
    """Take in a report of somebody without an account; return it with the code that opens it once.

    Sent again with the same key it is the same report, with a new code: whoever sent it did not see the first.
    Raises NotYetHappenedError.
    """
    nobody = without_account()
    sending = Sending(by_whom=ByWhom.SELF, receiver=receiver, department=kiosk.department)
    incident = report(facts=facts, happened_to=nobody, by=nobody, at=at, submission_key=submission_key, sending=sending)
    code = new_code()
    kept = {"code_digest": digest(plain(code)), "code_ends_at": at + CODE_LASTS}
    row, is_new = KioskReport.objects.get_or_create(incident=incident, defaults={"kiosk": kiosk, "name": name, **kept})
    if is_new:
        _name_the_concerned(incident, name or str(kiosk))
    else:
        _renew(row, kept)
    return incident, code


def _name_the_concerned(incident: Incident, name: str) -> None:
    """In the care track stands a name, or the place: somebody without an account is looked after too."""
    for concerned in Concerned.objects.filter(incident=incident, person=incident.happened_to):
        concerned.person, concerned.name = None, name
        concerned.save(update_fields=["person", "name"])


def _renew(row: KioskReport, kept: dict[str, object]) -> None:
    KioskReport.objects.filter(pk=row.pk).update(**kept)


@transaction.atomic
def use_code(*, report: KioskReport, at: datetime) -> str:
    """Open a report with its code, which works no more; return the next one. Raises CodeUsedError."""
    code = new_code()
    kept = {"code_digest": digest(plain(code)), "code_ends_at": at + CODE_LASTS}
    used = KioskReport.objects.filter(pk=report.pk, code_digest=report.code_digest).update(**kept)
    if not used:
        raise CodeUsedError
    record("incidents.kiosk.looked_up", subject=report.incident.urn, actor=report.kiosk.urn, at=at)
    return code


def complete_at_kiosk(*, report: KioskReport, text: str, at: datetime) -> Addition:
    """Add what came to mind later."""
    return add_details(incident=report.incident, text=text, by=report.incident.reporter, at=at)
