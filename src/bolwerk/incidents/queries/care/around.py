"""Everything that was written down about people in a care track, of four tables in one question to the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField, DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from bolwerk.accounts.models import Person
from bolwerk.incidents.models import CareHelp, CareMoment, CareWish, History, SickLeave

# Of each table, the column that stands in each place of a row; "" where it has none.
PLACES = ("code", "outcome", "day", "until", "who", "when", "first", "second", "third")
COLUMNS: dict[type[History], tuple[str, ...]] = {
    CareMoment: (
        "duty",
        "outcome",
        "held_on",
        "",
        "",
        "",
        "need",
        "agreed",
        "reason",
    ),  # every closed word
    CareHelp: ("kind", "", "arranged_on", "", "", "", "agreed", "", ""),
    SickLeave: ("", "", "began_on", "back_on", "", "", "", "", ""),
    CareWish: ("kind", "", "", "", "answered_by__name", "answered_at", "words", "answer", ""),
}
TABLES = list(COLUMNS)
NOTHING: dict[str, Any] = {
    "code": Value("", CharField()),
    "outcome": Value("", CharField()),
    "day": Cast(Value(None), DateField()),
    "until": Cast(Value(None), DateField()),
    "who": Cast(Value(None), CharField()),
    "when": Cast(Value(None), DateTimeField()),
    "first": Cast(Value(None), BinaryField()),
    "second": Cast(Value(None), BinaryField()),
    "third": Cast(Value(None), BinaryField()),
}


@dataclass
class Around:
    """What was written down about one person: moments by their duty, help, absences and requests, oldest first."""

    moments: dict[str, CareMoment] = field(default_factory=dict)
    help: list[CareHelp] = field(default_factory=list)
    absences: list[SickLeave] = field(default_factory=list)
    wishes: list[CareWish] = field(default_factory=list)

    def take(self, row: History) -> None:
        """Put a row where it belongs."""
        if isinstance(row, CareMoment):
            self.moments[row.duty] = row
        elif isinstance(row, CareHelp):
            self.help.append(row)
        elif isinstance(row, SickLeave):
            self.absences.append(row)
        elif isinstance(row, CareWish):
            self.wishes.append(row)


def around(concerned: Iterable[UUID]) -> dict[UUID, Around]:
    """What was written down about each of these people concerned."""
    keys = list(concerned)
    found: dict[UUID, Around] = defaultdict(Around)
    first, *others = [_rows(number, keys) for number in range(len(TABLES))]
    for number, whose, pk, at, by, *columns in sorted(first.union(*others, all=True), key=lambda row: row[3]):
        found[whose].take(_row(TABLES[number], {"pk": pk, "concerned_id": whose, "at": at, "by": by}, columns))
    return found


def _rows(number: int, keys: list[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    table: Any = TABLES[number]  # each has `concerned`, which their common base has not
    columns = [F(name) if name else NOTHING[place] for place, name in zip(PLACES, COLUMNS[table], strict=True)]
    rows = table._default_manager.filter(concerned__in=keys).order_by()
    found: QuerySet[Any, tuple[Any, ...]] = rows.values_list(
        Value(number, IntegerField()), "concerned_id", "pk", "at", "by__name", *columns
    )
    return found


def _row(table: type[History], known: dict[str, Any], columns: list[Any]) -> History:
    """A row as its own table has it: its words stay closed until somebody reads them; people have only a name."""
    values = {name: value for name, value in zip(COLUMNS[table], columns, strict=True) if name}
    answered = values.pop("answered_by__name", None)
    if answered is not None:
        values["answered_by"] = Person(name=answered)
    return table(**known | {"by": Person(name=known["by"])}, **values)
