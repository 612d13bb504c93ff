"""Whose adoption it is: the municipality that took the card over. Others see only what it shares."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.circle.access.cards import home_of
from bolwerk.circle.models import Adoption, Wish


def own_adoptions(person: Person, *, on: date) -> QuerySet[Adoption]:
    """What the own municipality took over."""
    home = home_of(person, on=on)
    mine = Adoption.objects.filter(municipality__name=home) if home else Adoption.objects.none()
    return mine.select_related("municipality", "card")


def shared_adoptions() -> QuerySet[Adoption]:
    """What municipalities show each other: with their consent, of cards that are in the library or were."""
    return Adoption.objects.filter(shared=True).select_related("municipality", "card")


def adoption_or_404(request: SignedInRequest, adoption_id: UUID) -> Adoption:
    """An adoption of the own municipality, or 404."""
    found = own_adoptions(request.user, on=timezone.localdate()).filter(pk=adoption_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:adoption:{adoption_id}")


def open_wish_or_404(request: SignedInRequest, wish_id: UUID) -> Wish:
    """A wish that still stands, or 404. Everybody in the library sees them."""
    found = Wish.objects.filter(closed_at=None, pk=wish_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:wish:{wish_id}")


def own_answered_wish_or_404(request: SignedInRequest, wish_id: UUID) -> Wish:
    """A wish of this person, alone or with others, that a card answered, or 404."""
    found = Wish.objects.exclude(closed_at=None).filter(pk=wish_id, voices__by=request.user).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:wish:{wish_id}")
