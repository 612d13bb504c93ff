"""Receiving what two trustees opened: the owner gets the vault back, or a successor takes over what it reads."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.vault.actions.deriving import unwrapped
from bolwerk.vault.actions.envelopes import renew_pair
from bolwerk.vault.actions.keys import renewed
from bolwerk.vault.actions.opening import WrongPhraseError
from bolwerk.vault.actions.requests import RequestClosedError, close
from bolwerk.vault.models import Envelope, EscrowRequest, Note, Reader
from bolwerk.vault.opened import OpenVault, opened
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import open_sealed, pair_of
from bolwerk.vault.rules.steps import Outcome, Purpose


def receive_own(*, person: Person, phrase: str, at: datetime) -> tuple[OpenVault, str]:
    """Get one's own vault back after two trustees opened it, with the phrase chosen when asking; and a new code.

    The caller throttles. Raises RequestClosedError when nothing waits, WrongPhraseError, ChangedMeanwhileError,
    BusyError.
    """
    opened_ones = EscrowRequest.objects.filter(purpose=Purpose.OWNER, receiver=person, outcome=Outcome.OPENED)
    request = opened_ones.select_related("key__person").first()
    if request is None:
        raise RequestClosedError
    try:
        wrapped_half, place = bytes(request.receiver_wrapped or b""), request.place("receiver_wrapped")
        pair = pair_of(unwrapped(token=wrapped_half, phrase=phrase, place=place))
    except CannotOpenError:
        record_apart("vault.phrase.refused", subject=request.urn, actor=person.urn, at=at)
        raise WrongPhraseError from None
    private = open_sealed(bytes(request.box or b""), pair=pair, place=request.place("box"))
    vault, code = renewed(vault=opened(request.key, private), phrase=phrase, event="vault.key.returned", at=at)
    with transaction.atomic():
        close(request=EscrowRequest.objects.select_for_update().get(pk=request.pk), outcome=Outcome.FINISHED, at=at)
        record("vault.request.finished", subject=request.urn, actor=person.urn, at=at)
    return vault, code


@transaction.atomic
def take_over(*, request: EscrowRequest, vault: OpenVault, at: datetime) -> int:
    """Receive the vault of a predecessor: every envelope it reads gets this reader instead; return how many they are.

    Each envelope gets a new pair, and the predecessor's private half is forgotten. Raises RequestClosedError.
    """
    request = EscrowRequest.objects.select_for_update().get(pk=request.pk)
    if request.outcome != Outcome.OPENED or request.receiver_id != vault.person.pk:
        raise RequestClosedError
    private = open_sealed(bytes(request.box or b""), pair=vault.pair, place=request.place("box"))
    old = opened(request.key, private)
    envelopes = Envelope.objects.select_for_update().filter(readers__key=old.key)
    for envelope in envelopes:
        _replace_reader(envelope, old=old, new=vault, at=at)
    Note.objects.filter(envelope__in=[e.pk for e in envelopes], author=old.person).update(author=vault.person)
    close(request=request, outcome=Outcome.FINISHED, at=at)
    record("vault.request.finished", subject=request.urn, actor=vault.person.urn, at=at, envelopes=len(envelopes))
    return len(envelopes)


def _replace_reader(envelope: Envelope, *, old: OpenVault, new: OpenVault, at: datetime) -> None:
    before = envelope.readers.get(key=old.key)
    pair = pair_of(open_sealed(bytes(before.box), pair=old.pair, place=before.place))
    before.delete()
    Reader.objects.get_or_create(envelope=envelope, key=new.key, defaults={"since": at, "box": b""})
    renew_pair(envelope=envelope, pair=pair)
