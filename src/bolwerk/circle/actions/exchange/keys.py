"""Whom we trust: somebody compared a fingerprint, by voice or on paper, and says so."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Incoming, Municipality, TrustedKey


class KeyKnownError(Exception):
    """This key stands in the list already. A revoked one never comes back: the other installation makes a new one."""


@transaction.atomic
def trust_key(
    *, name: str, public: str, municipality: str = "", feed: str = "", by: Person, at: datetime
) -> TrustedKey:
    """Trust what another installation signs from now on. Raises KeyKnownError.

    `municipality` names the one whose installation it is, for figures of a benchmark; empty for a host.
    """
    place = Municipality.objects.get_or_create(name=municipality)[0] if municipality else None
    try:
        with transaction.atomic():
            key = TrustedKey.objects.create(
                name=name, public=public, municipality=place, feed=feed, added_by=by, added_at=at
            )
    except IntegrityError:
        raise KeyKnownError from None
    record("circle.key.trusted", subject=key.urn, actor=by.urn, at=at)
    return key


@transaction.atomic
def revoke_key(*, key: TrustedKey, by: Person, at: datetime) -> None:
    """Trust nothing more of this key, whatever date stands in it. What was taken in stays; what waits goes."""
    if TrustedKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by):
        Incoming.objects.filter(origin=key).delete()
        record("circle.key.revoked", subject=key.urn, actor=by.urn, at=at)


@transaction.atomic
def set_feed(*, key: TrustedKey, feed: str, by: Person, at: datetime) -> None:
    """Say where this installation offers its items; empty: nothing is fetched any more."""
    if TrustedKey.objects.filter(pk=key.pk).exclude(feed=feed).update(feed=feed):
        record("circle.feed.set", subject=key.urn, actor=by.urn, at=at)
