"""Damage: items written down, changed as they are recovered."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.police.noting import note
from bolwerk.incidents.models import DamageItem, Incident
from bolwerk.incidents.rules.damage import Item, check_item


@transaction.atomic
def add_damage(*, incident: Incident, item: Item, by: Person, at: datetime) -> DamageItem:
    """Write down an item of damage. Raises AmountError."""
    check_item(item)
    row = DamageItem.objects.create(incident=incident, at=at, **asdict(item))
    note("incidents.damage.written", incident=incident, by=by, at=at)
    return row


@transaction.atomic
def change_damage(*, row: DamageItem, item: Item, by: Person, at: datetime, seen: int) -> DamageItem:
    """Change an item, as when something came back. Raises AmountError and ChangedMeanwhileError."""
    check_item(item)
    now = DamageItem.objects.select_for_update().get(pk=row.pk)
    if now.version != seen:
        raise ChangedMeanwhileError
    for name, value in asdict(item).items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    note("incidents.damage.written", incident=row.incident, by=by, at=at)
    return now
