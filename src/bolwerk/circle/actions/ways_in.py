"""How somebody comes in with a personal link: with a passkey or a password, once; and what happens when it is lost."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin.first_way_in import keep_passkey
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.signin.ways_in import take_ways_in_back
from bolwerk.audit.actions import record
from bolwerk.circle.models import Participant
from bolwerk.circle.queries.circles import WAITS, is_new, may_begin_anew
from bolwerk.circle.rules.circles import WAY_BACK_LASTS, CircleError, digest, lasts, new_link

NOT_YOURS = _("You cannot do this for this person. Ask the administrator of this installation.")


def _new(person: Person) -> Person:
    """The row, locked. Raises CircleError when somebody has a way in already: a link opens an account once."""
    found = Person.objects.select_for_update().get(pk=person.pk)
    if not found.is_active or not is_new(found):
        raise CircleError(_("This account has been used already. Sign in, or ask whoever invited you for a new link."))
    return found


def _began(person: Person, *, method: str, at: datetime) -> None:
    """Every link to this account opens nothing any more."""
    Participant.objects.filter(person=person).update(invitation_digest="")
    record("circle.participant.began", subject=person.urn, actor=person.urn, at=at, method=method)


@transaction.atomic
def choose_first_password(*, person: Person, password: str, at: datetime) -> Person:
    """Somebody who never signed in chooses a password with the personal link. Raises CircleError when there is one."""
    found = _new(person)
    found.set_password(password)
    found.save(update_fields=["password"])
    _began(found, method="password", at=at)
    return found


@transaction.atomic
def begin_with_passkey(*, person: Person, credential: dict[str, Any], at: datetime) -> Authenticator:
    """Somebody who never signed in keeps the passkey made with the personal link. Raises CircleError as above."""
    found = _new(person)
    kept = keep_passkey(person=found, credential=credential, at=at)
    _began(found, method="passkey", at=at)
    return kept


def began_at_home(*, person: Person, at: datetime) -> None:
    """Somebody came in by the sign-in of the home municipality for the first time."""
    _began(person, method="home", at=at)


@transaction.atomic
def begin_anew(*, participant: Participant, by: Person, at: datetime) -> str:
    """Somebody lost the passkey or the phone: every way in goes, and a new personal link comes. Return its secret part.

    Only for an account that was made for circles, all of which `by` leads: whoever leads one circle must get into no
    other one this way. Raises CircleError.
    """
    row = Participant.objects.select_for_update(of=("self",)).select_related("member__circle").get(pk=participant.pk)
    person = Person.objects.select_for_update().filter(pk__in=[row.person_id], is_active=True).first()
    if person is None or row.left_at is not None or not may_begin_anew(person, by=by):
        raise CircleError(NOT_YOURS)
    take_ways_in_back(person=person, by=by.urn, at=at)
    link = new_link()
    row.invitation_digest, row.invitation_ends_at = digest(link), at + WAY_BACK_LASTS
    row.save(update_fields=["invitation_digest", "invitation_ends_at"])
    record("circle.participant.way_back", subject=person.urn, actor=by.urn, at=at, participant=str(row.pk))
    send_neutral_mail.enqueue(person=str(person.pk), kind="changed")
    return link


@transaction.atomic
def renew_link(*, participant: Participant, by: str, at: datetime) -> str | None:
    """A new personal link, for the mail that goes out now; None when the invitation was taken up or back meanwhile."""
    link = new_link()
    waiting = Participant.objects.filter(WAITS, pk=participant.pk, left_at=None)
    ends_at = at + lasts(is_in=participant.accepted_at is not None)
    is_new_here = participant.person is not None and is_new(participant.person)
    if not is_new_here or not waiting.update(invitation_digest=digest(link), invitation_ends_at=ends_at):
        return None
    record("circle.participant.mailed", subject=participant.member.circle.urn, actor=by, at=at)
    return link
