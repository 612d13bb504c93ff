"""Lists as CSV files that a spreadsheet opens without running anything."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from bolwerk.ui.lists import ListSpec, Page, row_of

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"; quality.md E 31).
STARTS_A_FORMULA = tuple("=+-@\t\r\n\0")
EXPORT_LIMIT = 100_000  # rows; more belongs in a report
GUARD = "'"


def guarded(text: str) -> str:
    """Return `text` with an apostrophe before it when a spreadsheet could take it for a formula.

    Full-width forms count too: some programs fold them. A text that begins with an apostrophe itself gets a second one,
    so that `unguarded` gives back exactly what was there.
    """
    folded = unicodedata.normalize("NFKC", text[:1])
    risky = folded.startswith(STARTS_A_FORMULA) or text.startswith((GUARD, *STARTS_A_FORMULA))
    return GUARD + text if risky else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given: for reading back our own exports.

    An apostrophe that `guarded` did not put there stays: 's-Gravenhage in somebody's own file keeps its name.
    """
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) == text else text


def as_text(value: object) -> str:
    """How a value stands in a file: days and moments in ISO 8601, local time; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")[:16]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return guarded(str(value))


class _Echo:
    """A file that gives back what is written to it, so that rows stream."""

    def write(self, value: str) -> str:
        """Return `value`."""
        return value


def csv_of(spec: ListSpec, things: Iterable[Any]) -> Iterator[str]:
    """Things as lines of CSV with the columns of a list, with semicolons, as Dutch spreadsheets expect."""
    writer: Any = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([str(column.label) for column in spec.columns])
    for thing in things:
        yield writer.writerow([as_text(cell.value) for cell in row_of(spec, thing).cells])


def csv_download(spec: ListSpec, things: Iterable[Any]) -> StreamingHttpResponse:
    """Things as a download, named after the list. The caller writes the export in the trail."""
    response = StreamingHttpResponse(csv_of(spec, things), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{spec.name.replace(".", "-")}.csv"'
    return response


def csv_response(page: Page) -> StreamingHttpResponse:
    """The list as a download. The caller writes the export in the trail."""
    return csv_download(page.spec, page.found[:EXPORT_LIMIT].iterator(chunk_size=1000))
