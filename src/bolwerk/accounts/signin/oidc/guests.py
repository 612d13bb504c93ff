"""Who comes in by the sign-in of a home municipality: people whom a circle invited for that very municipality.

Such a provider is of somebody else. It may say who its own people are and nothing more: no role, no department, and
nobody whom this house knows as anything but a guest of its circles (ADR 43).
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from allauth.account.internal.emailkit import valid_email_or_none
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin.oidc.homes import Home
from bolwerk.accounts.signin.oidc.table import Claims

GUEST_ROLES = frozenset({Role.CIRCLE_MEMBER, Role.CIRCLE_FACILITATOR})


def _told(name: str) -> Callable[..., Any]:
    """What a room tells sign-in, by address: accounts knows no room."""
    told: Callable[..., Any] = import_string(getattr(settings, name))
    return told


def may_come(person: Person, home: Home, *, on: date) -> bool:
    """Whether this home may say that somebody is `person`: a guest here, and now for its own municipalities alone."""
    if not person.is_active or person.department_id is not None or not _held(person) <= GUEST_ROLES:
        return False
    return home.speaks_for(_told("GUEST_COMES_FOR")(person, on=on))


def _held(person: Person) -> set[str]:
    return set(person.grants.filter(withdrawn_at=None).values_list("role", flat=True))


def invited(digest: str, home: Home, *, at: datetime) -> Person | None:
    """Whom a personal link was made for, when that account was never used and is of this home."""
    person: Person | None = _told("GUEST_INVITED")(digest, at=at) if digest else None
    return person if person and may_come(person, home, on=timezone.localdate(at)) else None


def known_by_email(claims: Claims, home: Home, *, on: date) -> Person | None:
    """A guest of this home by an e-mail address that it vouches for. Nobody who may found circles is known by that."""
    email = valid_email_or_none(claims.get("email"))
    vouched = claims.get("email_verified") is True or home.match_email == "always"
    if not email or not vouched or home.match_email == "never":
        return None
    person = Person.objects.filter(email=email.lower()).first()
    if person is None or Role.CIRCLE_FACILITATOR in _held(person):
        return None
    return person if may_come(person, home, on=on) else None


def began(person: Person, *, at: datetime) -> None:
    """Tell the room that somebody came in by the home for the first time."""
    _told("GUEST_BEGAN")(person=person, at=at)
