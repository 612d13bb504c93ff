"""What the rows of a file with people or departments mean, and what is wrong with them. Pure functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext as _

from bolwerk.accounts.rules import ContactType, RiskClass
from bolwerk.accounts.rules.sheets import Line, Sheet, SheetRefusedError

Kind = TypeVar("Kind", ContactType, RiskClass)

PROCESS_SEPARATOR = "|"
# Heading in our own template and export, and the field it fills.
PEOPLE_HEADINGS = (("e-mail", "email"), ("naam", "name"), ("afdeling", "department"))
DEPARTMENT_HEADINGS = (
    ("code", "code"),
    ("naam", "name"),
    ("valt onder", "parent"),
    ("contact", "contact_type"),
    ("risicoklasse", "risk_class"),
    ("kwetsbare processen", "vulnerable_processes"),
)
# Other headings that staff systems give, in Dutch and English.
ALSO = {
    "email": "email",
    "e-mailadres": "email",
    "e-mail address": "email",
    "name": "name",
    "department": "department",
    "afdelingscode": "department",
    "department code": "department",
    "parent": "parent",
    "below": "parent",
    "bovenliggend": "parent",
    "contact type": "contact_type",
    "risk class": "risk_class",
    "vulnerable processes": "vulnerable_processes",
}
NEEDED = {"people": ("email", "name"), "departments": ("code", "name")}
HEADINGS = {"people": PEOPLE_HEADINGS, "departments": DEPARTMENT_HEADINGS}
LONGEST_NAME = {"people": 150, "departments": 120}  # as the tables have it


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, by row and column. Row 0 means the file as a whole."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class PersonRow:
    """A person as the file has it; `department` is a code or a name, empty for none, None when no column says so."""

    row: int
    email: str
    name: str
    department: str | None


@dataclass(frozen=True)
class DepartmentRow:
    """A department as the file has it; None means: the file says nothing about it."""

    row: int
    code: str
    name: str
    parent: str | None
    contact_type: ContactType | None
    risk_class: RiskClass | None
    vulnerable_processes: tuple[str, ...] | None


@dataclass
class _Reader:
    """Looks up cells by field, and collects what is wrong."""

    kind: str
    sheet: Sheet
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def cell(self, line: Line, name: str) -> str:
        """The cell of a field; empty when the file has no such column."""
        return line.cells[self.columns[name]] if name in self.columns else ""

    def optional(self, line: Line, name: str) -> str | None:
        """The cell of a field; None when the file has no such column."""
        return self.cell(line, name) if name in self.columns else None

    def wrong(self, line: Line, name: str, text: str) -> None:
        """Note a problem, with the heading as it stands in the file."""
        self.problems.append(Problem(line.number, self.sheet.headings[self.columns[name]], text))

    def key(self, line: Line, name: str, check: Callable[[str], None], sentence: str) -> str:
        """The cell that names the row: there, well-formed, and not there before."""
        value = self.cell(line, name).lower() if name == "email" else self.cell(line, name)
        try:
            check(value)
        except ValidationError:
            self.wrong(line, name, sentence % {"value": value} if value else _("This cell is empty."))
        if value and value in self.seen:
            text = _("%(value)s stands in row %(row)d as well.")
            self.wrong(line, name, text % {"value": value, "row": self.seen[value]})
        self.seen.setdefault(value, line.number)
        return value

    def name(self, line: Line) -> str:
        """The name: there, and not too long."""
        value = self.cell(line, "name")
        if not value:
            self.wrong(line, "name", _("This cell is empty."))
        if not value.isprintable():
            self.wrong(line, "name", _("This name has a line break or an invisible sign."))
        if len(value) > LONGEST_NAME[self.kind]:
            self.wrong(line, "name", _("This name is longer than %(most)d signs.") % {"most": LONGEST_NAME[self.kind]})
        return value


def heading_in(sheet: Sheet, kind: str, name: str) -> str:
    """How the file itself calls the column of a field; empty when it has none."""
    columns = _reader(sheet, kind).columns
    return sheet.headings[columns[name]] if name in columns else ""


def _reader(sheet: Sheet, kind: str) -> _Reader:
    known = ALSO | dict(HEADINGS[kind])
    columns: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        name = known.get(heading.lower())
        if name in columns:
            raise SheetRefusedError(_("The column “%(heading)s” is there twice.") % {"heading": heading})
        if name:
            columns[name] = place
    for heading, name in HEADINGS[kind]:
        if name in NEEDED[kind] and name not in columns:
            text = _("The column “%(heading)s” is missing. Row 1 must hold the headings; download the example.")
            raise SheetRefusedError(text % {"heading": heading})
    return _Reader(kind, sheet, columns)


def read_people(sheet: Sheet) -> tuple[list[PersonRow], list[Problem]]:
    """The people in a table, and what is wrong with them. Raises SheetRefusedError when a column is missing."""
    reader = _reader(sheet, "people")
    rows = [
        PersonRow(
            row=line.number,
            email=reader.key(line, "email", validate_email, _("%(value)s is not an e-mail address.")),
            name=reader.name(line),
            department=reader.optional(line, "department"),
        )
        for line in sheet.lines
    ]
    return rows, reader.problems


def read_departments(sheet: Sheet) -> tuple[list[DepartmentRow], list[Problem]]:
    """The departments in a table, and what is wrong with them. Raises SheetRefusedError when a column is missing."""
    reader = _reader(sheet, "departments")
    sentence = _("%(value)s is not a code: use letters, digits, - and _ only, at most 40.")
    rows = [
        DepartmentRow(
            row=line.number,
            code=reader.key(line, "code", _check_code, sentence),
            name=reader.name(line),
            parent=reader.optional(line, "parent"),
            contact_type=_choice(reader, line, "contact_type", ContactType),
            risk_class=_choice(reader, line, "risk_class", RiskClass),
            vulnerable_processes=_processes(reader, line),
        )
        for line in sheet.lines
    ]
    return rows, reader.problems


def _check_code(value: str) -> None:
    validate_slug(value)
    if len(value) > 40:  # as the table has it
        raise ValidationError("long")


def _choice(reader: _Reader, line: Line, name: str, kinds: type[Kind]) -> Kind | None:
    """A code, or the words on screen for it; an empty cell says nothing."""
    value = reader.cell(line, name)
    if not value:
        return None
    words = {kind.value.lower(): kind for kind in kinds} | {str(kind.label).lower(): kind for kind in kinds}
    if value.lower() not in words:
        text = _("“%(value)s” is unknown here. Choose from: %(choices)s.")
        choices = ", ".join(
            kind.value if kind.value == kind.label else f"{kind.label} ({kind.value})" for kind in kinds
        )
        reader.wrong(line, name, text % {"value": value, "choices": choices})
    return words.get(value.lower())


def _processes(reader: _Reader, line: Line) -> tuple[str, ...] | None:
    if "vulnerable_processes" not in reader.columns:
        return None
    parts = reader.cell(line, "vulnerable_processes").split(PROCESS_SEPARATOR)
    return tuple(part.strip() for part in parts if part.strip())
