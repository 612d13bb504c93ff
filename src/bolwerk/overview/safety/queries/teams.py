"""The figures of one team with what lies below it: published ones, rates over them, teams that are alike."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from django.db.models import QuerySet

from bolwerk.accounts.models import Department
from bolwerk.accounts.queries import Branch, Strength, installation, strengths_of_two, tree
from bolwerk.incidents.queries import Breakdown, Broken, Figures, breakdowns_of, figures_of_two
from bolwerk.overview.safety.queries.surveys import Experienced, gap_of
from bolwerk.overview.safety.rules import (
    LEAST_COMPARED,
    Change,
    Count,
    Rate,
    change_of,
    rate_of,
    ratio_interval,
)
from knooppunt.disclosure import TOTAL, Policy

UNKNOWN = Strength(None)


@dataclass(frozen=True)
class Alike:
    """Teams that are alike in the same year, taken together."""

    rate: Rate
    teams: int
    by_contact: bool  # alike in contact with the public as well, not in risk alone


@dataclass(frozen=True)
class TeamFigures:
    """What is published of a team in a year, and what follows from it. None is: hidden, or not to be counted."""

    department: Department | None  # None: the whole municipality
    name: str
    figures: Figures
    strength: Strength
    rate: Rate | None
    before: Rate | None  # of the same quarters a year earlier
    change: Change | None
    alike: Alike | None
    gap: Experienced | None
    parts: dict[Breakdown, Broken] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)  # the team and what lies below it

    @cached_property
    def total(self) -> int | None:
        """About how many reports there were in the year so far."""
        return self.figures.of(department=self.code)

    @property
    def code(self) -> str:
        """Under which label its figures stand."""
        return self.department.code if self.department else TOTAL


@dataclass(frozen=True)
class _Measured:
    """A count with what it is counted over."""

    count: Count
    exposure: float

    @property
    def rate(self) -> Rate | None:
        return rate_of(self.count, fte=self.exposure, years=1)


def tree_of(departments: QuerySet[Department]) -> list[Branch]:
    """These departments in the order of the tree."""
    wanted = set(departments.order_by().values_list("pk", flat=True))
    return [branch for branch in tree() if branch.department.pk in wanted]


def team_figures(department: Department | None, *, year: int) -> TeamFigures | None:
    """Everything a page shows of a team, or (None) of the whole municipality; None when nothing is published."""
    figures, earlier = figures_of_two(year)
    if figures is None:
        return None
    code = department.code if department else TOTAL
    strengths, then = strengths_of_two(year)
    now = _measured(code, figures, strengths, quarters=len(figures.quarters))
    before = _measured(code, earlier, then, quarters=len(figures.quarters)) if earlier else None
    change = None
    if now and before:
        change = change_of(ratio_interval(now.count, now.exposure, before.count, before.exposure))
    return TeamFigures(
        department=department,
        name=department.name if department else _municipality(),
        figures=figures,
        strength=_strength(strengths, code),
        rate=now.rate if now else None,
        before=before.rate if before else None,
        change=change,
        alike=_alike(department, figures, strengths) if department else None,
        gap=gap_of(department=department.code if department else "", year=year),
        parts=breakdowns_of(year, department=code),
        codes=_with_below(department) if department else [],
    )


def _municipality() -> str:
    identity = installation()
    return identity.name if identity else ""


def _strength(strengths: dict[str, Strength], code: str) -> Strength:
    return strengths.get("" if code == TOTAL else code, UNKNOWN)


def _measured(code: str, figures: Figures, strengths: dict[str, Strength], *, quarters: int) -> _Measured | None:
    """The count of the first quarters of a year over the FTE that filled them; None where one of the two is missing.

    A whole year that is set against a part of the next is the sum of its quarters: that is what was published.
    """
    policy = Policy(smallest_group=figures.smallest_group, rounding_base=figures.rounding_base)
    strength = _strength(strengths, code)
    if quarters == len(figures.quarters):
        told = [figures.of(department=code)]
    else:
        told = [figures.of(department=code, quarter=quarter) for quarter in figures.quarters[:quarters]]
    counts = [figure for figure in told if figure is not None]
    if not strength.fte or not counts or len(counts) < len(told):
        return None
    bounds = [policy.bounds(figure) for figure in counts]
    count = Count(sum(counts), sum(least for least, _most in bounds), sum(most for _least, most in bounds))
    return _Measured(count, float(strength.fte) * quarters / 4)


def _alike(department: Department, figures: Figures, strengths: dict[str, Strength]) -> Alike | None:
    """Other teams without teams below them in the same risk class; those with the same contact if enough."""
    there = [branch.department for branch in tree()]
    above = {one.parent_id for one in there} | {department.pk}
    others = [one for one in there if one.pk not in above and one.risk_class == department.risk_class]
    closest = [one for one in others if one.contact_type == department.contact_type]
    for chosen, by_contact in ((closest, True), (others, False)):
        found = [_measured(one.code, figures, strengths, quarters=len(figures.quarters)) for one in chosen]
        measured = [one for one in found if one]
        if len(measured) >= LEAST_COMPARED and (rate := _together(measured).rate):
            return Alike(rate, len(measured), by_contact)
    return None


def _together(rows: list[_Measured]) -> _Measured:
    counts = [row.count for row in rows]
    return _Measured(
        Count(sum(one.figure for one in counts), sum(one.least for one in counts), sum(one.most for one in counts)),
        sum(row.exposure for row in rows),
    )


def _with_below(department: Department) -> list[str]:
    """The codes of a department and of all below it: in the tree they follow on it, deeper."""
    rows = tree()
    place = next((n for n, branch in enumerate(rows) if branch.department.pk == department.pk), len(rows))
    inside = takewhile(lambda branch: branch.depth > rows[place].depth, rows[place + 1 :])
    return [department.code, *(branch.department.code for branch in inside)]
