"""The department tree, as it is read from top to bottom."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bolwerk.accounts.models import Department
from bolwerk.ui.once import asked_once

BLANK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Branch:
    """A department with its place in the tree: `depth` 0 is the top; `people` counts who works in it itself."""

    department: Department
    depth: int
    people: int

    @property
    def indent(self) -> str:
        """Blanks that show the depth, two per level below the first."""
        return BLANK * 2 * (self.depth - 1)


def open_departments() -> QuerySet[Department]:
    """Departments that exist today."""
    return Department.objects.filter(closed_on=None)


def tree() -> list[Branch]:
    """Every open department, each after the one it lies below. One query, however deep.

    What lies in a ring (which the database cannot forbid) or below a closed department comes at the end, at the top
    level, so that nothing is ever out of sight. Asked once within one look at a page.
    """
    return asked_once("branches", _tree)


def _tree() -> list[Branch]:
    counted = open_departments().annotate(heads=Count("people", filter=Q(people__is_active=True)))
    rows: dict[object, Department] = {}
    heads: dict[object, int] = {}
    for found in counted.order_by("name"):
        rows[found.pk], heads[found.pk] = found, found.heads
    below: dict[object, list[Department]] = {}
    for row in rows.values():
        below.setdefault(row.parent_id if row.parent_id in rows else None, []).append(row)
    shown: dict[object, Branch] = {}
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        if row.pk not in shown:
            shown[row.pk] = Branch(row, depth, heads[row.pk])
            waiting.extend((child, depth + 1) for child in reversed(below.get(row.pk, [])))
    lost = [Branch(row, 0, heads[row.pk]) for row in rows.values() if row.pk not in shown]
    return [*shown.values(), *lost]


def department_choices() -> list[tuple[str, str]]:
    """Open departments to choose from, indented as in the tree."""
    return [(str(branch.department.pk), BLANK * 3 * branch.depth + branch.department.name) for branch in tree()]
