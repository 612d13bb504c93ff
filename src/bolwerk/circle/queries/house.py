"""What this room tells the rest of the house: its door, and where a subject lives."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.circle.access import CIRCLE_ROLES, circles_of
from bolwerk.circle.queries.adoptions import adoption_address, card_address
from bolwerk.circle.queries.cases import case_address
from bolwerk.circle.queries.names import ADOPTION, CARD, CASE, CIRCLE, QUESTION
from bolwerk.circle.queries.questions import question_address
from bolwerk.ui.navigation import Door

Lives = Callable[[UUID, Person, date], str | None]


def doors(person: Person, *, on: date) -> list[Door]:
    """One door, for whoever has a role in a learning circle; at a host also large, and in the bar of a phone."""
    if not roles_of(person, on=on) & CIRCLE_ROLES:
        return []
    name, hint = _("Learning circle"), _("Learn from each other")
    rail = Door("circle:circles", name, "users", hint=hint, on_phone=settings.HOST_MODE)
    return [rail, Door("circle:circles", name, "users", "start", hint=hint)] if settings.HOST_MODE else [rail]


def _circle(key: UUID, person: Person, on: date) -> str | None:
    there = circles_of(person, on=on).filter(pk=key).exists()
    return reverse("circle:circle", args=[key]) if there else None


# What a thing of this room is called in a URN, and where it lives for somebody. Each part adds its own.
LIVES: dict[str, Lives] = {
    CIRCLE: _circle,
    CARD: card_address,
    ADOPTION: adoption_address,
    CASE: case_address,
    QUESTION: question_address,
}


def address_of(urn: str, person: Person, *, on: date) -> str | None:
    """The page of a thing of this room for this person, or None when it does not exist for this person."""
    start, _colon, key = urn.rpartition(":")
    lives = LIVES.get(f"{start}:")
    return lives(UUID(key), person, on) if lives else None
