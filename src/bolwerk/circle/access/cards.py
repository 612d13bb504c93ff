"""Whose library it is: everybody in a circle and the programme leads read it; who wrote a card writes on in it."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.accounts.rules import Role
from bolwerk.circle.access.circles import CIRCLE_ROLES, LEADERS, taking_part_on
from bolwerk.circle.models import Card, CardVersion, Municipality, Origin, Participant
from bolwerk.circle.rules.cards import DRAFT
from bolwerk.ui.once import asked_once

LIBRARY_ROLES = CIRCLE_ROLES | {Role.PROGRAMME_LEAD}


def home_of(person: Person, *, on: date) -> str:
    """The name of the municipality for which somebody acts in the library; empty for who leads circles only.

    Of those who take part in a circle it is the one they take part for, of a programme lead that of the installation.
    """
    return asked_once(("circle.home", person.pk, on), lambda: _home_of(person, on))


def _home_of(person: Person, on: date) -> str:
    seats = seats_of(person, on=on)
    name = seats[0].member.municipality.name if seats else ""
    if not seats and Role.PROGRAMME_LEAD in roles_of(person, on=on):
        identity = installation()
        name = identity.name if identity else ""
    return name.removeprefix("Gemeente ")


def seats_of(person: Person, *, on: date) -> list[Participant]:
    """As whom this person takes part, in each circle, the first one first. Asked once within one look at a page."""
    rows = taking_part_on(on).filter(person=person).exclude(accepted_at=None)
    joined = rows.select_related("member__circle", "member__municipality")
    return asked_once(("circle.seats", person.pk, on), lambda: list(joined))


def municipality_of(person: Person, *, on: date) -> Municipality | None:
    """The row of that municipality, when there is one."""
    name = home_of(person, on=on)
    return Municipality.objects.filter(name=name).first() if name else None


def readable_cards() -> QuerySet[Card]:
    """What everybody in the library can read: published and not withdrawn."""
    return Card.objects.filter(withdrawn_at=None, current__gt=DRAFT)


def writable_cards(person: Person, *, on: date) -> QuerySet[Card]:
    """The cards that this person or the own municipality made. Those of the starting library are changed in files."""
    home = home_of(person, on=on)
    own = Q(made_by=person) | (Q(municipality__name=home) if home else Q(pk=None))
    return Card.objects.filter(own, origin="own", withdrawn_at=None)


def may_write(card: Card, person: Person, *, on: date) -> bool:
    """The same of one card, without asking the database for it again."""
    home = home_of(person, on=on)
    mine = card.made_by_id == person.pk or (card.municipality is not None and card.municipality.name == home)
    return mine and card.origin == "own" and card.withdrawn_at is None


def card_or_404(request: SignedInRequest, card_id: UUID) -> Card:
    """A card of the library, or a draft of one's own, or 404."""
    mine = writable_cards(request.user, on=timezone.localdate()).order_by().values("pk")
    found = Card.objects.filter(Q(pk__in=readable_cards().order_by().values("pk")) | Q(pk__in=mine), pk=card_id)
    return found.select_related("municipality").first() or deny(request, subject=_urn(card_id))


def card_to_write_or_404(request: SignedInRequest, card_id: UUID) -> Card:
    """A card that this person writes in, or 404."""
    mine = writable_cards(request.user, on=timezone.localdate())
    return mine.filter(pk=card_id).first() or deny(request, subject=_urn(card_id))


def may_send(card: Card, person: Person, *, on: date) -> bool:
    """Whether this person may prepare a card for other installations: its writers; of a copy, who leads circles."""
    if not card.current or card.withdrawn_at:
        return False
    roles = roles_of(person, on=on)
    if card.origin == Origin.BUNDLE:
        return bool(roles & LEADERS)
    return bool(roles & CIRCLE_ROLES) and may_write(card, person, on=on)


def card_to_send_or_404(request: SignedInRequest, card_id: UUID) -> Card:
    """A card that this person may prepare for other installations, or 404."""
    found = readable_cards().filter(pk=card_id).select_related("municipality").first()
    if found and may_send(found, request.user, on=timezone.localdate()):
        return found
    return deny(request, subject=_urn(card_id))


def version_or_404(request: SignedInRequest, card: Card, number: int) -> CardVersion:
    """A version of a card that was published, or 404."""
    found = card.versions.exclude(published_at=None).filter(number=number).first()
    return found or deny(request, subject=card.urn)


def _urn(card_id: UUID) -> str:
    return f"urn:bolwerk:circle:card:{card_id}"
