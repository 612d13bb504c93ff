"""Raw counts for the gate. Only `actions.publish_figures` may use this: no count goes out that did not pass it."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.models import DamageItem, Incident, PoliceReport
from bolwerk.incidents.models.codes import code_named
from bolwerk.incidents.queries.timing import Ran, clocks_of
from bolwerk.incidents.rules import Breakdown, Channel, Kind, Timed, month_of, months_of, quarter_of
from bolwerk.incidents.rules.codes import CodeList, Form
from bolwerk.incidents.rules.damage import DamageState
from bolwerk.incidents.rules.ladder import Severity
from bolwerk.incidents.rules.police import Vpt
from knooppunt.disclosure import TOTAL, Axis, Row, Table

NO_DEPARTMENT = ""  # of people who belong to none
NOT_SORTED = "not_sorted"  # nobody said how severe it was
ABOUT = {Breakdown.KIND: "incidents.reports"}  # the others are named after theirs
CODES: dict[Breakdown, list[str]] = {
    Breakdown.KIND: list(Kind.values),
    Breakdown.CHANNEL: list(Channel.values),
    Breakdown.SEVERITY: [*Severity.values, NOT_SORTED],
    Breakdown.FORM: list(Form.values),
    Breakdown.CLOCK: list(Timed.values),
    Breakdown.POLICE: list(Vpt.values),
    Breakdown.DAMAGE: list(DamageState.values),
}
Told = tuple[str, str, str, object]  # department, code, period, person


def count_table(breakdown: Breakdown, year: int, quarters: list[str]) -> Table:
    """How many reports came in per department of the person it happened to, code of the breakdown, and quarter.

    Of forms: how often each was named, since a report can have several. Of clocks: how many ended in the quarter. Of
    the police: how many notices and complaints, by VPT code. Of damage: how many items, never how much money (ADR 10).
    Departments form a tree; one without people and reports of its own is hollow, as everybody in the house knows.
    """
    told = OTHERS[breakdown](set(quarters)) if breakdown in OTHERS else _told(breakdown, set(quarters))
    rows = [Row((code, what, period), count, who) for (code, what, period, who), count in Counter(told).items()]
    about = f"{ABOUT.get(breakdown, f'incidents.{breakdown.value}')}.{year}"
    return Table.of(about, [_departments(rows), _codes(breakdown), periods(breakdown, quarters)], rows)


def periods(breakdown: Breakdown, quarters: list[str]) -> Axis:
    """The axis of time: quarters, or months with the quarters that they make."""
    if breakdown is not Breakdown.MONTH:
        return Axis.flat("quarter", quarters)
    whole = {quarter: frozenset(months_of(quarter)) for quarter in quarters}
    each = {month: frozenset({month}) for quarter in quarters for month in months_of(quarter)}
    return Axis("quarter", {**each, **whole, TOTAL: frozenset(each)})


def _codes(breakdown: Breakdown) -> Axis:
    if breakdown is Breakdown.MONTH:
        return Axis("month", {TOTAL: frozenset({Breakdown.MONTH.value})})
    return Axis.flat(breakdown.value, CODES[breakdown])


def _departments(rows: list[Row]) -> Axis:
    parents: dict[str, str | None] = dict(Department.objects.values_list("code", "parent__code"))
    staffed = set(Person.objects.values_list("department__code", flat=True)) | {row.at[0] for row in rows}
    hollow = frozenset(code for code in parents if code not in staffed)
    if None in staffed or NO_DEPARTMENT in staffed:
        parents[NO_DEPARTMENT] = None
    return Axis.tree("department", parents, hollow=hollow)


def _told(breakdown: Breakdown, quarters: set[str]) -> Iterator[Told]:
    """Of every report of these quarters: where, what, when and to whom."""
    years = {int(quarter[:4]) for quarter in quarters}
    found = Incident.objects.filter(reported_at__year__in=years).order_by()
    columns = ("department__code", "kind", "channel", "forms", "response__severity", "reported_at", "happened_to")
    for code, kind, channel, forms, severity, moment, person in found.values_list(*columns):
        day = _day(moment)
        if quarter_of(day) in quarters:
            period = month_of(day) if breakdown is Breakdown.MONTH else quarter_of(day)
            whats = {
                Breakdown.KIND: [kind],
                Breakdown.CHANNEL: [channel],
                Breakdown.SEVERITY: [severity or NOT_SORTED],
                Breakdown.FORM: _forms(forms),
                Breakdown.MONTH: [Breakdown.MONTH.value],
            }[breakdown]
            yield from ((code or NO_DEPARTMENT, what, period, person) for what in whats)


def _forms(codes: str) -> list[str]:
    """Our forms behind the codes of a report; one of the municipality's own that left its list means nothing now."""
    named = [code_named(CodeList.FORMS, code) for code in codes.split()]
    ours = [one.meaning for one in named if one] + [code for code in codes.split() if code in Form.values]
    return sorted(set(ours) & set(Form.values))


def _clock_told(quarters: set[str]) -> Iterator[Told]:
    ran: list[Ran] = clocks_of(sorted(quarters))
    yield from ((one.department or NO_DEPARTMENT, one.what.value, one.quarter, one.person) for one in ran)


def _police_told(quarters: set[str]) -> Iterator[Told]:
    columns = ("incident__department__code", "vpt", "reported_on", "incident__happened_to")
    for code, vpt, day, person in PoliceReport.objects.order_by().values_list(*columns):
        if quarter_of(day) in quarters:
            yield code or NO_DEPARTMENT, vpt, quarter_of(day), person


def _damage_told(quarters: set[str]) -> Iterator[Told]:
    columns = ("incident__department__code", "state", "at", "incident__happened_to")
    for code, state, moment, person in DamageItem.objects.order_by().values_list(*columns):
        if (quarter := quarter_of(_day(moment))) in quarters:
            yield code or NO_DEPARTMENT, state, quarter, person


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]  # a moment, whatever values_list says


OTHERS: dict[Breakdown, Callable[[set[str]], Iterator[Told]]] = {  # what counts something else than reports
    Breakdown.CLOCK: _clock_told,
    Breakdown.POLICE: _police_told,
    Breakdown.DAMAGE: _damage_told,
}
