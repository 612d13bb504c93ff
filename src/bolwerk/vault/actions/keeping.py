"""Own periods, and records that must stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.vault.actions.erasing import locked_ledger
from bolwerk.vault.models import Hold, OwnTerm
from bolwerk.vault.queries.retention import kind_of, kinds
from bolwerk.vault.rules.retention import Period, check_periods


class NothingToHoldError(LookupError):
    """No record of a kind that is kept for a period has this URN: it never existed, or it is gone."""


class AlreadyHeldError(Exception):
    """The record is held already."""


@transaction.atomic
def set_term(
    *, kind: str, personal: Period | None, keep: Period | None, source: str, by: Person, at: datetime
) -> OwnTerm:
    """Give a kind of record the municipality's own periods: until its personal data goes, and until it goes itself.

    It holds at once, for what is there already too. Raises TermsCrossError, UnknownKindError.
    """
    check_periods(personal, keep)
    periods = {"personal": str(personal) if personal else "", "record": str(keep) if keep else ""}
    term, _ = OwnTerm.objects.update_or_create(
        kind=kind_of(kind).code, defaults={**periods, "source": source, "set_at": at}
    )
    _tell("vault.term.set", kind, by=by, at=at, **periods)
    return term


@transaction.atomic
def reset_term(*, kind: str, by: Person, at: datetime) -> None:
    """Go back to the default periods of a kind of record. Raises UnknownKindError."""
    OwnTerm.objects.filter(kind=kind_of(kind).code).delete()
    _tell("vault.term.reset", kind, by=by, at=at)


def _tell(event: str, kind: str, *, by: Person, at: datetime, **facts: str) -> None:
    record(event, subject=f"urn:bolwerk:vault:retention:{kind}", actor=by.urn, at=at, **facts)


@transaction.atomic
def place_hold(*, subject: str, reason: str, by: Person, at: datetime) -> Hold:
    """Keep a record, by its URN, until somebody lifts the hold.

    Raises NothingToHoldError and AlreadyHeldError. Erasing and holding take turns: a record is held, or it was gone.
    """
    locked_ledger()
    if not _exists(subject):
        raise NothingToHoldError
    if Hold.objects.in_force().filter(subject=subject).exists():
        raise AlreadyHeldError
    hold = Hold.objects.create(subject=subject, reason=reason, placed_by=by, placed_at=at)
    record("vault.hold.placed", subject=subject, actor=by.urn, at=at, hold=hold.urn)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, by: Person, at: datetime) -> Hold:
    """Let a record go its way again: what is due goes the next time. Lifting twice is lifting once."""
    locked_ledger()
    now = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if now.lifted_at is None:
        now.lifted_by, now.lifted_at = by, at
        now.save(update_fields=["lifted_by", "lifted_at"])
        record("vault.hold.lifted", subject=now.subject, actor=by.urn, at=at, hold=now.urn)
    return now


def note_holds(*, shown: int, by: Person, at: datetime) -> None:
    """Write down that somebody looked at what must stay."""
    record("vault.holds.read", subject="urn:bolwerk:vault:holds", actor=by.urn, at=at, shown=shown)


def _exists(subject: str) -> bool:
    """Whether there is such a record, of a kind that is kept for a period."""
    for kind in kinds():
        if subject.startswith(kind.prefix):
            try:
                return bool(kind.present(keys=[UUID(subject.removeprefix(kind.prefix))]))
            except ValueError:  # never one of ours
                return False
    return False
