"""Reading people and departments in from a file: kept for the preview, then used in one go or not at all."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.actions.departments import Profile, add_department, change_department
from bolwerk.accounts.actions.people import add_employee, change_person, deactivate_person, reactivate_person
from bolwerk.accounts.models import Department, Installation, PeopleFile, Person
from bolwerk.accounts.queries.importing import Change, Plan, plan_of, values_of
from bolwerk.accounts.rules import ContactType, FileKind, RiskClass
from bolwerk.accounts.rules.people_file import PROCESS_SEPARATOR
from bolwerk.audit.actions import SYSTEM, record

KEPT_FOR = timedelta(days=1)  # a preview that nobody used; data is not kept without need (AVG art. 5)


class FileHasProblemsError(ValueError):
    """Something in the file is wrong; nothing was changed."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.problems)} problems")
        self.plan = plan


class OutcomeChangedError(ValueError):
    """Somebody changed people or departments after the preview; nothing was changed."""


@transaction.atomic
def keep_file(*, content: bytes, kind: FileKind, leavers_go: bool, by: Person, at: datetime) -> PeopleFile:
    """Keep an uploaded file until it is used, or for a day."""
    forget_old_files(at=at)
    kept = PeopleFile.objects.create(content=content, kind=kind, leavers_go=leavers_go, by=by, at=at)
    record("accounts.file.kept", subject=f"urn:bolwerk:accounts:file:{kept.pk}", actor=by.urn, at=at, kind=kind.value)
    return kept


def forget_old_files(*, at: datetime) -> int:
    """Throw away the files that nobody used for a day; return how many."""
    return PeopleFile.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


@transaction.atomic
def use_file(*, file: PeopleFile, shown: str, at: datetime) -> Plan:
    """Do what the preview showed (its digest is `shown`), and forget the file.

    Raises FileHasProblemsError, and OutcomeChangedError when the outcome would be another one than was shown.
    """
    plan = apply_people_file(
        data=bytes(file.content),
        kind=FileKind(file.kind),
        leavers_go=file.leavers_go,
        actor=file.by,
        at=at,
        shown=shown,
    )
    PeopleFile.objects.filter(pk=file.pk).delete()
    return plan


@transaction.atomic
def forget_file(*, file: PeopleFile, at: datetime) -> None:
    """Throw a file away without using it."""
    record("accounts.file.forgotten", subject=f"urn:bolwerk:accounts:file:{file.pk}", actor=file.by.urn, at=at)
    PeopleFile.objects.filter(pk=file.pk).delete()


@transaction.atomic
def apply_people_file(
    *, data: bytes, kind: FileKind, leavers_go: bool, actor: Person | None, at: datetime, shown: str = ""
) -> Plan:
    """Read a file in: everything, or nothing. Reading the same file again changes nothing.

    `actor` is None for the command line. Raises SheetRefusedError, FileHasProblemsError and OutcomeChangedError.
    """
    list(Installation.objects.select_for_update().filter(pk=1))  # two files at once: one after the other
    plan = plan_of(data, kind=kind, leavers_go=leavers_go, actor=actor, on=timezone.localdate(at))
    if plan.problems:
        raise FileHasProblemsError(plan)
    if shown and plan.digest != shown:
        raise OutcomeChangedError
    by = actor.urn if actor else SYSTEM
    if kind is FileKind.DEPARTMENTS:
        _apply_departments(plan, by=by, at=at)
    else:
        _apply_people(plan, by=by, at=at)
    record(
        "accounts.file.used",
        subject=f"urn:bolwerk:accounts:{kind.value}",
        actor=by,
        at=at,
        added=len(plan.added),
        changed=len(plan.changed),
        returned=len(plan.returned),
        left=len(plan.left),
    )
    return plan


def _apply_people(plan: Plan, *, by: str, at: datetime) -> None:
    departments = {row.code: row for row in Department.objects.filter(closed_on=None)}
    known = {person.email: person for person in Person.objects.select_related("department")}
    for change in plan.added:
        place = departments.get(change.values.get("department", ("", ""))[1])
        add_employee(email=change.key, name=change.name, department=place, by=by, at=at)
    for change in plan.returned:
        reactivate_person(person=known[change.key], by=by, at=at)
    for change in [*plan.returned, *plan.changed]:
        person = known[change.key]
        code = change.values["department"][1] if "department" in change.values else None
        place = person.department if code is None else departments.get(code)
        change_person(person=person, email=person.email, name=change.name, department=place, by=by, at=at)
    for change in plan.left:
        deactivate_person(person=known[change.key], by=by, at=at)


def _apply_departments(plan: Plan, *, by: str, at: datetime) -> None:
    """From the top of the tree as it will be downwards, so that no step makes a ring on the way."""
    known = {row.code: row for row in Department.objects.select_related("parent")}
    added = {change.key for change in plan.added}
    for change in _from_the_top([*plan.added, *plan.changed], known):
        now = {} if change.key in added else values_of(known[change.key])
        wanted = now | {key: new for key, (_old, new) in change.values.items()}
        profile = Profile(
            ContactType(wanted.get("contact_type", ContactType.INTERNAL)),
            RiskClass(wanted.get("risk_class", RiskClass.A)),
            [part for part in wanted.get("vulnerable_processes", "").split(PROCESS_SEPARATOR) if part],
        )
        parent = known.get(wanted.get("parent", ""))
        if change.key in added:
            known[change.key] = add_department(
                code=change.key, name=change.name, parent=parent, profile=profile, by=by, at=at
            )
        else:
            change_department(
                department=known[change.key], name=wanted["name"], parent=parent, profile=profile, by=by, at=at
            )


def _from_the_top(changes: list[Change], known: dict[str, Department]) -> list[Change]:
    """The changes in order of depth in the tree as it will be."""
    parents = {code: row.parent.code if row.parent else "" for code, row in known.items()}
    for change in changes:
        if "parent" in change.values or change.key not in parents:
            parents[change.key] = change.values.get("parent", ("", ""))[1]

    def depth(code: str) -> int:
        return 0 if not parents.get(code) else 1 + depth(parents[code])

    return sorted(changes, key=lambda change: depth(change.key))
