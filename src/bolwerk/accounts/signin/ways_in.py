"""What somebody can sign in with, and taking all of it back when it was lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import trail
from bolwerk.accounts.signin.sessions import end_sessions_of


def has_way_in(person: Person) -> bool:
    """Whether somebody can sign in by now: a password, a passkey, or the sign-in of a municipality."""
    return (
        person.has_usable_password()
        or Authenticator.objects.filter(user=person).exists()
        or SocialAccount.objects.filter(user=person).exists()
    )


def take_ways_in_back(*, person: Person, by: str, at: datetime) -> None:
    """Nothing with which this account signed in works any more, and its sessions end: it is as new.

    In the transaction of whoever asks.
    """
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.last_login = None
    person.save(update_fields=["password", "last_login"])
    end_sessions_of(person=person, by=by, at=at)
    trail.write("ways_in_removed", person=person, by=by, at=at)
