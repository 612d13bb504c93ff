"""What the rows of an older register mean, and what is wrong with them. Pure: texts in, rows and problems out.

Registers differ: one has a column "Datum incident", another "Wanneer". So a person says which column is what, and
which of their words is which of our codes; Bolwerk only proposes (`content/importing.nl.yaml`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts.rules.people_file import Problem
from bolwerk.accounts.rules.sheets import Line, Sheet
from bolwerk.incidents.rules.reports import WORDS_LIMIT, Channel, Kind

NUMBER_LIMIT = REGISTER_LIMIT = 60  # characters: numbers and names of registers are short
PLACE_LIMIT = 200
NOON = time(12)  # a register that only has days says nothing of hours
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DUTCH_DAY = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")
CLOCK = re.compile(r"[ T](?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?$")


class Field(models.TextChoices):
    """What a column of an older register can hold."""

    NUMBER = "number", gettext_lazy("Number in the old register")
    OCCURRED = "occurred", gettext_lazy("When it happened")
    KIND = "kind", gettext_lazy("What kind it was")
    REPORTED = "reported", gettext_lazy("When it was reported")
    CHANNEL = "channel", gettext_lazy("Where or how")
    DEPARTMENT = "department", gettext_lazy("Department (code or name)")
    EMAIL = "email", gettext_lazy("E-mail address of whoever it happened to")
    PLACE = "place", gettext_lazy("Place")
    WORDS = "words", gettext_lazy("What happened, in words")


NEEDED = (Field.NUMBER, Field.OCCURRED, Field.KIND)
CODED: dict[Field, type[models.TextChoices]] = {Field.KIND: Kind, Field.CHANNEL: Channel}


@dataclass(frozen=True)
class Layout:
    """Which column of a file is what, and which of its words is which code."""

    columns: Mapping[Field, str]
    codes: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)

    def missing(self) -> list[Field]:
        """The fields that a report cannot do without and that no column was named for."""
        return [needed for needed in NEEDED if not self.columns.get(needed)]


@dataclass(frozen=True)
class OldReport:
    """A report as the older register has it. `department` and `email` are what the file says; empty for nothing."""

    row: int
    number: str
    kind: Kind
    channel: Channel
    occurred_at: datetime
    occurred_uncertain: bool
    reported_at: datetime
    department: str
    email: str
    place: str
    words: str


class NoDayError(ValueError):
    """This text is not a day, or not one in the calendar."""


def moment_of(text: str, zone: tzinfo) -> tuple[datetime, bool]:
    """Read "5-3-2024", "5/3/2024 14.10" or "2024-03-05 14:10"; whether the hour is missing. Raises NoDayError."""
    clock = CLOCK.search(text)
    day = text[: clock.start()] if clock else text
    found = ISO_DAY.fullmatch(day.strip()) or DUTCH_DAY.fullmatch(day.strip())
    if found is None:
        raise NoDayError(text)
    hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (NOON.hour, NOON.minute)
    try:
        return datetime(
            int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, tzinfo=zone
        ), clock is None
    except ValueError as error:
        raise NoDayError(text) from error


def words_in(sheet: Sheet, heading: str) -> list[str]:
    """The different texts in a column, in the order in which they first stand there; without the empty one."""
    place = sheet.headings.index(heading)
    return list(dict.fromkeys(line.cells[place] for line in sheet.lines if line.cells[place]))


@dataclass
class _Reader:
    """Looks up cells by field, and collects what is wrong."""

    sheet: Sheet
    layout: Layout
    zone: tzinfo
    at: datetime
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def cell(self, line: Line, what: Field) -> str:
        heading = self.layout.columns.get(what, "")
        return line.cells[self.sheet.headings.index(heading)] if heading else ""

    def wrong(self, line: Line, what: Field, text: str) -> None:
        self.problems.append(Problem(line.number, self.layout.columns[what], text))

    def number(self, line: Line) -> str:
        value = self.cell(line, Field.NUMBER)
        if not value:
            self.wrong(line, Field.NUMBER, _("This cell is empty."))
        elif len(value) > NUMBER_LIMIT or not value.isprintable():
            self.wrong(line, Field.NUMBER, _("This number is longer than 60 signs, or has an invisible sign."))
        elif value in self.seen:
            text = _("%(value)s stands in row %(row)d as well.")
            self.wrong(line, Field.NUMBER, text % {"value": value, "row": self.seen[value]})
        self.seen.setdefault(value, line.number)
        return value

    def moment(self, line: Line, what: Field) -> tuple[datetime, bool] | None:
        value = self.cell(line, what)
        try:
            moment, uncertain = moment_of(value, self.zone)
        except NoDayError:
            text = _("“%(value)s” is not a day such as 5-3-2024.") if value else _("This cell is empty.")
            self.wrong(line, what, text % {"value": value} if value else text)
            return None
        if moment > self.at:
            self.wrong(line, what, _("This day lies in the future."))
        return moment, uncertain

    def code(self, line: Line, what: Field) -> str | None:
        value = self.cell(line, what)
        code = self.layout.codes.get(what, {}).get(value)
        if value and not code:
            self.wrong(line, what, _("Nobody said yet what “%(value)s” is here.") % {"value": value})
        elif not value and what in NEEDED:
            self.wrong(line, what, _("This cell is empty."))
        return code

    def text(self, line: Line, what: Field, most: int) -> str:
        value = self.cell(line, what)
        if len(value) > most:
            self.wrong(line, what, _("This text is longer than %(most)d signs.") % {"most": most})
        return value

    def row(self, line: Line) -> OldReport | None:
        number, occurred = self.number(line), self.moment(line, Field.OCCURRED)
        reported = self.moment(line, Field.REPORTED) if self.cell(line, Field.REPORTED) else occurred
        kind, channel = self.code(line, Field.KIND), self.code(line, Field.CHANNEL)
        place, words = self.text(line, Field.PLACE, PLACE_LIMIT), self.text(line, Field.WORDS, WORDS_LIMIT)
        if occurred is None or reported is None or kind is None:
            return None
        if reported[0] < occurred[0] and not (reported[1] or occurred[1]):
            self.wrong(line, Field.REPORTED, _("It was reported before it happened."))
        return OldReport(
            row=line.number,
            number=number,
            kind=Kind(kind),
            channel=Channel(channel or Channel.OTHER),
            occurred_at=occurred[0],
            occurred_uncertain=occurred[1],
            reported_at=max(reported[0], occurred[0]),
            department=self.cell(line, Field.DEPARTMENT),
            email=self.cell(line, Field.EMAIL).lower(),
            place=place,
            words=words,
        )


def read_reports(sheet: Sheet, layout: Layout, *, zone: tzinfo, at: datetime) -> tuple[list[OldReport], list[Problem]]:
    """The reports in a table, and everything that is wrong with it by row and column. `layout` misses nothing."""
    reader = _Reader(sheet, layout, zone, at)
    rows = [row for line in sheet.lines if (row := reader.row(line)) is not None]
    return rows, reader.problems


def propose(headings: Iterable[str], known: Mapping[Field, Iterable[str]]) -> dict[Field, str]:
    """For each field the first heading that is called so, or has such a word in it; no heading is used twice."""
    left = [heading for heading in headings if heading]
    found: dict[Field, str] = {}
    tests: tuple[Callable[[str, str], bool], ...] = (lambda name, word: name == word, lambda name, word: word in name)
    for fits in tests:
        for what in Field:
            for word in known.get(what, ()) if what not in found else ():
                heading = next((one for one in left if fits(one.casefold(), word)), None)
                if heading is not None:
                    found[what] = heading
                    left.remove(heading)
                    break
    return found


def propose_code(text: str, known: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The first code of which a word stands in the text; empty when none does."""
    folded = text.casefold()
    return next((code for code, words in known if any(word in folded for word in words)), "")
