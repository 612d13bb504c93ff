"""Files from many hands: read, or refused with the place and the reason."""

import struct
import time
import tracemalloc

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from bolwerk.accounts.rules.sheets import Sheet, SheetRefusedError, read_sheet
from bolwerk.accounts.tests.sheets import WORKSHEET, csv_file, with_part, xlsx_file

ROW = ("ada@zilverdam.example", "Ada", "1200")
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def refusal(data: bytes) -> str:
    """The sentence with which a file is refused."""
    with override("en"), pytest.raises(SheetRefusedError) as caught:
        read_sheet(data)
    return str(caught.value)


def test_csv_and_xlsx_give_the_same_table() -> None:
    from_csv, from_xlsx = read_sheet(csv_file(ROW)), read_sheet(xlsx_file(("ada@zilverdam.example", " Ada ", 1200)))
    assert from_csv == from_xlsx
    assert from_csv.lines[0].cells == list(ROW)
    assert from_csv.lines[0].number == 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_found(mark: str) -> None:
    data = mark.join(("e-mail", "naam")) + "\n" + mark.join(("a@b.example", "Jansen; Piet")).replace(";", "")
    assert read_sheet(data.encode()).headings == ["e-mail", "naam"]


def test_empty_rows_are_skipped_and_rows_keep_their_number() -> None:
    sheet = read_sheet(b"e-mail;naam\n\n;\na@b.example;A\n")
    assert [line.number for line in sheet.lines] == [4]


def test_what_an_export_neutralised_comes_back_as_it_was() -> None:
    sheet = read_sheet("naam\n'=1+1\n''s-Graveland\n's-Gravenhage\n'\uff1d1\n".encode())
    assert [line.cells[0] for line in sheet.lines] == ["=1+1", "'s-Graveland", "'s-Gravenhage", "\uff1d1"]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b";;\nx;y;z", "1"),
        ("e-mail;naam\na;b\nç;d".encode("latin-1"), "3"),
        ("e-mail;naam\n".encode("utf-16"), "1"),
        (b'e-mail;naam\n"a;b\n', "CSV"),
        (b"e-mail;naam\na;b;c\n", "2"),
        (b"naam\n" + b"a" * 1_001, "A2"),
        (b"naam\na\x00b\n", "A2"),
        (b";".join([b"k"] * 1_000_000), "50"),
        (b"a\n" * 100_003, "100,000"),
        (b"PK\x03\x04 and nothing more", "XLSX"),
        (xlsx_file(ROW)[:-200], "XLSX"),
        (xlsx_file(("=1+1", "Ada", "")), "A2"),
        (xlsx_file(tuple("k" for _ in range(60)), headings=tuple(f"k{n}" for n in range(60))), "50"),
    ],
    ids=[
        "empty", "blank", "no headings", "latin-1", "utf-16", "open quote", "long row", "long cell", "zero byte",
        "a million columns", "too many rows", "no zip", "cut zip", "formula", "many columns in xlsx",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_the_place(data: bytes, part: str) -> None:
    assert part in refusal(data)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", ENTITIES + b"<worksheet>&b;</worksheet>"),
        ("xl/sharedStrings.xml", ENTITIES + b"<sst/>"),
        ("xl/workbook.xml", '<?xml version="1.0" encoding="utf-16"?><workbook/>'.encode("utf-16")),
        ("xl/media/large.xml", b" " * (101 * 1024 * 1024)),
        (WORKSHEET, b"<worksheet><sheetData><row r='x'></sheetData>"),
        (WORKSHEET, b""),
    ],
    ids=["entities in the sheet", "entities in the texts", "utf-16", "bomb", "broken sheet", "empty sheet"],
)
def test_a_hostile_workbook_is_refused_quickly(name: str, content: bytes) -> None:
    data = with_part(xlsx_file(ROW), name, lambda _old: content)
    started = time.monotonic()
    assert refusal(data)
    assert time.monotonic() - started < 5


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    lie = with_part(xlsx_file(ROW), WORKSHEET, lambda old: old.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    assert len(read_sheet(lie).lines) == 1


def test_a_workbook_that_lies_about_what_it_unfolds_to_never_fills_the_memory() -> None:
    bomb = with_part(xlsx_file(ROW), "xl/media/large.bin", lambda _old: bytes(60 * 1024 * 1024))
    lying = bomb.replace(struct.pack("<I", 60 * 1024 * 1024), struct.pack("<I", 10))
    tracemalloc.start()
    assert refusal(lying)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024


def test_a_workbook_with_many_parts_is_refused() -> None:
    data = xlsx_file(ROW)
    for number in range(3):
        data = with_part(data, f"xl/extra{number}.bin", lambda _old: b"x" * 40 * 1024 * 1024)
    assert "100 MB" in refusal(data)


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(min_size=1, max_size=40), place=st.integers(0, 4_000), cut=st.booleans())
def test_damaged_files_never_crash(noise: bytes, place: int, cut: bool) -> None:
    for whole in (xlsx_file(ROW, ROW), csv_file(ROW, ROW)):
        where = place % len(whole)
        damaged = whole[:where] + noise + (b"" if cut else whole[where + len(noise) :])
        try:
            assert isinstance(read_sheet(damaged), Sheet)
        except SheetRefusedError as error:
            assert str(error)
