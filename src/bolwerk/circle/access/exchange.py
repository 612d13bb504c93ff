"""Who exchanges with other installations: people of circles look and take in, an administrator says whom to trust."""

from uuid import UUID

from django.db.models import QuerySet

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.circle.access.circles import CIRCLE_ROLES, LEADERS
from bolwerk.circle.models import Circle, Incoming, Issued, PooledRelease, Received, TrustedKey

KEEPERS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})  # of keys and of the addresses that Bolwerk may fetch from
EXCHANGERS = CIRCLE_ROLES
POOL = "pool"  # the kind of bundle that holds figures of municipalities together
ISSUERS = LEADERS  # what stands in the feed is said in the name of the whole installation


def incoming_for(person: Person) -> QuerySet[Incoming]:
    """What waits to be looked at: what this person brought in. Nobody else sees it before it is taken in."""
    return Incoming.objects.filter(by=person).select_related("origin")


def incoming_or_404(request: SignedInRequest, incoming_id: UUID) -> Incoming:
    """A bundle that waits, or 404."""
    found = incoming_for(request.user).filter(pk=incoming_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:incoming:{incoming_id}")


def received_or_404(request: SignedInRequest, received_id: UUID) -> Received:
    """A copy of somebody else's item, or 404. Figures are not read one by one, and a report stands with its card."""
    rows = Received.objects.exclude(kind__in=("benchmark", "adoption")).select_related("origin", "by", "card")
    return rows.filter(pk=received_id).first() or deny(request, subject=f"urn:bolwerk:circle:received:{received_id}")


def changeable_or_404(request: SignedInRequest, received_id: UUID) -> Received:
    """A copy that may be changed, or 404: figures stay as they were published."""
    found = received_or_404(request, received_id)
    return found if found.kind != POOL else deny(request, subject=f"urn:bolwerk:circle:received:{received_id}")


def release_or_404(request: SignedInRequest, circle: Circle, year: int) -> PooledRelease:
    """The pooled figures of a year of a circle, or 404."""
    found = PooledRelease.objects.filter(circle=circle, year=year).select_related("circle").first()
    return found or deny(request, subject=circle.urn)


def issued_for(person: Person) -> QuerySet[Issued]:
    """What this person prepared or sent; what stands in the feed is for everybody, by its own address."""
    return Issued.objects.filter(by=person)


def issued_or_404(request: SignedInRequest, issued_id: UUID) -> Issued:
    """What this person sends, or 404."""
    found = issued_for(request.user).filter(pk=issued_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:issued:{issued_id}")


def trusted_key_or_404(request: SignedInRequest, key_id: UUID) -> TrustedKey:
    """A key of another installation, or 404."""
    found = TrustedKey.objects.filter(pk=key_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:trusted_key:{key_id}")


def feed_or_404(request: SignedInRequest, key_id: UUID) -> TrustedKey:
    """An installation that is trusted and of which an administrator gave the address, or 404."""
    found = TrustedKey.objects.filter(pk=key_id, revoked_at=None).exclude(feed="").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:trusted_key:{key_id}")
