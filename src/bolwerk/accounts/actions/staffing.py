"""Staffing: how many full-time equivalents a department had in a year, entered by hand or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person, Staffing
from bolwerk.accounts.queries.names import STAFFING
from bolwerk.audit.actions import record


@dataclass(frozen=True)
class Origin:
    """Where numbers come from: the day they hold for, and who counted."""

    counted_on: date
    source: str


@transaction.atomic
def set_staffing(*, year: int, numbers: Mapping[UUID, Decimal | None], origin: Origin, by: Person, at: datetime) -> int:
    """Write down the FTE of departments in a year; None takes one away. Returns how many changed.

    A number that stays the same keeps its date and source: entering one department says nothing about another.
    """
    known = {one.department_id: one for one in Staffing.objects.select_for_update().filter(year=year)}
    changed = {pk: fte for pk, fte in numbers.items() if fte != (known[pk].fte if pk in known else None)}
    for department_id, fte in changed.items():
        if fte is None:
            known[department_id].delete()
            continue
        told = {"fte": fte, "counted_on": origin.counted_on, "source": origin.source, "entered_at": at}
        Staffing.objects.update_or_create(department_id=department_id, year=year, defaults=told)
    if changed:
        record("accounts.staffing.set", subject=f"{STAFFING}{year}", actor=by.urn, at=at, departments=len(changed))
    return len(changed)
