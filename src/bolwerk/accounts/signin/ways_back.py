"""Letting somebody begin anew with signing in who lost phone, passkeys and recovery codes (ADR 46).

An administrator asks and says how they know who it is. A second administrator agrees, or a wait passes in which the
person can stop it: with the link in the mail, or by signing in with what is said to be lost. Then nothing of before
works any more, and a link to choose a password goes to the person's own address. No administrator gets in this way.
"""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.roles import people_with
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.ways_back import (
    FORMER_ADDRESS_KEPT,
    KEPT_AFTER,
    Recognised,
    Refusal,
    Situation,
    WayBackError,
    refusal,
)
from bolwerk.accounts.signin import trail
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.signin.models import FormerAddress, WayBack
from bolwerk.accounts.signin.second_factor import factors_of
from bolwerk.accounts.signin.ways_in import take_ways_in_back
from bolwerk.audit.actions import SYSTEM

SALT = "bolwerk.signin.way_back"  # of the link that stops it: it opens nothing


class NotTheSecondError(ValueError):
    """Whoever asked, and the person it is about, cannot be the second pair of eyes."""


class OverError(ValueError):
    """It was done or stopped meanwhile."""


def running_of(person: Person) -> WayBack | None:
    """What is asked for somebody and neither done nor stopped."""
    return WayBack.objects.select_related("asked_by").filter(person=person, done_at=None, stopped_at=None).first()


def why_not(person: Person, *, by: Person, at: datetime) -> Refusal | None:
    """Why `by` cannot ask this for somebody now, or None."""
    newest = FormerAddress.objects.filter(person=person).order_by("-changed_at").first()
    now = Situation(
        is_self=person.pk == by.pk,
        is_active=person.is_active,
        comes_from_home=SocialAccount.objects.filter(user=person).exists(),
        has_second_step=bool(factors_of(person)),
        address_since=newest.changed_at if newest else None,
        is_running=running_of(person) is not None,
    )
    return refusal(now, at=at, address_rests=settings.WAY_BACK_ADDRESS)


def seconds_for(person: Person, *, by: Person, at: datetime) -> list[Person]:
    """The administrators who can agree: neither whoever asks nor the person it is about."""
    rows = people_with(Role.FUNCTIONAL_ADMINISTRATOR, on=timezone.localdate(at))
    return list(rows.exclude(pk__in=[by.pk, person.pk]))


def waiting() -> list[WayBack]:
    """What is asked and neither done nor stopped, the oldest first."""
    rows = WayBack.objects.filter(done_at=None, stopped_at=None).select_related("person", "asked_by")
    return list(rows.order_by("asked_at"))


@transaction.atomic
def ask(*, person: Person, recognised: Recognised, reason: str, by: Person, at: datetime) -> WayBack:
    """Ask it; the person and the other administrators get a mail. Raises WayBackError with the reason why not."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if (why := why_not(person, by=by, at=at)) is not None:
        raise WayBackError(why)
    row = WayBack.objects.create(
        person=person,
        asked_by=by,
        recognised=recognised,
        reason=reason,
        asked_at=at,
        opens_at=at + settings.WAY_BACK_WAIT,
    )
    trail.write("way_back_asked", person=person, by=by.urn, at=at, recognised=recognised.value)
    send_neutral_mail.enqueue(person=str(person.pk), kind="way_back_asked", about=stop_token(row))
    for other in seconds_for(person, by=by, at=at):
        send_neutral_mail.enqueue(person=str(other.pk), kind="way_back_second", about=str(person.pk))
    return row


@transaction.atomic
def agree(*, row: WayBack, by: Person, at: datetime) -> None:
    """A second administrator agrees: it happens at once. Raises NotTheSecondError and OverError."""
    row = _still(row)
    if by.pk in (row.asked_by_id, row.person_id):
        raise NotTheSecondError
    row.agreed_by = by
    _open(row, by=by.urn, at=at)


@transaction.atomic
def stop(*, row: WayBack, by: str, at: datetime) -> None:
    """It does not happen. `by` is a URN. Raises OverError."""
    row = _still(row)
    row.stopped_at = at
    row.save(update_fields=["stopped_at"])
    trail.write("way_back_stopped", person=row.person, by=by, at=at)


@transaction.atomic
def stop_because_not_lost(*, person: Person, at: datetime) -> bool:
    """Somebody showed the second step that was said to be lost. Return whether anything was stopped."""
    row = running_of(person)
    if row is not None:
        stop(row=row, by=person.urn, at=at)
    return row is not None


def open_due(*, at: datetime) -> int:
    """Do what nobody stopped in time; return how many."""
    due = WayBack.objects.filter(done_at=None, stopped_at=None, opens_at__lte=at)
    return sum(_open_in_time(row, at=at) for row in due)


@transaction.atomic
def open_at_once(*, person: Person, at: datetime) -> None:
    """Let somebody begin anew without a wait: for whoever manages the machine, when no administrator can sign in.

    Raises WayBackError for somebody who left or has no second step.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active or not factors_of(person):
        raise WayBackError(Refusal.NO_SECOND if person.is_active else Refusal.LEFT)
    if (row := running_of(person)) is not None:
        row.done_at = at
        row.save(update_fields=["done_at"])
    _begin_anew(person, by=SYSTEM, at=at)


def tidy(*, at: datetime) -> None:
    """Forget former addresses after FORMER_ADDRESS_KEPT, and what was asked long before: KEPT_AFTER."""
    FormerAddress.objects.filter(changed_at__lte=at - FORMER_ADDRESS_KEPT).delete()
    WayBack.objects.exclude(done_at=None, stopped_at=None).filter(asked_at__lte=at - KEPT_AFTER).delete()


def stop_token(row: WayBack) -> str:
    """What the link in the mail carries: signed, and good for stopping only."""
    return signing.dumps(str(row.pk), salt=SALT)


def row_to_stop(token: str) -> WayBack | None:
    """What this link stops; None for a link that is not ours, and for what was done or stopped meanwhile."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return WayBack.objects.select_related("person").filter(pk=key, done_at=None, stopped_at=None).first()


def _still(row: WayBack) -> WayBack:
    found = (
        WayBack.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=row.pk, done_at=None, stopped_at=None)
        .first()
    )
    if found is None:
        raise OverError
    return found


@transaction.atomic
def _open_in_time(row: WayBack, *, at: datetime) -> bool:
    try:
        row = _still(row)
    except OverError:  # another worker, an administrator or the person was first
        return False
    if row.person.is_active and _may_still_ask(row.asked_by, at):
        _open(row, by=row.asked_by.urn, at=at)
    else:
        stop(row=row, by=SYSTEM, at=at)
    return True


def _may_still_ask(administrator: Person, at: datetime) -> bool:
    """Whoever was taken out of office meanwhile lets nobody in any more."""
    return people_with(Role.FUNCTIONAL_ADMINISTRATOR, on=timezone.localdate(at)).filter(pk=administrator.pk).exists()


def _open(row: WayBack, *, by: str, at: datetime) -> None:
    row.done_at = at
    row.save(update_fields=["done_at", "agreed_by"])
    _begin_anew(row.person, by=by, at=at)


def _begin_anew(person: Person, *, by: str, at: datetime) -> None:
    take_ways_in_back(person=person, by=by, at=at)
    send_neutral_mail.enqueue(person=str(person.pk), kind="changed")
    send_neutral_mail.enqueue(person=str(person.pk), kind="way_back_open")
