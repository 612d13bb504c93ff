"""What is kept how long, by which rule, what is due, and what went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bolwerk.audit.queries.names import name_in, names_of
from bolwerk.ui.content import read_yaml
from bolwerk.vault.models import Erasure, Hold, Ledger, OwnTerm
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage, began_before, over_at, period_from

CONTENT = Path(__file__).resolve().parent.parent / "content" / "retention.nl.yaml"
SOON = timedelta(days=30)
PROOF_LINES = 200


class UnknownKindError(LookupError):
    """No room registered this kind of record."""


@dataclass(frozen=True)
class Result:
    """A line of the selection list: what it is called there."""

    code: str
    process: str
    result: str
    about: str
    term: str


@dataclass(frozen=True)
class KindInForce:
    """A kind of record with the rule that holds now and the line of the selection list."""

    kind: Kind
    rule: Rule
    result: Result

    @property
    def list_term(self) -> str | Promise:
        """What the selection list says, in words."""
        return period_from(self.result.term).in_words if self.result.term != "keep" else _("kept for ever")


@dataclass(frozen=True)
class NamedHold:
    """A hold, and what the record is called."""

    hold: Hold
    name: str


@dataclass(frozen=True)
class Due:
    """How many records wait for each stage, now and within thirty days, and how many are held."""

    in_force: KindInForce
    now: dict[Stage, int]
    soon: dict[Stage, int]
    held: int

    @property
    def is_soon(self) -> bool:
        """Whether anything goes within thirty days."""
        return any(self.soon.values())


@dataclass(frozen=True)
class Proof:
    """What went on one day: how many records of a kind, by which rule, and their numbers in the ledger."""

    day: Any
    kind: Kind
    stage: Stage
    code: str
    period: Period
    count: int
    first: int
    last: int


@cache
def selection_list() -> tuple[str, dict[str, Result]]:
    """The name of the selection list, and its results by code."""
    content = read_yaml(CONTENT.read_text(encoding="utf-8"))
    rows = content["codes"].items()
    return content["list"], {code: Result(code, about=row.pop("about", ""), **row) for code, row in rows}


def kinds() -> list[Kind]:
    """Every kind of record of the house (RETENTION), in the order of the setting."""
    return [import_string(address) for address in settings.RETENTION]


def kind_of(code: str) -> Kind:
    """The kind with this code. Raises UnknownKindError."""
    for kind in kinds():
        if kind.code == code:
            return kind
    raise UnknownKindError(code)


def rules_in_force() -> list[KindInForce]:
    """Every kind that goes by a period, with the rule that holds now: the municipality's own, else the default."""
    chosen = {row.kind: row for row in OwnTerm.objects.all()}
    results = selection_list()[1]
    timed = (kind for kind in kinds() if not kind.by_hand)
    return [KindInForce(kind, _rule(kind, chosen.get(kind.code)), results[kind.default.code]) for kind in timed]


def rule_in_force(code: str) -> KindInForce:
    """One kind that goes by a period, with the rule that holds now. Raises UnknownKindError."""
    kind = kind_of(code)
    if kind.by_hand:
        raise UnknownKindError(code)
    own = OwnTerm.objects.filter(kind=code).first()
    return KindInForce(kind, _rule(kind, own), selection_list()[1][kind.default.code])


def _rule(kind: Kind, own: OwnTerm | None) -> Rule:
    if own is None:
        return kind.default
    personal, record = (period_from(text) if text else None for text in (own.personal, own.record))
    return replace(kind.default, personal=personal, record=record, source=own.source, verified=True, own=True)


def due_rows(kind: Kind, rule: Rule, stage: Stage, *, at: datetime) -> QuerySet[Any]:
    """The records of a kind of which a stage is due at a moment, held ones included; none when it has no such stage."""
    period = rule.period(stage)
    if period is None:
        return kind.waiting(stage=stage, began_before=at).none()
    cutoff = began_before(at, period, zone=timezone.get_default_timezone())
    return kind.waiting(stage=stage, began_before=cutoff)


def due_moments(code: str, began_at: datetime | None) -> dict[Stage, datetime]:
    """When each stage of a record is due whose period began then; empty when it did not begin."""
    if began_at is None:
        return {}
    rule, zone = rule_in_force(code).rule, timezone.get_default_timezone()
    periods = {stage: rule.period(stage) for stage in Stage}
    return {stage: over_at(began_at, period, zone=zone) for stage, period in periods.items() if period is not None}


def is_held(subject: str) -> bool:
    """Whether this record (URN) must stay for now."""
    return Hold.objects.in_force().filter(subject=subject).exists()


def held_keys(kind: Kind, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these records are held."""
    subjects = [f"{kind.prefix}{key}" for key in keys]
    held = Hold.objects.in_force().filter(subject__in=subjects).values_list("subject", flat=True)
    return {UUID(subject.removeprefix(kind.prefix)) for subject in held}


def what_is_due(*, at: datetime) -> list[Due]:
    """Per kind of record what is due now, what will be within thirty days, and what is held. Two queries for all."""
    rules, moments = rules_in_force(), (at, at + SOON)
    asked: dict[str, QuerySet[Any]] = {}
    for one in rules:
        asked[one.kind.code] = Hold.objects.in_force().filter(subject__startswith=one.kind.prefix)
        for moment, stage in product(moments, Stage):
            asked[f"{one.kind.code} {stage} {moment}"] = due_rows(one.kind, one.rule, stage, at=moment)
    counted = _counts(asked)
    found = []
    for one in rules:
        now, soon = ({stage: counted[f"{one.kind.code} {stage} {moment}"] for stage in Stage} for moment in moments)
        found.append(Due(one, now=now, soon=soon, held=counted[one.kind.code]))
    return found


def due_of(code: str, *, at: datetime) -> Due:
    """What is due of one kind of record, as `what_is_due`. Raises UnknownKindError."""
    rule_in_force(code)
    return next(one for one in what_is_due(at=at) if one.in_force.kind.code == code)


def by_room(due: Iterable[Due]) -> list[tuple[str | Promise, list[Due]]]:
    """Kinds under the room they are of, in the order of RETENTION_ROOMS; those of the house itself last."""
    rooms: dict[str, str | Promise] = {**settings.RETENTION_ROOMS, "": _("People and vaults")}
    found: dict[str, list[Due]] = {room: [] for room in rooms}
    for one in due:
        room = one.in_force.kind.code.split(".")[0]
        found[room if room in rooms else ""].append(one)
    return [(rooms[room], kinds) for room, kinds in found.items() if kinds]


def _counts(asked: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these has, in one question; nothing is asked of what is empty by itself."""
    parts = [
        rows.order_by().values(counted_as=Value(name)).annotate(many=Count("pk"))
        for name, rows in asked.items()
        if not rows.query.is_empty()
    ]
    found = parts[0].union(*parts[1:], all=True) if parts else []
    return dict.fromkeys(asked, 0) | {row["counted_as"]: row["many"] for row in found}


def holds() -> QuerySet[Hold]:
    """Every hold, those in force first, the newest on top."""
    return Hold.objects.select_related("placed_by", "lifted_by").order_by("lifted_at", "-placed_at")


def holds_with_names() -> list[NamedHold]:
    """Every hold with what its record is called: a number, never a word about it."""
    rows = list(holds())
    names = names_of(row.subject for row in rows)
    return [NamedHold(row, name_in(names, row.subject)) for row in rows]


def with_name(hold: Hold) -> NamedHold:
    """One hold with what its record is called."""
    return NamedHold(hold, name_in(names_of([hold.subject]), hold.subject))


def would_go(current: KindInForce, *, personal: Period | None, keep: Period | None, at: datetime) -> dict[Stage, int]:
    """How many records more would go at once if a kind had these periods; empty when none would."""
    chosen = replace(current.rule, personal=personal, record=keep)
    counts = {
        stage: due_rows(current.kind, chosen, stage, at=at).count()
        - due_rows(current.kind, current.rule, stage, at=at).count()
        for stage in Stage
    }
    return {stage: count for stage, count in counts.items() if count > 0}


def proof_of_erasure() -> Sequence[Proof]:
    """What went, per day, kind, stage and rule; the newest on top, at most PROOF_LINES lines."""
    known = {kind.code: kind for kind in kinds()}
    rows = (
        Erasure.objects.order_by()
        .values("kind", "stage", "code", "period", day=TruncDate("erased_at"))
        .annotate(count=Count("number"), first=Min("number"), last=Max("number"))
        .order_by("-day", "kind", "stage")[:PROOF_LINES]
    )
    return [
        Proof(
            row["day"],
            known[row["kind"]],
            Stage(row["stage"]),
            row["code"],
            period_from(row["period"]),
            row["count"],
            row["first"],
            row["last"],
        )
        for row in rows
        if row["kind"] in known
    ]


def last_erasure() -> int:
    """The number of the last erasure; 0 when there was none."""
    return Ledger.objects.filter(pk=1).values_list("last_number", flat=True).first() or 0


def erasures_after(number: int) -> QuerySet[Erasure]:
    """The ledger from a number on, in order."""
    return Erasure.objects.filter(number__gt=number)
