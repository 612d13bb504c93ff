"""What a file with people or departments would change, compared with what is there. Nothing is changed here."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import FileKind, Role
from bolwerk.accounts.rules.people_file import (
    DepartmentRow,
    PersonRow,
    Problem,
    heading_in,
    read_departments,
    read_people,
)
from bolwerk.accounts.rules.sheets import read_sheet


@dataclass(frozen=True)
class Change:
    """One row that would do something: its number (0: not in the file), who or what, and old and new values."""

    row: int
    key: str
    name: str
    values: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All that would happen. With problems, nothing happens."""

    kind: FileKind
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    returned: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows would do something."""
        return len(self.added) + len(self.changed) + len(self.returned) + len(self.left)

    @property
    def digest(self) -> str:
        """Changes when the outcome would be another one than was shown."""
        parts = repr((self.added, self.changed, self.returned, self.left, self.problems))
        return hashlib.sha256(parts.encode()).hexdigest()


def plan_of(data: bytes, *, kind: FileKind, leavers_go: bool, actor: Person | None, on: date) -> Plan:
    """Read a file and say what it would change. Raises SheetRefusedError when it cannot be read as such a table.

    With `leavers_go`, people who are not in the file have left; never `actor`, who is reading it in.
    """
    sheet = read_sheet(data)
    if kind is FileKind.DEPARTMENTS:
        column = heading_in(sheet, "departments", "parent")
        return _department_plan(*read_departments(sheet), column=column)
    people, problems = read_people(sheet)
    plan = _people_plan(people, problems, column=heading_in(sheet, "people", "department"))
    return _with_leavers(plan, people, actor=actor, on=on) if leavers_go else plan


class _Departments:
    """Finds a department by its code, or by its name when only one has it."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.by_code = {row.code: row for row in departments}
        names: dict[str, list[Department]] = {}
        for row in self.by_code.values():
            names.setdefault(row.name.casefold(), []).append(row)
        self.by_name = {name: rows[0] for name, rows in names.items() if len(rows) == 1}

    def find(self, text: str) -> Department | None:
        """The department that is meant, or None."""
        return self.by_code.get(text) or self.by_name.get(text.casefold())


def _people_plan(rows: list[PersonRow], problems: list[Problem], *, column: str) -> Plan:
    plan = Plan(FileKind.PEOPLE, problems=list(problems))
    departments = _Departments(Department.objects.filter(closed_on=None))
    known = {person.email: person for person in Person.objects.select_related("department")}
    unchanged = 0
    for row in rows:
        place = departments.find(row.department) if row.department else None
        if row.department and place is None:
            text = _("There is no department “%(value)s”.") % {"value": row.department}
            plan.problems.append(Problem(row.row, column, text))
        unchanged += _sort_person(plan, row, known.get(row.email), place.code if place else "")
    return _counted(plan, unchanged)


def _sort_person(plan: Plan, row: PersonRow, person: Person | None, place: str) -> int:
    """Put a row where it belongs in the plan; return 1 when it changes nothing."""
    wanted = {"name": row.name} | ({"department": place} if row.department is not None else {})
    if person is None:
        plan.added.append(Change(row.row, row.email, row.name, {key: ("", value) for key, value in wanted.items()}))
        return 0
    now = {"name": person.name, "department": person.department.code if person.department else ""}
    values = {key: (now[key], value) for key, value in wanted.items() if now[key] != value}
    if not person.is_active:
        plan.returned.append(Change(row.row, row.email, row.name, values))
    elif values:
        plan.changed.append(Change(row.row, row.email, row.name, values))
    return int(person.is_active and not values)


def _with_leavers(plan: Plan, rows: list[PersonRow], *, actor: Person | None, on: date) -> Plan:
    staying = {row.email for row in rows} | ({actor.email} if actor else set())
    leaving = [person for person in Person.objects.filter(is_active=True) if person.email not in staying]
    plan.left.extend(Change(0, person.email, person.name) for person in leaving)
    administrators = Grant.objects.on(on).filter(role=Role.FUNCTIONAL_ADMINISTRATOR, person__is_active=True)
    if not administrators.exclude(person__in=leaving).exists():
        text = _(
            "After this nobody could manage people and roles: the last functional administrator is not in the file."
        )
        plan.problems.append(Problem(0, "", text))
    return plan


def _department_plan(rows: list[DepartmentRow], problems: list[Problem], *, column: str) -> Plan:
    plan = Plan(FileKind.DEPARTMENTS, problems=list(problems))
    known = {row.code: row for row in Department.objects.select_related("parent")}
    parents = {code: row.parent.code if row.parent else "" for code, row in known.items()}
    parents |= {row.code: row.parent or "" for row in rows if row.parent is not None or row.code not in parents}
    unchanged = 0
    for row in rows:
        _check_place(plan, row, parents, column)
        unchanged += _sort_department(plan, row, known.get(row.code))
    return _counted(plan, unchanged)


def _check_place(plan: Plan, row: DepartmentRow, parents: dict[str, str], column: str) -> None:
    """Note an unknown parent, and a department that would lie below itself."""
    if row.parent and row.parent not in parents:
        text = _("There is no department with the code “%(value)s”, here or in this file.") % {"value": row.parent}
        plan.problems.append(Problem(row.row, column, text))
        return
    chain = [row.code]
    while (above := parents.get(chain[-1], "")) and above not in chain:
        chain.append(above)
    if above == row.code:
        text = _("This makes a ring: %(chain)s.") % {"chain": " → ".join([*chain, above])}
        plan.problems.append(Problem(row.row, column, text))


def values_of(department: Department) -> dict[str, str]:
    """A department as a file has it."""
    return {
        "name": department.name,
        "parent": department.parent.code if department.parent else "",
        "contact_type": department.contact_type,
        "risk_class": department.risk_class,
        "vulnerable_processes": "|".join(department.vulnerable_processes),
    }


def _sort_department(plan: Plan, row: DepartmentRow, department: Department | None) -> int:
    said: dict[str, str | None] = {
        "name": row.name,
        "parent": row.parent,
        "contact_type": row.contact_type.value if row.contact_type else None,
        "risk_class": row.risk_class.value if row.risk_class else None,
        "vulnerable_processes": None if row.vulnerable_processes is None else "|".join(row.vulnerable_processes),
    }
    wanted = {key: value for key, value in said.items() if value is not None}
    if department is None:
        plan.added.append(Change(row.row, row.code, row.name, {key: ("", value) for key, value in wanted.items()}))
        return 0
    if department.closed_on is not None:
        plan.problems.append(Problem(row.row, "code", _("This department was closed; its code stays taken.")))
    now = values_of(department)
    values = {key: (now[key], value) for key, value in wanted.items() if now[key] != value}
    if values:
        plan.changed.append(Change(row.row, row.code, row.name, values))
    return int(not values)


def _counted(plan: Plan, unchanged: int) -> Plan:
    problems = sorted(plan.problems, key=lambda problem: problem.row)
    return Plan(plan.kind, plan.added, plan.changed, plan.returned, plan.left, unchanged, problems)
