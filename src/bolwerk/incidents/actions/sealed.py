"""Sealing keys: made when first asked for, renewed without closing the door on phones that come back late."""

from datetime import datetime

from django.db import transaction

from bolwerk.incidents.models import SealingKey
from bolwerk.vault.rules.sealing import new_pair


@transaction.atomic
def renew_sealing_key(*, at: datetime) -> SealingKey:
    """Make a pair that phones seal to from now on. What was sealed to an older one still opens."""
    pair = new_pair()
    return SealingKey.objects.create(public=pair.public.hex(), private=pair.private, made_at=at)


def sealing_key(*, at: datetime) -> SealingKey:
    """The pair that phones seal to now; the first time it is made here."""
    return SealingKey.objects.first() or renew_sealing_key(at=at)
