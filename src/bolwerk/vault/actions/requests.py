"""Requests to open a vault with two trustees: asking for it, taking it back, and when it waited too long."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.vault.actions.deriving import check_new, wrapped
from bolwerk.vault.actions.opening import NoVaultError, key_of
from bolwerk.vault.actions.telling import DESK, OWN_VAULT, tell
from bolwerk.vault.models import EscrowRequest, PersonalKey
from bolwerk.vault.queries.trustees import can_be_opened, trustee_keys
from bolwerk.vault.rules.sealing import new_pair
from bolwerk.vault.rules.steps import OPEN, WAITING, Outcome, Purpose, has_expired


class NoEscrowError(Exception):
    """No two trustees hold halves that belong together: this vault cannot be opened by others."""


class RequestExistsError(Exception):
    """There is an open request for this vault already."""


class RequestClosedError(Exception):
    """The request was refused, withdrawn, received, or waited too long."""


def ask_for_owner(*, person: Person, phrase: str, reason: str, at: datetime) -> EscrowRequest:
    """Ask two trustees to open one's own vault, of which phrase and code are lost, and choose its new phrase already.

    What the trustees open is sealed to a pair that this phrase unlocks. Raises NoVaultError, WeakPhraseError,
    NoEscrowError, RequestExistsError, BusyError.
    """
    check_new(phrase=phrase, person=person)
    pair = new_pair()
    request = EscrowRequest(purpose=Purpose.OWNER, receiver=person, receiver_public=pair.public, reason=reason)
    request.receiver_wrapped = wrapped(private=pair.private, phrase=phrase, place=request.place("receiver_wrapped"))
    return _ask(request, owner=person, by=person, at=at)


def ask_for_successor(*, owner: Person, successor: Person, reason: str, by: Person, at: datetime) -> EscrowRequest:
    """Ask two trustees to open the vault of somebody who left, or will not come back, for a successor.

    Raises NoVaultError (of either), NoEscrowError, RequestExistsError.
    """
    receiver_public = key_of(person=successor).public
    request = EscrowRequest(purpose=Purpose.SUCCESSOR, receiver=successor, receiver_public=receiver_public)
    request.reason = reason
    return _ask(request, owner=owner, by=by, at=at)


@transaction.atomic
def _ask(request: EscrowRequest, *, owner: Person, by: Person, at: datetime) -> EscrowRequest:
    key = PersonalKey.objects.filter(person=owner).first()
    if key is None:
        raise NoVaultError(owner)
    if not can_be_opened(key, receiver=request.receiver):
        raise NoEscrowError
    _close_expired(key, at=at)
    request.key, request.asked_by, request.asked_at = key, by, at
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise RequestExistsError from None
    _tell_those_concerned(request, owner=owner, by=by, at=at)
    record("vault.request.asked", subject=request.urn, actor=by.urn, at=at, key=key.urn, purpose=request.purpose)
    return request


def _tell_those_concerned(request: EscrowRequest, *, owner: Person, by: Person, at: datetime) -> None:
    """The trustees have something to decide; an owner who still works here hears that somebody else asked."""
    for key in trustee_keys().exclude(person__in={owner.pk, request.receiver_id}):
        tell(person=key.person, path=DESK, cause=request.urn, at=at)
    if owner != by and owner.is_active:
        tell(person=owner, path=OWN_VAULT, cause=request.urn, at=at)


@transaction.atomic
def withdraw(*, request: EscrowRequest, by: Person, at: datetime) -> None:
    """Take a request back: whoever asked, or the owner of the vault, even after it was opened and not yet received.

    Raises RequestClosedError.
    """
    request = EscrowRequest.objects.select_for_update().get(pk=request.pk)
    if request.outcome not in OPEN:
        raise RequestClosedError
    close(request=request, outcome=Outcome.WITHDRAWN, at=at)
    record("vault.request.withdrawn", subject=request.urn, actor=by.urn, at=at)


@transaction.atomic
def close_expired(*, at: datetime) -> int:
    """Close the requests that waited too long for their trustees, and throw away what the first one handed over."""
    waiting = EscrowRequest.objects.select_for_update().filter(outcome__in=WAITING)
    return sum(_expire(request, at) for request in waiting)


def _close_expired(key: PersonalKey, *, at: datetime) -> None:
    for request in EscrowRequest.objects.select_for_update().filter(key=key, outcome__in=WAITING):
        _expire(request, at)


def _expire(request: EscrowRequest, at: datetime) -> bool:
    days = settings.VAULT_REQUEST_DAYS
    if not has_expired(Outcome(request.outcome), request.asked_at, days=days, at=at):
        return False
    close(request=request, outcome=Outcome.EXPIRED, at=at)
    record("vault.request.expired", subject=request.urn, actor=SYSTEM, at=at)
    return True


def close(*, request: EscrowRequest, outcome: Outcome, at: datetime) -> None:
    """Close a request and forget everything that was sealed for it."""
    request.handed.all().delete()
    request.outcome, request.ended_at = outcome, at
    request.box = request.receiver_wrapped = None
    request.save(update_fields=["outcome", "ended_at", "box", "receiver_wrapped"])


def waiting(*, request: EscrowRequest, at: datetime) -> EscrowRequest:
    """The request, locked, while it waits for trustees."""
    request = EscrowRequest.objects.select_for_update(of=("self",)).select_related("key").get(pk=request.pk)
    outcome = Outcome(request.outcome)
    if outcome not in WAITING or has_expired(outcome, request.asked_at, days=settings.VAULT_REQUEST_DAYS, at=at):
        raise RequestClosedError
    return request
