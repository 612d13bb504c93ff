"""Exports run nothing in a spreadsheet, and give back what was there."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.ui.exports import STARTS_A_FORMULA, as_text, csv_response, guarded, unguarded
from bolwerk.ui.models import SavedView
from tests.shell.test_lists import page_of


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_nothing_that_starts_a_formula_starts_a_cell(start: str) -> None:
    assert guarded(f"{start}HYPERLINK()").startswith("'")


@given(st.text())
def test_reading_an_export_back_gives_the_original(text: str) -> None:
    kept = guarded(text)
    assert unguarded(kept) == text
    assert not kept.startswith(STARTS_A_FORMULA)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (-3, "-3"),
        (2.5, "2.5"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 13, 5, tzinfo=UTC), "2026-11-23 14:05"),
        ("kade", "kade"),
    ],
)
def test_values_in_a_file(value: object, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.django_db
def test_the_file_has_every_row_found_not_only_those_shown() -> None:
    for name in ("brug", "=cmd()", "kade"):
        SavedView.objects.create(owner="urn:x", list="a", name=name, query="")
    response: Any = csv_response(page_of("/l/?list=a&format=csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text), delimiter=";"))[1:] == [["'=cmd()", "a"], ["brug", "a"], ["kade", "a"]]
    assert response.headers["Content-Disposition"] == 'attachment; filename="ui-test.csv"'
