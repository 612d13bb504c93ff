"""Damage: items written down, changed as they are recovered."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.names import PERSON
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.access import hats_of
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.noting import note_both
from bolwerk.incidents.actions.police.noting import ACTIVITY, note
from bolwerk.incidents.actions.police.reporting import locked_track, settle
from bolwerk.incidents.models import DamageItem, Incident, Police
from bolwerk.incidents.queries.names import DAMAGE_LIST
from bolwerk.incidents.rules.damage import (
    OPEN,
    DamageState,
    Item,
    NothingOpenError,
    check_damage_move,
    check_item,
)
from bolwerk.incidents.rules.police import ReasonMissingError
from bolwerk.ui.dates import local_day


@transaction.atomic
def add_damage(*, incident: Incident, item: Item, by: Person, at: datetime) -> DamageItem:
    """Write down an item of damage. Raises AmountError."""
    check_item(item)
    row = DamageItem.objects.create(incident=incident, at=at, **asdict(item))
    _settle_again(incident, at=at, anew=True)
    note("incidents.damage.written", incident=incident, by=by, at=at)
    return row


@transaction.atomic
def change_damage(*, row: DamageItem, item: Item, by: Person, at: datetime, seen: int) -> DamageItem:
    """Change an item, as when something came back.

    Raises AmountError, ChangedMeanwhileError, and StepNotAllowedError for a move that is not in the table.
    """
    check_item(item)
    now = DamageItem.objects.select_for_update().get(pk=row.pk)
    if now.version != seen:
        raise ChangedMeanwhileError
    check_damage_move(DamageState(now.state), item.state, hats=hats_of(by, row.incident, on=local_day(at)))
    for name, value in asdict(item).items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _settle_again(row.incident, at=at)
    note("incidents.damage.written", incident=row.incident, by=by, at=at)
    return now


def _settle_again(incident: Incident, *, at: datetime, anew: bool = False) -> None:
    """Open damage keeps the track open; with new damage a choice to leave what there was no longer counts."""
    track = Police.objects.select_for_update().filter(pk=incident.pk, erased_at=None).first()
    if track is None:
        return
    if anew:
        track.damage_left_because = ""
    settle(track=track, at=at)


@transaction.atomic
def leave_damage(*, incident: Incident, because: str, by: Person, at: datetime, seen: int) -> Police:
    """Let the track end while damage is open, with a reason. Nothing is waived: the items stay as they are.

    Raises NothingOpenError, ChangedMeanwhileError, ReasonMissingError.
    """
    if not because.strip():
        raise ReasonMissingError
    if not DamageItem.objects.filter(incident=incident, state__in=OPEN).exists():
        raise NothingOpenError
    track = locked_track(incident=incident, seen=seen)
    track.damage_left_because = because
    settle(track=track, at=at)
    note("incidents.damage.left", incident=incident, by=by, at=at)
    return track


def record_damage_list(*, shown: Collection[DamageItem], by: Person, at: datetime, filters: str) -> None:
    """Write down that somebody looked at the list of damage, and the names (not the values) of the filters."""
    people = [f"{PERSON}{row.incident.happened_to_id}" for row in shown]
    told: dict[str, Fact] = {"shown": len(shown), "filters": filters}
    note_both("incidents.damage.listed", subject=DAMAGE_LIST, people=people, activity=ACTIVITY, by=by, at=at, **told)
