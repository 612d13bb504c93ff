"""Checking a password, in the same time whether the account exists or not."""

from functools import cache

from django.contrib.auth.hashers import make_password

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin.rules import MAX_PASSWORD_LENGTH


@cache
def _nobodys_hash() -> str:
    """A hash of nothing anybody knows, made with today's costs."""
    return make_password("nobody")


def person_with(*, email: str, password: str) -> Person | None:
    """The active person who has this e-mail address and this password, or None.

    An unknown address, a leaver, somebody without a password and a text longer than any password all cost one hash,
    so that the time of the answer says nothing (ASVS 5.0 6.3.8).
    """
    person = Person.objects.filter(email=email.lower()).first()
    has_password = person is not None and person.is_active and person.has_usable_password()
    candidate = person if person and has_password else Person(password=_nobodys_hash())
    too_long = len(password) > MAX_PASSWORD_LENGTH
    right = candidate.check_password("" if too_long else password)
    return candidate if right and has_password and not too_long else None
