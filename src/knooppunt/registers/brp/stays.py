"""The rows of one person list → stays with a beginning and an end.

Rules: Haal Centraal BRP bewoning, "bewoning op peildatum" and "deels/geheel onbekend datum aanvang".
A stay ends where the next one starts; a stay declared T or W on the same object goes on with the one
before; a row marked wrong (84.10) never was; a suspended list ends on the day of suspension.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from knooppunt.registers.brp.dates import UNKNOWN, Span, adult_from, read_span

CONTINUES = frozenset({"T", "W"})  # 72.10: technical change, infrastructural change
NEVER = frozenset({"F", "W"})  # 67.20: list made in error, list wiped
NOT_HERE = "089999"  # 83.10: established that the person does not live there
WRONG = "O"  # 84.10: onjuist
NOWHERE = "0000"  # 13.10: land onbekend, "vertrokken onbekend waarheen" (Logisch Ontwerp BRP, tabel 34)
LEFT_UNKNOWN = "unknown"

# The columns that are read; nothing else of a person list is looked at.
COLUMNS = {
    "bsn": "01.01.20",
    "number": "01.01.10",
    "birth": "01.03.10",
    "suspended_on": "07.67.10",
    "suspension": "07.67.20",
    "municipality": "08.09.10",
    "function": "08.10.10",
    "since": "08.10.30",
    "object_id": "08.11.80",
    "address_id": "08.11.90",
    "abroad": "08.13.10",  # only to tell nowhere from somewhere; which country is not kept
    "abroad_since": "08.13.20",
    "declaration": "08.72.10",
    "doubt": "08.83.10",
    "wrong": "08.84.10",
}
Cells = dict[str, str]


class RowRefusedError(Exception):
    """A row cannot be taken over; the message says why and never repeats what stands in it."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(reason)


@dataclass(frozen=True)
class Stay:
    """One stay, abroad or at an address."""

    line: int
    cells: Cells
    start: Span
    here: bool  # at an address, and not established to be elsewhere


def stays_of(rows: list[tuple[int, Cells]], person: str, *, bsn_valid: bool) -> Iterator[dict[str, Any]]:
    """Yield one canonical row per stay of a person; `rows` run from now back in time.

    Raises RowRefusedError for the first row that cannot be read.
    """
    head_line, head = rows[0]
    birth = _span(head_line, head, "birth") if head["birth"] else UNKNOWN
    adult_earliest, adult_latest = adult_from(birth)
    suspended = _suspension(rows)
    stays = _in_order([_stay(line, cells) for line, cells in rows if _is_stay(cells)])
    for number, stay in enumerate(stays):
        if not stay.here:
            continue
        then = stays[number + 1] if number + 1 < len(stays) else None
        ends = _earlier(then.start if then else None, suspended)
        yield {
            "person": person,
            "object_id": _identifier(stay, "object_id"),
            "address_id": _identifier(stay, "address_id"),
            "municipality": stay.cells["municipality"] or None,
            "function": stay.cells["function"] or None,
            "start_earliest": stay.start.earliest,
            "start_latest": stay.start.latest,
            "end_earliest": ends.earliest if ends else None,
            "end_latest": ends.latest if ends else None,
            "start_uncertain": not stay.start.certain,
            "left_to": LEFT_UNKNOWN if then and then.cells["abroad"] == NOWHERE else None,
            "declaration": stay.cells["declaration"] or None,
            "suspension": head["suspension"] or None,
            "adult_from_earliest": adult_earliest,
            "adult_from_latest": adult_latest,
            "bsn_valid": bsn_valid,
            "source_line": stay.line,
        }


def _is_stay(cells: Cells) -> bool:
    filled = any(cells[name] for name in ("function", "since", "object_id", "abroad_since"))
    return filled and cells["wrong"] != WRONG


def _span(line: int, cells: Cells, name: str) -> Span:
    try:
        return read_span(cells[name])
    except ValueError as error:
        raise RowRefusedError(line, f"{COLUMNS[name]} {error}") from error


def _suspension(rows: list[tuple[int, Cells]]) -> Span | None:
    line, cells = rows[0]
    if not cells["suspension"] or cells["suspension"] in NEVER:
        return None  # F and W are left to whoever counts: such a person never lived anywhere
    return _span(line, cells, "suspended_on") if cells["suspended_on"] else UNKNOWN


def _stay(line: int, cells: Cells) -> Stay:
    name = "since" if cells["since"] else "abroad_since"
    start = _span(line, cells, name) if cells[name] else UNKNOWN
    if cells["function"] not in {"", "W", "B"}:
        raise RowRefusedError(line, f"{COLUMNS['function']} is neither W nor B")
    return Stay(line, cells, start, bool(cells["function"]) and cells["doubt"] != NOT_HERE)


def _in_order(newest_first: list[Stay]) -> list[Stay]:
    """Return the stays from the oldest on, with starts made as certain as their neighbours allow."""
    result: list[Stay] = []
    for stay in reversed(newest_first):
        before = result[-1] if result else None
        if before is None:
            result.append(stay)
        elif _goes_on(before, stay):
            result.append(replace(stay, start=before.start))
        else:
            result.append(replace(stay, start=stay.start.after(before.start)))
    return result


def _goes_on(before: Stay, stay: Stay) -> bool:
    same = stay.cells["object_id"] and stay.cells["object_id"] == before.cells["object_id"]
    return bool(same) and before.here and stay.here and stay.cells["declaration"] in CONTINUES


def _earlier(one: Span | None, other: Span | None) -> Span | None:
    """Return the end that comes first; where that is not sure, the span of both."""
    if one is None or other is None:
        return one or other
    if one.latest <= other.earliest:
        return one
    if other.latest < one.earliest:
        return other
    return Span(min(one.earliest, other.earliest), min(one.latest, other.latest), certain=False)


def _identifier(stay: Stay, name: str) -> int | None:
    text = stay.cells[name]
    if not text:
        return None
    return int(text) if is_identifier(text) else None


def is_identifier(text: str) -> bool:
    """Say whether a text is a BAG identification. RvIG's own test set has some with 14 and 15 digits."""
    return len(text) == 16 and text.isascii() and text.isdigit() and int(text) > 0


def unusable_identifiers(cells: Cells) -> list[str]:
    """Return the element codes of the identifications in a row that lead nowhere, and are left empty."""
    names = ("object_id", "address_id")
    return [COLUMNS[name] for name in names if cells[name].strip("0") and not is_identifier(cells[name])]
