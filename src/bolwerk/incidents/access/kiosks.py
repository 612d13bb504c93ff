"""Who makes kiosks; and what somebody without an account reaches with an address or a code."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.models import Kiosk, KioskReport
from bolwerk.incidents.rules.kiosks import digest, plain

KIOSK_ROLES = frozenset({Role.AGGRESSION_COORDINATOR})


def departments_for_kiosks(person: Person) -> QuerySet[Department]:
    """The departments for which this person makes kiosks today."""
    reach = departments_of(person, Role.AGGRESSION_COORDINATOR, on=timezone.localdate())
    there = Department.objects.filter(closed_on=None)
    return there if reach is None else there.filter(pk__in=reach)


def kiosks_of(person: Person) -> QuerySet[Kiosk]:
    """The kiosks of those departments."""
    return Kiosk.objects.filter(department__in=departments_for_kiosks(person)).select_related("department")


def kiosk_or_404(request: SignedInRequest, kiosk_id: UUID) -> Kiosk:
    """A kiosk that this person looks after, or 404."""
    found = kiosks_of(request.user).filter(pk=kiosk_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:kiosk:{kiosk_id}")


def kiosk_at(address: str) -> Kiosk | None:
    """The kiosk with this secret address while it is in use. One that was taken down is as one that never was."""
    in_use = Kiosk.objects.filter(revoked_at=None, department__closed_on=None).select_related("department")
    return in_use.filter(address_digest=digest(address)).first()


def report_with_code(code: str, *, at: datetime) -> KioskReport | None:
    """The report that this code opens now: not used, not too old, and its words still there."""
    return _reports().filter(code_digest=digest(plain(code)), code_ends_at__gt=at).first()


def opened_kiosk_report(incident_id: UUID) -> KioskReport | None:
    """The report that a code opened in this session a moment ago."""
    return _reports().filter(pk=incident_id).first()


def _reports() -> QuerySet[KioskReport]:
    whole = KioskReport.objects.select_related("incident__reporter", "incident__happened_to", "incident__department")
    return whole.select_related("kiosk").filter(incident__erased_at=None)
