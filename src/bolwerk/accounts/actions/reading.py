"""Looking at people is written down as well: who read, who listed, who took a file along."""

import csv
import io
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules.people_file import PEOPLE_HEADINGS
from bolwerk.audit.actions import record
from bolwerk.ui.exports import guarded

EVERYBODY = "urn:bolwerk:accounts:people"


def note_reading(*, person: Person, by: str, at: datetime) -> None:
    """Write down that somebody looked at the page of a person."""
    record("accounts.person.read", subject=person.urn, actor=by, at=at)


def note_listing(*, rows: int, searched: bool, by: str, at: datetime) -> None:
    """Write down that somebody looked at the list of people, or searched in it; never for what."""
    record(
        "accounts.people.searched" if searched else "accounts.people.listed",
        subject=EVERYBODY,
        actor=by,
        at=at,
        rows=rows,
    )


def export_people(*, rows: QuerySet[Person], by: str, at: datetime) -> HttpResponse:
    """The people as a CSV file with the headings of the import, so that it can be changed and read in again."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([heading for heading, _field in PEOPLE_HEADINGS])
    count = 0
    for person in rows.select_related("department").iterator(chunk_size=1000):
        cells = [person.email, person.name, person.department.code if person.department else ""]
        writer.writerow([guarded(cell) for cell in cells])
        count += 1
    record("accounts.people.exported", subject=EVERYBODY, actor=by, at=at, rows=count)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mensen.csv"'
    return response
