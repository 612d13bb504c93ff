"""Raw counts for the gate. Only `actions.publish_figures` may use this: no count goes out that did not pass it."""

from collections import Counter
from datetime import date

from django.utils import timezone

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Kind, quarter_of
from knooppunt.disclosure import Axis, Row, Table

NO_DEPARTMENT = ""  # of people who belong to none


def count_table(year: int, quarters: list[str]) -> Table:
    """How many reports came in, per department of the person it happened to, kind and quarter of a year.

    Departments form a tree; one without people and reports of its own is hollow, as everybody in the house knows.
    """
    rows = _rows(set(quarters))
    parents: dict[str, str | None] = dict(Department.objects.values_list("code", "parent__code"))
    staffed = set(Person.objects.values_list("department__code", flat=True)) | {row.at[0] for row in rows}
    hollow = frozenset(code for code in parents if code not in staffed)
    if None in staffed or NO_DEPARTMENT in staffed:
        parents[NO_DEPARTMENT] = None
    departments = Axis.tree("department", parents, hollow=hollow)
    kinds, periods = Axis.flat("kind", list(Kind.values)), Axis.flat("quarter", quarters)
    return Table.of(f"incidents.reports.{year}", [departments, kinds, periods], rows)


def _rows(quarters: set[str]) -> list[Row]:
    """Reports that lie together and happened to the same person, counted."""
    years = {int(quarter[:4]) for quarter in quarters}
    found = Incident.objects.filter(reported_at__year__in=years).order_by()
    counted: Counter[tuple[str, str, str, object]] = Counter()
    for code, kind, reported_at, person in found.values_list("department__code", "kind", "reported_at", "happened_to"):
        quarter = quarter_of(_day(reported_at))
        if quarter in quarters:
            counted[code or NO_DEPARTMENT, kind, quarter, person] += 1
    return [Row((code, kind, quarter), count, who) for (code, kind, quarter, who), count in counted.items()]


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]  # a moment, whatever values_list says
