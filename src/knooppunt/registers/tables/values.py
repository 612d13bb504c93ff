"""Reading one cell by its kind. A cell that is not what its column should hold is a reason, never a guess."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from knooppunt.registers.kvk import values as kvk
from knooppunt.registers.kvk.values import FactRefusedError

WORD = pa.dictionary(pa.int32(), pa.string())
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "word": WORD,  # a text of which there are few
    "number": pa.int64(),
    "house_number": pa.int32(),
    "amount": pa.float64(),
    "day": pa.date32(),
    "yes": pa.bool_(),
    "postcode": pa.string(),
    "object": pa.int64(),
    "kvk": pa.int64(),
    "sbi": pa.string(),
    "x": pa.float64(),
    "y": pa.float64(),
}
"""What a column may hold, and how it lies in the vault."""

LONGEST_TEXT = 200  # characters; longer is a story, and stories are about people
WITHHELD = frozenset({-99_999_999.0, -99_997.0, -99_995.0})
"""What stands in figures of CBS where there is none, or it is kept secret (wijken en buurten)."""

NETHERLANDS = {"x": (-7_000.0, 300_000.0), "y": (289_000.0, 629_000.0)}
"""Bounds of EPSG:28992 in metres, as its definition gives its area of use; the sea off the coast lies outside."""

DEGREES = {"x": (3.2, 7.22), "y": (50.75, 53.7)}
"""The same in degrees east and north (WGS84). Of a point here the smaller of the two is always the one to the east."""

Reader = Callable[[str, str], Any]


def reader_of(kind: str, date_format: str = "") -> Reader:
    """The function that reads a cell of this kind: (cell, heading) → value, None when the cell is empty."""
    if kind == "day" and date_format:
        return lambda cell, name: _written_day(cell, name, date_format)
    return _READERS[kind]


def _written_day(cell: str, name: str, date_format: str) -> date | None:
    if not cell.strip():
        return None
    try:
        return datetime.strptime(cell.strip(), date_format).date()  # noqa: DTZ007  a day has no time zone
    except ValueError as error:
        raise FactRefusedError(f"{name} “{cell.strip()[:30]}” is not a date written as {date_format}") from error


def _day(cell: str, name: str) -> date | None:
    """A day, or the day of a moment (`2026-05-01T12:30:00+02:00`)."""
    text = cell.strip()
    return kvk.day(text[:10] if text[10:11] in ("T", " ") else text, name)


def _text(cell: str, name: str) -> str | None:
    text = " ".join(cell.split())
    if len(text) > LONGEST_TEXT:
        raise FactRefusedError(f"{name} is longer than {LONGEST_TEXT} characters")
    return text or None


def _amount(cell: str, name: str) -> float | None:
    """A number with a point or a comma before its decimals, and maybe a euro sign before it."""
    text = cell.strip().removeprefix("€").strip()
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        number = float(text)
    except ValueError as error:
        raise FactRefusedError(f"{name} is not a number") from error
    if not abs(number) < 1e15:  # also infinite, also not a number
        raise FactRefusedError(f"{name} is not a number")
    return number


def _figure(cell: str, name: str) -> float | None:
    """An amount; empty where CBS writes that it gives none."""
    number = _amount(cell, name)
    return None if number in WITHHELD else number


def _coordinate(axis: str) -> Reader:
    low, high = NETHERLANDS[axis]

    def read(cell: str, name: str) -> float | None:
        number = _amount(cell, name)
        if number is not None and not low <= number <= high:
            raise FactRefusedError(f"{name} lies outside the Netherlands (EPSG:28992, metres)")
        return number

    return read


def _degrees(cell: str, name: str) -> float | None:
    """One of the two degrees of a point. Which one is not asked: Signalen writes them the wrong way round."""
    number = _amount(cell, name)
    if number is not None and not any(low <= number <= high for low, high in DEGREES.values()):
        raise FactRefusedError(f"{name} lies outside the Netherlands (WGS84, degrees)")
    return number


_READERS: dict[str, Reader] = {
    "text": _text,
    "word": _text,
    "number": lambda cell, name: kvk.number(cell, name, 15),
    "house_number": lambda cell, name: kvk.number(cell, name, 5),
    "amount": _figure,
    "day": _day,
    "yes": kvk.yes,
    "postcode": kvk.postcode,
    "object": kvk.identifier,
    "kvk": lambda cell, name: kvk.number(cell, name, 8),
    "sbi": lambda cell, name: kvk.sbi(cell, name, None)[0],
    "x": _coordinate("x"),
    "y": _coordinate("y"),
    "degrees": _degrees,
}
