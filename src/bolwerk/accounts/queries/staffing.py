"""Staffing of departments: their own, and with all that lies below them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bolwerk.accounts.models import Staffing
from bolwerk.accounts.queries.departments import Branch, tree


@dataclass(frozen=True)
class Staffed:
    """A department in the tree with its own number, None when nobody entered it."""

    branch: Branch
    own: Staffing | None


@dataclass(frozen=True)
class Strength:
    """FTE of a department with all below it. `missing` names those without a number: then there is no total."""

    fte: Decimal | None
    missing: tuple[str, ...] = ()


def staffing_of(year: int) -> list[Staffed]:
    """Every open department with its number for a year, in the order of the tree."""
    return _staffed(Staffing.objects.filter(year=year))


def strengths_of(year: int) -> dict[str, Strength]:
    """The FTE of each department with all below it, by code; the whole municipality under an empty code.

    A department in which nobody works needs no number. Of any other that lacks one, everything above lacks a total.
    """
    return _strengths(staffing_of(year))


def strengths_of_two(year: int) -> tuple[dict[str, Strength], dict[str, Strength]]:
    """As `strengths_of`, of a year and of the year before it, in one question."""
    rows = list(Staffing.objects.filter(year__in=(year - 1, year)))
    now, before = ([row for row in rows if row.year == one] for one in (year, year - 1))
    return _strengths(_staffed(now)), _strengths(_staffed(before))


def _staffed(rows: Iterable[Staffing]) -> list[Staffed]:
    known = {one.department_id: one for one in rows}
    return [Staffed(branch, known.get(branch.department.pk)) for branch in tree()]


def _strengths(rows: list[Staffed]) -> dict[str, Strength]:
    found: dict[str, Strength] = {}
    for place, one in enumerate(rows):
        inside = [one]
        for below in rows[place + 1 :]:
            if below.branch.depth <= one.branch.depth:
                break
            inside.append(below)
        found[one.branch.department.code] = _together(inside)
    return found | {"": _together(rows)}


def _together(rows: list[Staffed]) -> Strength:
    missing = tuple(row.branch.department.name for row in rows if row.own is None and row.branch.people)
    known = [row.own.fte for row in rows if row.own is not None]
    return Strength(sum(known, Decimal(0)) if known and not missing else None, missing)
