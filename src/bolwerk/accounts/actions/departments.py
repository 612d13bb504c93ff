"""The department tree: made, moved, described and closed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bolwerk.accounts.access import ancestors_of
from bolwerk.accounts.actions.themes import content
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import ContactType, RiskClass
from bolwerk.audit.actions import record


class CyclicTreeError(ValueError):
    """A department cannot lie below itself."""


class DepartmentInUseError(ValueError):
    """People, roles or departments still stand on it."""


@dataclass(frozen=True)
class Profile:
    """What the work of a department asks of people: contact, risk of aggression, processes worth protecting."""

    contact_type: ContactType = ContactType.INTERNAL
    risk_class: RiskClass = RiskClass.A
    vulnerable_processes: list[str] = field(default_factory=list)


@transaction.atomic
def add_department(
    *, code: str, name: str, parent: Department | None, by: str, at: datetime, profile: Profile | None = None
) -> Department:
    """Add a department below `parent`, or at the top."""
    profile = profile or Profile()
    department = Department.objects.create(
        code=code,
        name=name,
        parent=parent,
        contact_type=profile.contact_type,
        risk_class=profile.risk_class,
        vulnerable_processes=profile.vulnerable_processes,
    )
    record("accounts.department.added", subject=department.urn, actor=by, at=at, risk_class=profile.risk_class.value)
    return department


@transaction.atomic
def change_department(
    *, department: Department, name: str, parent: Department | None, profile: Profile, by: str, at: datetime
) -> Department:
    """Rename, move or describe a department; the code stays. Raises CyclicTreeError when it would lie below itself."""
    list(Department.objects.select_for_update().values_list("pk"))  # two moves at once must not make a ring together
    department = Department.objects.get(pk=department.pk)
    parent = Department.objects.get(pk=parent.pk) if parent else None
    if department.pk in ancestors_of(parent.pk if parent else None):
        raise CyclicTreeError(department.code)
    wanted = {
        "name": name,
        "parent": parent,
        "contact_type": profile.contact_type,
        "risk_class": profile.risk_class,
        "vulnerable_processes": profile.vulnerable_processes,
    }
    changed = [key for key, value in wanted.items() if getattr(department, key) != value]
    for key in changed:
        setattr(department, key, wanted[key])
    if changed:
        department.save(update_fields=changed)
        record("accounts.department.changed", subject=department.urn, actor=by, at=at, fields=" ".join(sorted(changed)))
    return department


@transaction.atomic
def close_department(*, department: Department, by: str, at: datetime) -> Department:
    """Close a department that nobody works in. Raises DepartmentInUseError while something stands on it."""
    department = Department.objects.select_for_update().get(pk=department.pk)
    if department.closed_on is not None:
        return department
    in_use = (
        Person.objects.filter(department=department, is_active=True).exists()
        or Department.objects.filter(parent=department, closed_on=None).exists()
        or Grant.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=timezone.localdate(at)), department=department, withdrawn_at=None
        ).exists()
    )
    if in_use:
        raise DepartmentInUseError(department.code)
    department.closed_on = timezone.localdate(at)
    department.save(update_fields=["closed_on"])
    record("accounts.department.closed", subject=department.urn, actor=by, at=at)
    return department


@transaction.atomic
def add_example_departments(*, by: str, at: datetime) -> int:
    """Add the example departments of a municipality, to begin with; return how many. Existing codes are left alone."""
    added = 0
    for entry in content(name="departments.nl.yaml", folder=None):
        if Department.objects.filter(code=entry["code"]).exists():
            continue
        add_department(
            code=entry["code"],
            name=entry["name"],
            parent=Department.objects.filter(code=entry.get("parent", "")).first(),
            profile=Profile(
                ContactType(entry["contact_type"]),
                RiskClass(entry["risk_class"]),
                entry.get("vulnerable_processes", []),
            ),
            by=by,
            at=at,
        )
        added += 1
    return added
