"""Erasing what is due: a few records at a time, each time all or nothing, with a line in the ledger for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from uuid import UUID

from django.db import transaction

from bolwerk.audit.actions import record
from bolwerk.vault.models import Erasure, Ledger
from bolwerk.vault.queries.retention import due_rows, held_keys, kind_of, rules_in_force
from bolwerk.vault.rules.ledger import Entry, line_of
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

FIRST = UUID(int=0)  # before every key that is ever made
RECORDS_AT_ONCE = 200  # one transaction: others wait for that long at most, and memory stays flat


@dataclass(frozen=True)
class Erased:
    """What one transaction did: how many records of a kind lost their personal data, or were destroyed."""

    kind: Kind
    stage: Stage
    count: int


@dataclass(frozen=True)
class _Job:
    """One stage of one kind of record, with the rule that holds, and who lets it happen when."""

    kind: Kind
    rule: Rule
    stage: Stage
    by: str
    at: datetime


def erase_due(*, by: str, at: datetime, most: int | None = None) -> Iterator[Erased]:
    """Erase what is due and not held; yields after every transaction, and must be exhausted.

    Records are destroyed first, so that nothing is erased twice. `most` stops after about so many records: what is left
    is due the next time. `by` is a URN.
    """
    left = most
    jobs = [
        _Job(one.kind, one.rule, stage, by, at) for one in rules_in_force() for stage in (Stage.RECORD, Stage.PERSONAL)
    ]
    for job in jobs:
        looked_until: UUID | None = FIRST
        while looked_until is not None and (left is None or left > 0):
            count, looked_until = _erase_some(job, after=looked_until)
            left = None if left is None else left - count
            if count:
                yield Erased(job.kind, job.stage, count)


@transaction.atomic
def erase_by_hand(*, code: str, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Destroy records that somebody takes away, with the same proof as what goes by a period.

    So a backup that is put back does not bring them back. Raises UnknownKindError.
    """
    kind, ledger = kind_of(code), locked_ledger()
    kind.erase(stage=Stage.RECORD, keys=keys, by=by, at=at)
    rule = replace(kind.default, record=Period())
    _write_down(ledger, _Job(kind, rule, Stage.RECORD, by, at), keys)


@transaction.atomic
def _erase_some(job: _Job, *, after: UUID) -> tuple[int, UUID | None]:
    """Erase the next few records after a key; return how many, and the last key that was looked at (None: no more)."""
    ledger = locked_ledger()
    rows = due_rows(job.kind, job.rule, job.stage, at=job.at).filter(pk__gt=after).order_by("pk")
    keys: list[UUID] = list(rows.select_for_update().values_list("pk", flat=True)[:RECORDS_AT_ONCE])
    held = held_keys(job.kind, keys)
    going = [key for key in keys if key not in held]
    if going:
        job.kind.erase(stage=job.stage, keys=going, by=job.by, at=job.at)
        _write_down(ledger, job, going)
    return len(going), keys[-1] if len(keys) == RECORDS_AT_ONCE else None


def _write_down(ledger: Ledger, job: _Job, keys: Sequence[UUID]) -> None:
    """A line in the ledger for each record, and one in the trail for all of them, with the hash of those lines."""
    first, kind, code = ledger.last_number + 1, job.kind, job.rule.code
    period = str(job.rule.period(job.stage))
    entries = [
        Entry(first + index, f"{kind.prefix}{key}", kind.code, job.stage, code, period, job.at)
        for index, key in enumerate(keys)
    ]
    keep_entries(ledger=ledger, entries=entries)
    record(
        "vault.records.erased" if job.stage is Stage.PERSONAL else "vault.records.destroyed",
        subject=f"urn:bolwerk:vault:retention:{kind.code}",
        actor=job.by,
        at=job.at,
        count=len(keys),
        code=code,
        first=first,
        last=ledger.last_number,
        digest=sha256("\n".join(line_of(entry) for entry in entries).encode()).hexdigest(),
    )


def locked_ledger() -> Ledger:
    """The row that erasing, holding and replaying take turns at, until the end of the transaction."""
    locked = Ledger.objects.select_for_update()
    return locked.filter(pk=1).first() or locked.get_or_create(pk=1)[0]


def keep_entries(*, ledger: Ledger, entries: Sequence[Entry], replayed: str = "") -> None:
    """Write entries in the ledger, whose row is locked; `replayed` says that a backup had brought the records back."""
    Erasure.objects.bulk_create(
        Erasure(
            number=entry.number,
            subject=entry.subject,
            kind=entry.kind,
            stage=entry.stage,
            code=entry.code,
            period=entry.period,
            erased_at=entry.erased_at,
            replayed=bool(replayed),
        )
        for entry in entries
    )
    ledger.last_number = entries[-1].number
    ledger.save(update_fields=["last_number"])


def replay_erasures(*, entries: Iterable[Entry], by: str, at: datetime) -> int:
    """Erase again, in what a backup brought back, what went after that backup was made; return how many records.

    Entries that the restored ledger knows already are passed over; the rest is erased whatever the restored rows say,
    holds included: it was gone. Raises UnknownKindError for a kind that no room registered, before anything of it.
    """
    done, rest = 0, iter(entries)
    while some := list(islice(rest, RECORDS_AT_ONCE)):
        done += _replay_some(some, by=by, at=at)
    return done


@transaction.atomic
def _replay_some(some: Sequence[Entry], *, by: str, at: datetime) -> int:
    ledger = locked_ledger()
    fresh = [entry for entry in some if entry.number > ledger.last_number]
    groups: dict[tuple[str, Stage], list[UUID]] = {}
    for entry in fresh:
        groups.setdefault((entry.kind, entry.stage), []).append(entry.key)
    for (code, stage), keys in groups.items():
        kind_of(code).erase(stage=stage, keys=keys, by=by, at=at)
    if fresh:
        keep_entries(ledger=ledger, entries=fresh, replayed="backup")
        record(
            "vault.records.replayed",
            subject="urn:bolwerk:vault:ledger",
            actor=by,
            at=at,
            count=len(fresh),
            first=fresh[0].number,
            last=fresh[-1].number,
        )
    return len(fresh)
