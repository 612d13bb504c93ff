"""Two trustees open a vault together: the first hands over, the second joins. Nobody sees the key, nobody can alone."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.vault.actions.requests import close, waiting
from bolwerk.vault.actions.telling import OWN_VAULT, tell
from bolwerk.vault.models import EscrowHalf, EscrowRequest, HandedHalf
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.queries.trustees import is_trustee
from bolwerk.vault.rules.escrow import join
from bolwerk.vault.rules.sealing import open_sealed, seal
from bolwerk.vault.rules.steps import Outcome


class MayNotAgreeError(Exception):
    """This person may not agree: no trustee, or it is about (or for) this very person."""


class AgreedAlreadyError(Exception):
    """This trustee agreed already. It takes another one."""


class HoldsNoHalfError(Exception):
    """This trustee holds no half that fits: appointed after the vault was split, or no longer a pair with the first."""


@transaction.atomic
def agree(*, request: EscrowRequest, vault: OpenVault, at: datetime) -> EscrowRequest:
    """Agree as a trustee, with one's own vault open. The second agreement opens the vault for its receiver.

    Two trustees at the same moment are first and second, in whichever order. Raises RequestClosedError,
    MayNotAgreeError, AgreedAlreadyError, HoldsNoHalfError.
    """
    request = waiting(request=request, at=at)
    me = vault.person
    if me.pk in {request.receiver_id, request.key.person_id} or not is_trustee(me):
        raise MayNotAgreeError
    if request.first_id == me.pk:
        raise AgreedAlreadyError
    if request.outcome == Outcome.ASKED:
        _hand_to_colleagues(request, vault)
        request.first, request.first_at, request.outcome = me, at, Outcome.HALFWAY
    else:
        request.box = seal(_joined(request, vault), to=bytes(request.receiver_public), place=request.place("box"))
        request.second, request.second_at, request.outcome = me, at, Outcome.OPENED
        request.handed.all().delete()
        tell(person=request.receiver, path=OWN_VAULT, cause=f"{request.urn}:opened", at=at)
    request.save()
    record("vault.request.agreed", subject=request.urn, actor=me.urn, at=at, outcome=request.outcome)
    return request


def _hand_to_colleagues(request: EscrowRequest, vault: OpenVault) -> None:
    """Open every half that the first trustee holds, and seal it to whoever holds the other half of its pair."""
    for half in request.key.halves.filter(holder=vault.key):
        secret = open_sealed(bytes(half.box), pair=vault.pair, place=half.place)
        other = EscrowHalf.objects.select_related("holder").get(pair=half.pair, side=1 - half.side)
        handed = HandedHalf(request=request, pair=half.pair, to=other.holder)
        handed.box = seal(secret, to=bytes(other.holder.public), place=handed.place)
        handed.save(force_insert=True)
    if not request.handed.exists():
        raise HoldsNoHalfError


def _joined(request: EscrowRequest, vault: OpenVault) -> bytes:
    """The private half of the vault: what the first trustee handed over, with the second trustee's own half."""
    handed = request.handed.filter(to=vault.key).first()
    half = request.key.halves.filter(holder=vault.key, pair=handed.pair).first() if handed else None
    if handed is None or half is None:
        raise HoldsNoHalfError
    one = open_sealed(bytes(handed.box), pair=vault.pair, place=handed.place)
    other = open_sealed(bytes(half.box), pair=vault.pair, place=half.place)
    return join(one, other, public=bytes(request.key.public)).private


@transaction.atomic
def refuse(*, request: EscrowRequest, by: Person, at: datetime) -> None:
    """Refuse a request as a trustee: one refusal ends it. Raises RequestClosedError, MayNotAgreeError."""
    request = waiting(request=request, at=at)
    if not is_trustee(by):
        raise MayNotAgreeError
    close(request=request, outcome=Outcome.REFUSED, at=at)
    record("vault.request.refused", subject=request.urn, actor=by.urn, at=at)
