"""Makes files for tests: CSV and XLSX, good and bad."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

PEOPLE = ("e-mail", "naam", "afdeling")
DEPARTMENTS = ("code", "naam", "valt onder", "contact", "risicoklasse", "kwetsbare processen")
WORKSHEET = "xl/worksheets/sheet1.xml"


def csv_file(*rows: tuple[str, ...], headings: tuple[str, ...] = PEOPLE) -> bytes:
    """A CSV file with semicolons in UTF-8."""
    return "\r\n".join(";".join(row) for row in (headings, *rows)).encode("utf-8-sig")


def xlsx_file(*rows: tuple[object, ...], headings: tuple[str, ...] = PEOPLE) -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part changed, or added when it was not there."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return file.getvalue()
