"""What members contributed, and the pooled figures that were published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bolwerk.circle.models import Circle, Member, PooledRelease, Received
from bolwerk.circle.rules.pooling import TOTAL, PoolPolicy, rate_of

KIND = "benchmark"
QUARTERS = 4  # a year that is not over is in nobody's figures


@dataclass(frozen=True)
class Contribution:
    """The figures of one municipality over a year, as its own gate let them through."""

    municipality: str
    name: str
    figures: dict[str, int | None]
    employees: int | None
    off_by: int


def policy() -> PoolPolicy:
    """How many there must be, and how much one may give, as set."""
    return PoolPolicy(least=settings.POOL_POLICY["least"], p_percent=settings.POOL_POLICY["p_percent"])


def kind_names() -> dict[str, str]:
    """The kinds of which figures are pooled, by their codes."""
    return {code: str(label) for code, label in import_string(settings.POOL_KINDS).choices}


def contributions(circle: Circle, *, on: date) -> dict[int, list[Contribution]]:
    """By year: what the municipalities that are members on a day contributed of it, whole years only."""
    members = Member.objects.filter(circle=circle, joined_on__lte=on).exclude(left_on__lte=on)
    rows = Received.objects.filter(kind=KIND, origin__municipality__in=members.values("municipality"))
    found: dict[int, dict[str, Contribution]] = {}
    for row in rows.select_related("origin__municipality").defer("data").order_by("sequence", "updated_at"):
        place = row.origin.municipality
        if place and len(row.base["quarters"]) == QUARTERS:
            found.setdefault(row.base["year"], {})[str(place.pk)] = _read(str(place.pk), place.name, row.base)
    return {year: sorted(by_place.values(), key=lambda one: one.name) for year, by_place in sorted(found.items())}


def _read(key: str, name: str, content: dict[str, Any]) -> Contribution:
    figures = {cell["kind"]: cell["reports"] for cell in content["reports"] if cell["quarter"] == TOTAL}
    return Contribution(key, name, figures, content["employees"], content["rounding_base"] // 2)


def other_panels(year: int, *, of: Circle) -> list[frozenset[str]]:
    """Who was in the releases of the same year in other circles of this installation."""
    rows = PooledRelease.objects.filter(year=year).exclude(circle=of)
    return [frozenset(panel) for panel in rows.values_list("panel", flat=True)]


def releases_of(circle: Circle) -> list[dict[str, Any]]:
    """Every release of a circle as its page shows it, the latest first."""
    return [_shown(row) for row in PooledRelease.objects.filter(circle=circle)]


def figure_names() -> dict[str, str]:
    """What each figure of a release is of, by its code."""
    return {TOTAL: _("Everything together"), **kind_names()}


def _shown(row: PooledRelease) -> dict[str, Any]:
    names, base = figure_names(), Base(row.employees, row.off_by)
    rows = [(names.get(kind, kind), *told(base, figure)) for kind, figure in row.cells.items()]
    return {"row": row, "year": str(row.year), "municipalities": len(row.panel), "rows": rows, "says": _says(row)}


@dataclass(frozen=True)
class Base:
    """Over how many employees a figure is, and how far rounding may have moved it."""

    employees: int | None
    off_by: int


def told(base: Base, figure: int | None) -> tuple[str, str]:
    """A figure as people read it: about how many, and how many for every 1,000 employees."""
    if figure is None:
        return _("hidden"), _("hidden")
    if not base.employees:
        return number_format(figure, force_grouping=True), _("not known")
    rate = rate_of(figure, base.employees, off_by=base.off_by)
    one, low, high = (number_format(value, decimal_pos=1) for value in (rate.value, rate.low, rate.high))
    within = _("%(rate)s (between %(low)s and %(high)s)") % {"rate": one, "low": low, "high": high}
    return number_format(figure, force_grouping=True), within


def _says(row: PooledRelease) -> str:
    figure = row.cells.get(TOTAL)
    if figure is None:
        return _(
            "Too little can be told of this year: one municipality weighs too much, or too many figures are hidden."
        )
    facts = {"count": len(row.panel), "reports": number_format(figure, force_grouping=True), "year": row.year}
    return _("In %(year)s %(count)d municipalities together wrote down about %(reports)s incidents.") % facts


def waiting_years(circle: Circle, *, on: date) -> list[dict[str, Any]]:
    """Years that were not published yet: who contributed, and how many are still needed."""
    done = set(PooledRelease.objects.filter(circle=circle).values_list("year", flat=True))
    least = policy().least
    return [
        {"year": year, "names": [one.name for one in given], "needed": max(0, least - len(given))}
        for year, given in contributions(circle, on=on).items()
        if year not in done
    ]


def employees_of(given: Iterable[Contribution]) -> int | None:
    """Everybody who works for these municipalities together; None when one of them does not say."""
    counts = [one.employees for one in given]
    known = [count for count in counts if count]
    return sum(known) if known and len(known) == len(counts) else None
