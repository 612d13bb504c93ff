"""Excluding: an object that a rule leaves out from now on, because somebody looked and said why."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.models import Exclusion


class AlreadyLeftOutError(Exception):
    """This rule leaves this object out already."""


@dataclass(frozen=True)
class LeftOut:
    """What is left out of which rule: the object (16 digits) with its place in words, why, and its last day."""

    rule: str
    object_id: str
    place: str
    reason: str
    until: date


@transaction.atomic
def add_exclusion(*, what: LeftOut, by: Person, at: datetime, on: date) -> Exclusion:
    """Leave an object out of a rule: its finding is gone from the list at once, and the next run passes it over.

    Raises AlreadyLeftOutError. An exclusion whose last day has passed makes room by itself.
    """
    same = Exclusion.objects.filter(rule=what.rule, object_id=what.object_id, ended_at=None)
    same.filter(until__lt=on).update(ended_at=at, ended_by=by)
    try:
        with transaction.atomic():
            exclusion = Exclusion.objects.create(**vars(what), by=by, at=at)
    except IntegrityError:
        raise AlreadyLeftOutError from None
    until = what.until.isoformat()
    record("hub.exclusion.added", subject=exclusion.urn, actor=by.urn, at=at, rule=what.rule, until=until)
    return exclusion


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, reason: str, by: Person, at: datetime) -> None:
    """Let a rule look at an object again. One that was ended already stays as it is."""
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if exclusion.ended_at is not None:
        return
    exclusion.ended_at, exclusion.ended_by, exclusion.end_reason = at, by, reason
    exclusion.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record("hub.exclusion.ended", subject=exclusion.urn, actor=by.urn, at=at)
