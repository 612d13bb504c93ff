"""Switching: a source goes on only on a valid assessment, and off at once."""

from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.models import Assessment, Source, SwitchChange
from bolwerk.hub.queries import stands


class NotAssessedError(Exception):
    """There is no valid assessment to switch this on with."""


class SwitchedMeanwhileError(Exception):
    """Somebody else switched it after this person opened the page."""


@transaction.atomic
def switch_on(*, code: str, by: Person, at: datetime, on: date, seen: int, reason: str) -> Source:
    """Take a register or rule into use, resting on its valid assessment. `seen` is the version on the screen.

    Raises NotAssessedError without a valid assessment, and SwitchedMeanwhileError.
    """
    source = _locked(code, seen)
    valid = stands(on=on)[code].valid
    if valid is None:
        raise NotAssessedError
    source.rests_on = valid
    return put(source=source, is_on=True, by=by, at=at, reason=reason)


@transaction.atomic
def switch_off(*, code: str, by: Person, at: datetime, seen: int, reason: str) -> Source:
    """Take a register or rule out of use: from this moment nobody sees what it found. Raises SwitchedMeanwhileError."""
    return put(source=_locked(code, seen), is_on=False, by=by, at=at, reason=reason)


def _locked(code: str, seen: int) -> Source:
    Source.objects.get_or_create(code=code, defaults={"version": 0})
    source = Source.objects.select_for_update().get(pk=code)
    if source.version != seen:
        raise SwitchedMeanwhileError
    return source


def put(*, source: Source, is_on: bool, by: Person, at: datetime, reason: str) -> Source:
    """Write down that a source went on or off. Call it inside a transaction, with the row locked."""
    source.is_on = is_on
    source.version += 1
    source.save(update_fields=["is_on", "rests_on", "version"])
    SwitchChange.objects.create(source=source, number=source.version, is_on=is_on, by=by, at=at, reason=reason)
    record(
        "hub.source.switched_on" if is_on else "hub.source.switched_off",
        subject=source.urn,
        actor=by.urn,
        at=at,
        reason=reason,
    )
    return source


def take_over_rest(*, assessment: Assessment, by: Person, at: datetime, on: date) -> None:
    """Let a source that is in use rest on its new assessment, so that a renewal in time leaves no gap.

    One whose assessment had already expired stays off: switching it on again is something to do on purpose.
    """
    source = Source.objects.select_for_update().filter(code=assessment.source, is_on=True).first()
    if source is None or source.rests_on is None or source.rests_on.valid_until < on:
        return
    source.rests_on = assessment
    source.save(update_fields=["rests_on"])
    record("hub.source.renewed", subject=source.urn, actor=by.urn, at=at, assessment=assessment.urn)
