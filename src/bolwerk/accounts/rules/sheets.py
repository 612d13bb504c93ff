"""Reads a CSV or XLSX file into plain rows, or says in a sentence why not. Pure: bytes in, texts out.

Spreadsheets come from many hands, so everything about them is bounded: bytes, rows, columns, signs in a cell, and what
a compressed file unfolds to. A formula is refused, because what it would show is not what stands in the file.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bolwerk.ui.exports import unguarded

# Bounds, a choice of Bolwerk: ten times the largest Dutch municipality's staff fits in them.
MAXIMUM_BYTES = 10 * 1024 * 1024
MAXIMUM_UNFOLDED_BYTES = 100 * 1024 * 1024
MAXIMUM_PARTS = 200
MAXIMUM_ROWS = 100_000
MAXIMUM_COLUMNS = 50
MAXIMUM_SIGNS = 1_000
ZIP_SIGNATURE = b"PK\x03\x04"
DELIMITERS = ";,\t"
PIECE = 1024 * 1024
# All that the readers of zip, XML and workbooks let out for broken content; found by damaging good files at random.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,  # both XML parsers derive their errors from it
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    ArithmeticError,
    EOFError,
    OSError,
)


class SheetRefusedError(ValueError):
    """The file cannot be read as a table; the text says where and why, for people."""


@dataclass(frozen=True)
class Line:
    """One row of the table with its number as a spreadsheet shows it; the headings are row 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """The headings and the rows below them; empty rows are left out. Every row has as many cells as headings."""

    headings: list[str]
    lines: list[Line]


def read_sheet(data: bytes, *, signs: int = MAXIMUM_SIGNS) -> Sheet:
    """Read the table of a CSV file (UTF-8) or of the first sheet of an XLSX file. Raises SheetRefusedError.

    A cell holds at most `signs` characters.
    """
    if len(data) > MAXIMUM_BYTES:
        raise SheetRefusedError(_("The file is larger than 10 MB."))
    if not data.strip():
        raise SheetRefusedError(_("The file is empty."))
    rows = _xlsx_rows(data) if data.startswith(ZIP_SIGNATURE) else _csv_rows(data)
    return _checked(rows, signs)


def _checked(rows: Iterator[Line], signs: int) -> Sheet:
    first = next(rows, None)
    if first is None or not any(first.cells):
        raise SheetRefusedError(_("Row 1 has no headings."))
    headings = [cell.strip() for cell in first.cells]
    while headings and not headings[-1]:
        headings.pop()
    lines = []
    for line in rows:
        cells = [unguarded(cell.strip()) for cell in line.cells]
        if not any(cells):
            continue
        _check_line(line, cells[: len(headings)], signs)
        if any(cells[len(headings) :]):
            text = _("Row %(row)d has more cells than there are headings.")
            raise SheetRefusedError(text % {"row": line.number})
        lines.append(Line(line.number, (cells + [""] * len(headings))[: len(headings)]))
        if len(lines) > MAXIMUM_ROWS:
            raise SheetRefusedError(_("The file has more than 100,000 rows."))
    return Sheet(headings, lines)


def _check_line(line: Line, cells: list[str], signs: int) -> None:
    for column, cell in enumerate(cells, start=1):
        if len(cell) > signs or "\0" in cell:
            text = _("Cell %(cell)s is longer than %(signs)d signs or has signs that no text has.")
            place = f"{get_column_letter(column)}{line.number}"
            raise SheetRefusedError(text % {"cell": place, "signs": signs})


def _check_width(width: int) -> None:
    if width > MAXIMUM_COLUMNS:
        raise SheetRefusedError(_("The file has more than 50 columns."))


def _csv_rows(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    head = text[: text.find("\n")] if "\n" in text else text
    _check_width(max(head.count(mark) for mark in DELIMITERS) + 1)
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            _check_width(len(cells))
            yield Line(number, cells)
    except csv.Error as error:
        text = _("Line %(line)d is not CSV: a quotation mark is missing, or a cell is far too long.")
        raise SheetRefusedError(text % {"line": reader.line_num}) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = _("The file is not in UTF-8, see line %(line)d. Save it as “CSV UTF-8”, or as XLSX.")
        raise SheetRefusedError(text % {"line": line}) from error


def _safe_copy(data: bytes) -> io.BytesIO:
    """The same workbook, unfolded within bounds, so that nothing behind this has to trust what the archive says.

    Refuses XML that declares entities (OWASP, "XML External Entity Prevention") and archives that unfold to too much.
    """
    copy = io.BytesIO()
    room = MAXIMUM_UNFOLDED_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as safe:
        if len(archive.infolist()) > MAXIMUM_PARTS:
            raise SheetRefusedError(_("The file has far more parts than a spreadsheet has."))
        for part in archive.infolist():
            if part.flag_bits & 1:
                raise SheetRefusedError(_("The file is protected with a password. Save it without."))
            if part.file_size > room:
                raise SheetRefusedError(_("The file unfolds to more than 100 MB. That is no list of people."))
            content = _unfolded(archive, part)
            room -= len(content)
            safe.writestr(part.filename, content)
    return copy


def _unfolded(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The content of one part: never more than the archive says it is, whatever is really in there."""
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile(part.filename)
    content = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):  # asked by the piece: a whole read would unfold first and look later
            content += piece
    if part.filename.lower().endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)|\0", content):
        # A zero byte means UTF-16 or UTF-32, in which a declaration would hide.
        raise SheetRefusedError(_("The file declares things that a spreadsheet has no use for."))
    return content


def _xlsx_rows(data: bytes) -> Iterator[Line]:
    try:
        book = load_workbook(_safe_copy(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be believed
        for number, row in enumerate(sheet.iter_rows(max_row=MAXIMUM_ROWS + 2, max_col=MAXIMUM_COLUMNS + 1), start=1):
            if len(row) > MAXIMUM_COLUMNS and row[MAXIMUM_COLUMNS].value is not None:
                _check_width(len(row))
            yield Line(number, [_cell_text(cell) for cell in row[:MAXIMUM_COLUMNS]])
        book.close()
    except SheetRefusedError:
        raise
    except BROKEN as error:
        raise SheetRefusedError(_("The file is not a whole XLSX file. Save it again in your spreadsheet.")) from error


def _cell_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        text = _("Cell %(cell)s holds a formula. Copy the column and paste it back as values.")
        raise SheetRefusedError(text % {"cell": cell.coordinate})
    if cell.data_type == "e":
        text = _("Cell %(cell)s shows an error of the spreadsheet.")
        raise SheetRefusedError(text % {"cell": cell.coordinate})
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
