"""Who makes a publication, and who reads it before everybody does: the circle. Outside it, it travels as a file."""

from uuid import UUID

from django.db.models import Q, QuerySet

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.circle.access.circles import circle_or_404, circles_led_by, led_circle_or_404
from bolwerk.circle.models import Circle, Edition, EditionItem


def editions_of(circle: Circle, *, leads: bool) -> QuerySet[Edition]:
    """The editions that are out; for who leads the circle also the one that is being made."""
    return Edition.objects.filter(circle=circle).filter(Q(published_at__isnull=False) | Q(pk__isnull=not leads))


def edition_or_404(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> Edition:
    """An edition of a circle that this person is in, or 404."""
    circle = circle_or_404(request, circle_id)
    leads = circles_led_by(request.user).filter(pk=circle.pk).exists()
    found = editions_of(circle, leads=leads).select_related("circle").filter(pk=edition_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:edition:{edition_id}")


def open_edition_or_404(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> Edition:
    """An edition that is being made in a circle that this person leads, or 404."""
    circle = led_circle_or_404(request, circle_id)
    found = Edition.objects.filter(circle=circle, pk=edition_id, published_at=None).select_related("circle").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:edition:{edition_id}")


def item_or_404(request: SignedInRequest, circle_id: UUID, edition_id: UUID, item_id: UUID) -> EditionItem:
    """Something in an edition that is being made, or 404."""
    edition = open_edition_or_404(request, circle_id, edition_id)
    found = EditionItem.objects.filter(pk=item_id, edition=edition).select_related("edition").first()
    return found or deny(request, subject=edition.urn)
