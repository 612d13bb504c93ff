"""Trustees: appointing them, accepting, stopping, handing over; and splitting a key over them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.vault.actions.telling import OWN_VAULT, tell
from bolwerk.vault.models import EscrowHalf, EscrowRequest, PersonalKey, Trustee
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.queries.trustees import mark_of, trustee_keys
from bolwerk.vault.rules.escrow import split
from bolwerk.vault.rules.sealing import open_sealed, seal
from bolwerk.vault.rules.steps import Outcome


class AlreadyTrusteeError(Exception):
    """Somebody is a trustee already."""


class NotATrusteeError(LookupError):
    """Somebody is not a trustee, or no longer."""


class TrusteesChangedError(Exception):
    """The trustees are not those that were on the screen when somebody agreed with them. Nothing was changed."""


@transaction.atomic
def appoint_trustee(*, person: Person, by: str, at: datetime) -> Trustee:
    """Ask somebody to be a trustee, which holds once that person accepts. Raises AlreadyTrusteeError."""
    try:
        with transaction.atomic():
            trustee = Trustee.objects.create(person=person, appointed_at=at)
    except IntegrityError:
        raise AlreadyTrusteeError from None
    tell(person=person, path=OWN_VAULT, cause=trustee.urn, at=at)
    record("vault.trustee.appointed", subject=trustee.urn, actor=by, at=at, person=person.urn)
    return trustee


@transaction.atomic
def accept_trust(*, vault: OpenVault, at: datetime) -> Trustee:
    """Become a trustee, having shown that one's own vault opens. Twice is once. Raises NotATrusteeError."""
    trustee = _running(vault.person)
    if trustee.accepted_at is None:
        trustee.accepted_at = at
        trustee.save(update_fields=["accepted_at"])
        record("vault.trustee.accepted", subject=trustee.urn, actor=vault.person.urn, at=at)
    return trustee


@transaction.atomic
def end_trust(*, trustee: Trustee, by: str, at: datetime) -> None:
    """Let somebody be a trustee no longer. The halves this person holds go, and with them those of their pairs.

    Other pairs still open. Twice is once.
    """
    trustee = Trustee.objects.select_for_update().get(pk=trustee.pk)
    if trustee.ended_at is not None:
        return
    trustee.ended_at = at
    trustee.save(update_fields=["ended_at"])
    EscrowHalf.objects.filter(pair__in=_pairs_held_by(trustee.person)).delete()
    _take_back_agreements(trustee.person)
    record("vault.trustee.ended", subject=trustee.urn, actor=by, at=at)


@transaction.atomic
def hand_over(*, vault: OpenVault, to: Person, at: datetime) -> int:
    """Stop as a trustee and hand what one holds to another trustee; return how many halves went over.

    A half of which that colleague holds the counterpart goes instead: nobody may hold both. Raises NotATrusteeError
    when either is no trustee.
    """
    trustee = _running(vault.person)
    successor = trustee_keys().filter(person=to).exclude(pk=vault.key.pk).first()
    if successor is None:
        raise NotATrusteeError
    counterparts = list(successor.held_halves.values_list("pair", flat=True))
    moved = 0
    for half in vault.key.held_halves.exclude(pair__in=counterparts).exclude(key=successor):
        secret = open_sealed(bytes(half.box), pair=vault.pair, place=half.place)
        half.box, half.holder = seal(secret, to=bytes(successor.public), place=half.place), successor
        half.save(update_fields=["box", "holder"])
        moved += 1
    record("vault.trustee.handed_over", subject=trustee.urn, actor=vault.person.urn, at=at, to=to.urn, halves=moved)
    end_trust(trustee=trustee, by=vault.person.urn, at=at)
    return moved


@transaction.atomic
def split_over_trustees(*, vault: OpenVault, seen: str, at: datetime) -> int:
    """Split an open vault's key over the trustees, each pair of whom can then open it; return how many they are.

    `seen` is the mark of the people of whom the screen said so (`queries.mark_of`): TrusteesChangedError when they are
    others by now. What was split before opens nothing any more. Raises TooFewTrusteesError.
    """
    holders = {key.person_id: key for key in trustee_keys().exclude(pk=vault.key.pk)}
    if seen != mark_of(holders):
        raise TrusteesChangedError
    halves = split(vault.pair.private, holders=holders)
    PersonalKey.objects.select_for_update().get(pk=vault.key.pk)  # two windows: one after the other
    vault.key.halves.all().delete()
    for one in halves:
        half = EscrowHalf(key=vault.key, pair=one.pair, side=one.side, holder=holders[one.holder])
        half.box = seal(one.secret, to=bytes(half.holder.public), place=half.place)
        half.save(force_insert=True)
    record("vault.escrow.split", subject=vault.key.urn, actor=vault.person.urn, at=at, trustees=len(holders))
    return len(holders)


@transaction.atomic
def keep_from_trustees(*, vault: OpenVault, at: datetime) -> None:
    """Take the halves of an open vault away: from then on only phrase and code open it."""
    if vault.key.halves.all().delete()[0]:
        record("vault.escrow.taken_back", subject=vault.key.urn, actor=vault.person.urn, at=at)


def _running(person: Person) -> Trustee:
    trustee = Trustee.objects.select_for_update().filter(person=person, ended_at=None).first()
    if trustee is None:
        raise NotATrusteeError
    return trustee


def _pairs_held_by(person: Person) -> list[UUID]:
    return list(EscrowHalf.objects.filter(holder__person=person).values_list("pair", flat=True))


def _take_back_agreements(person: Person) -> None:
    """Requests that only this person agreed with wait for two others again."""
    for request in EscrowRequest.objects.select_for_update().filter(first=person, outcome=Outcome.HALFWAY):
        request.handed.all().delete()
        request.first, request.first_at, request.outcome = None, None, Outcome.ASKED
        request.save(update_fields=["first", "first_at", "outcome"])
