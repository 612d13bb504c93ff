"""What a file of an older register would bring, compared with what is there. Nothing is changed here."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules.people_file import Problem
from bolwerk.accounts.rules.sheets import Sheet, SheetRefusedError, read_sheet
from bolwerk.incidents.models import ImportedReport, RegisterFile
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.rules import (
    CODED,
    WORDS_LIMIT,
    Field,
    Layout,
    OldReport,
    propose,
    propose_code,
    read_reports,
    words_in,
)
from bolwerk.ui.content import read_yaml
from bolwerk.vault.queries.retention import rule_in_force
from bolwerk.vault.rules.retention import Stage, began_before

RECORD = "incidents.incident"  # the kind of record of which the retention holds
MOST_WORDS = 60  # different texts in a column of kinds; more is not a list of kinds but something else


@dataclass(frozen=True)
class Taken:
    """A report that would be read in: as the file has it, of whom and of which department it is as far as known.

    `bare` when its people and words would be erased at once: they are not read in.
    """

    report: OldReport
    department: Department | None
    person: Person | None
    bare: bool


@dataclass(frozen=True)
class Plan:
    """All that would happen. With problems, nothing happens."""

    register: str
    taken: list[Taken] = field(default_factory=list)
    known: int = 0  # read in before
    too_old: int = 0  # would be destroyed at once by the retention rule
    problems: list[Problem] = field(default_factory=list)

    @property
    def bare(self) -> int:
        """How many come without people and words."""
        return sum(one.bare for one in self.taken)

    @property
    def unknown_people(self) -> int:
        """How many name somebody who is not known here."""
        return sum(bool(one.report.email) and one.person is None for one in self.taken)

    @property
    def digest(self) -> str:
        """Changes when the outcome would be another one than was shown."""
        taken = [(one.report, str(one.department), str(one.person), one.bare) for one in self.taken]
        return hashlib.sha256(repr((taken, self.known, self.too_old, self.problems)).encode()).hexdigest()


@dataclass(frozen=True)
class Question:
    """A word in the file of which somebody must say what it means here."""

    what: Field
    word: str
    proposed: str


@cache
def _guesses() -> dict[str, list[tuple[str, list[str]]] | dict[str, list[str]]]:
    found: dict[str, list[tuple[str, list[str]]] | dict[str, list[str]]] = read_yaml(
        (CONTENT / "importing.nl.yaml").read_text(encoding="utf-8")
    )
    return found


def sheet_of(data: bytes) -> Sheet:
    """The table in a file. Raises SheetRefusedError, also when two columns have the same heading."""
    sheet = read_sheet(data, signs=WORDS_LIMIT)
    named = [heading for heading in sheet.headings if heading]
    if twice := next((heading for heading in named if named.count(heading) > 1), None):
        raise SheetRefusedError(_("The column “%(heading)s” is there twice.") % {"heading": twice})
    if not sheet.lines:
        raise SheetRefusedError(_("There are no rows below the headings."))
    return sheet


def layout_of(file: RegisterFile) -> Layout:
    """What was said about a file so far."""
    columns = {Field(what): heading for what, heading in file.columns.items()}
    return Layout(columns, {Field(what): codes for what, codes in file.codes.items()})


def proposed_columns(sheet: Sheet) -> dict[Field, str]:
    """For each field the column that it most likely is."""
    known = _guesses()["columns"]
    assert isinstance(known, Mapping)
    return propose(sheet.headings, {Field(what): words for what, words in known.items()})


def questions(sheet: Sheet, layout: Layout) -> list[Question]:
    """Every word of the coded columns with what it most likely means, or what was said of it already.

    Raises SheetRefusedError when a column has far too many different words to be a list of codes.
    """
    found = []
    for what in CODED:
        heading = layout.columns.get(what)
        words = words_in(sheet, heading) if heading else []
        if len(words) > MOST_WORDS:
            text = _("The column “%(heading)s” has %(n)s different texts. Is it the right column?")
            raise SheetRefusedError(text % {"heading": heading, "n": len(words)})
        said, known = layout.codes.get(what, {}), _guesses()[what.value]
        assert isinstance(known, list)
        found += [Question(what, word, said.get(word) or propose_code(word, known)) for word in words]
    return found


def plan_of(file: RegisterFile, *, at: datetime) -> Plan:
    """Read a file and say what it would bring. Raises SheetRefusedError when it cannot be read as a table."""
    rows, problems = read_reports(
        sheet_of(bytes(file.content)), layout_of(file), zone=timezone.get_default_timezone(), at=at
    )
    known = set(ImportedReport.objects.filter(register=file.register).values_list("number", flat=True))
    plan = Plan(file.register, problems=problems, known=sum(row.number in known for row in rows))
    fresh = [row for row in rows if row.number not in known]
    oldest = _cutoffs(at)
    kept = [row for row in fresh if row.reported_at >= oldest[Stage.RECORD]]
    taken = _with_house(kept, plan, bare_before=oldest[Stage.PERSONAL], heading=file.columns.get(Field.DEPARTMENT, ""))
    problems.sort(key=lambda one: one.row)
    return replace(plan, taken=taken, too_old=len(fresh) - len(kept))


def _cutoffs(at: datetime) -> dict[Stage, datetime]:
    """From which moment on a report is kept now, per stage of the retention rule."""
    rule, zone = rule_in_force(RECORD).rule, timezone.get_default_timezone()
    never = datetime.min.replace(tzinfo=zone)
    periods = {stage: rule.period(stage) for stage in Stage}
    return {stage: began_before(at, period, zone=zone) if period else never for stage, period in periods.items()}


def _with_house(rows: list[OldReport], plan: Plan, *, bare_before: datetime, heading: str) -> list[Taken]:
    departments = _departments()
    people = {person.email: person for person in Person.objects.filter(is_active=True)}
    taken = []
    for row in rows:
        place = departments.get(row.department.casefold()) if row.department else None
        if row.department and place is None:
            text = _("There is no department “%(value)s”.") % {"value": row.department}
            plan.problems.append(Problem(row.row, heading, text))
        bare = row.reported_at < bare_before
        taken.append(Taken(row, place, None if bare else people.get(row.email), bare))
    return taken


def _departments() -> dict[str, Department]:
    """Every department by its code, and by its name when only one has it; closed ones too, for reports from then."""
    rows = list(Department.objects.all())
    names = Counter(row.name.casefold() for row in rows)
    by_name = {row.name.casefold(): row for row in rows if names[row.name.casefold()] == 1}
    return by_name | {row.code.casefold(): row for row in rows}
