"""A bundle comes in: checked, looked at by somebody, taken in as a copy. What is refused leaves nothing behind."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.circle.actions.exchange.library import EXCHANGE, bind_files, keep_files, look_at_files, put_in_library
from bolwerk.circle.models import Incoming, Received, TrustedKey
from bolwerk.circle.queries.bundles import checked, kept
from bolwerk.circle.queries.card_bundles import KIND as CARD
from bolwerk.circle.rules.bundles import Bundle, BundleRefusedError, Refusal, received_again


def bring_in(*, data: bytes, by: Person, at: datetime) -> Incoming:
    """Check a bundle and let it wait for somebody who looks at it. Raises BundleRefusedError."""
    try:
        bundle = checked(data)
        if bundle.kind == "case":  # its words may not lie readable here, and it is for one circle
            raise BundleRefusedError(Refusal.CASE)
        look_at_files(bundle=bundle, by=by, at=at)
    except BundleRefusedError as error:
        record_apart("circle.bundle.refused", subject=EXCHANGE, actor=by.urn, at=at, refusal=error.refusal.value)
        raise
    return _wait(bundle, data, by=by, at=at)


@transaction.atomic
def _wait(bundle: Bundle, data: bytes, *, by: Person, at: datetime) -> Incoming:
    """Keep it until somebody looked; of the same item only the newest waits."""
    origin = TrustedKey.objects.get(public=bundle.key)
    row, _is_new = Incoming.objects.update_or_create(
        origin=origin,
        kind=bundle.kind,
        item=UUID(bundle.item),
        defaults={"sequence": bundle.sequence, "title": bundle.title, "data": data.decode(), "by": by, "at": at},
    )
    record("circle.bundle.waits", subject=row.urn, actor=by.urn, at=at, kind=row.kind, sequence=row.sequence)
    return row


def take_in(*, incoming: Incoming, by: Person, at: datetime) -> Received:
    """Take in what somebody looked at, as a copy with its origin. All of it is checked again: a key may have been
    revoked meanwhile, or a newer version may have come in. A card stands in the library from then on, with its files.

    An own change is never overwritten: the newer version then lies beside it. Raises BundleRefusedError. Not inside a
    transaction: the files are cleaned first.
    """
    key, documents = keep_files(bundle=checked(incoming.data.encode()), by=by, at=at)
    with transaction.atomic():
        Incoming.objects.select_for_update().filter(pk=incoming.pk).first()
        row = _copy(incoming, checked(incoming.data.encode()), by=by, at=at)
        if row.kind == CARD:
            put_in_library(row=row, by=by, at=at)
        if row.beside is None:
            bind_files(row=row, key=key, documents=documents, by=by, at=at)
        Incoming.objects.filter(pk=incoming.pk).delete()
        record("circle.bundle.taken_in", subject=row.urn, actor=by.urn, at=at, kind=row.kind, sequence=row.sequence)
    return row


def _copy(incoming: Incoming, bundle: Bundle, *, by: Person, at: datetime) -> Received:
    content = kept(bundle.kind, bundle.content)
    rows = Received.objects.select_for_update(of=("self",)).select_related("card")
    row = rows.filter(origin=incoming.origin, kind=bundle.kind, item=UUID(bundle.item)).first()
    if row is None:
        row = Received(origin=incoming.origin, kind=bundle.kind, item=UUID(bundle.item), base=content, received_at=at)
    else:
        row.copy = received_again(row.copy, content)
        row.version += 1
    row.sequence, row.title, row.language = bundle.sequence, bundle.title, bundle.language
    row.licence, row.provenance, row.data = bundle.licence, bundle.provenance, incoming.data
    row.by, row.updated_at = by, at
    row.save()
    return row


@transaction.atomic
def drop(*, incoming: Incoming, by: Person, at: datetime) -> None:
    """Do not take it in; it can be brought in again later."""
    if Incoming.objects.filter(pk=incoming.pk).delete()[0]:
        record("circle.bundle.dropped", subject=incoming.urn, actor=by.urn, at=at)
