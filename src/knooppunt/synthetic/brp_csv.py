"""Residents as a CSV in the layout of RvIG's test set: element codes as headings, one person after another.

A person's first row is as things are now, the rows under it are earlier addresses. Only the columns
that Bolwerk's register reads are filled, and the names, so that a test can show they go no further.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

_PERSON = "01.10 01.20 02.10 02.20 02.30 02.40 03.10 03.20 03.30"
_DOCUMENT = "81.10 81.20 82.10 82.20 82.30 83.10 83.20 83.30 84.10 85.10 86.10"

# Categories and their elements in the order of the test set (RvIG, Logisch Ontwerp BRP).
_LAYOUT = {
    "01": f"{_PERSON} 04.10 20.10 20.20 61.10 {_DOCUMENT} 88.10 88.20 H",
    "02": f"{_PERSON} 04.10 62.10 {_DOCUMENT} H",
    "03": f"{_PERSON} 04.10 62.10 {_DOCUMENT} H",
    "04": "05.10 63.10 64.10 65.10 73.10 82.10 82.20 82.30 83.10 83.20 83.30 84.10 85.10 86.10 88.10 88.20 H",
    "05": f"{_PERSON} 04.10 06.10 06.20 06.30 07.10 07.20 07.30 07.40 15.10 {_DOCUMENT} H",
    "06": f"08.10 08.20 08.30 {_DOCUMENT} 88.10 88.10 H",
    "07": "66.20 67.10 67.20 68.10 69.10 70.10 71.10 71.20 80.10 80.20 87.10 88.10 88.20 H",
    "08": (
        "09.10 09.20 10.10 10.20 10.30 11.10 11.15 11.20 11.30 11.40 11.50 11.60 11.70 11.80 11.90 12.10"
        " 13.10 13.20 13.30 13.40 13.50 14.10 14.20 72.10 75.10 83.10 83.20 83.30 84.10 85.10 86.10 88.10 88.20 H"
    ),
    "09": f"{_PERSON} {_DOCUMENT.replace('86.10', '86.10 89.10')} H",
    "10": "39.10 39.20 39.30 83.10 83.20 83.30 84.10 85.10 86.10 H",
    "11": "32.10 33.10 82.10 82.20 82.30 83.10 83.20 83.30 84.10 85.10 86.10 H",
    "12": "35.10 35.20 35.30 35.40 35.50 35.60 35.70 36.10 82.10 82.20 82.30 83.10 83.20 83.30 85.10 86.10 H",
    "13": "31.10 31.20 31.30 38.10 38.20 82.10 82.20 82.30 H",
}

HEADINGS = ["", *(f"{group}.{code}" for group, codes in _LAYOUT.items() for code in codes.split()), ""]

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


class Resident(NamedTuple):
    """One person. Dates are `YYYYMMDD`; `suspension` is empty, O (died), E (left the country), …"""

    given_name: str
    surname: str
    born: str
    gender: str
    suspension: str = ""
    suspended_on: str = ""


class Stay(NamedTuple):
    """One address of one person, from `since` (`YYYYMMDD`, may be uncertain: `YYYYMM00`)."""

    since: str
    street: str
    number: int
    letter: str
    addition: str
    postcode: str
    town: str
    object_id: str
    address_id: str
    function: str = "W"
    declaration: str = "I"
    abroad: str = ""  # code of a country, 0000 for nowhere known; the other fields are empty then


NOWHERE = "0000"


def gone(since: str, country: str = NOWHERE) -> Stay:
    """A departure abroad, or to nobody knows where."""
    return Stay(since, "", 0, "", "", "", "", "", "", function="", declaration="", abroad=country)


def fictitious_bsns() -> Iterator[str]:
    """Numbers that pass the eleven test, from 999999990 downwards.

    RvIG's own test set lives in 9999xxxxx, which holds about 900 of them; a larger municipality goes
    on below it, always with a number that begins with a 9. Such numbers are not given to people.
    """
    for head in range(99_999_999, 90_000_000, -1):
        total = sum(int(digit) * weight for digit, weight in zip(str(head), _BSN_WEIGHTS, strict=True))
        check = total % 11  # the last digit has weight -1
        if check < 10:
            yield f"{head}{check}"


def _template(filled: dict[str, str]) -> str:
    """A row with `%s` where a value goes and nothing in every other column."""
    return ";".join("%s" if name in filled else "" for name in HEADINGS) + "\n"


_STAY_COLUMNS = (
    "08.09.10", "08.09.20", "08.10.10", "08.10.30", "08.11.10", "08.11.15", "08.11.20", "08.11.30", "08.11.40",
    "08.11.60", "08.11.70", "08.11.80", "08.11.90", "08.13.10", "08.13.20", "08.72.10", "08.85.10", "08.86.10",
)  # fmt: skip
_PERSON_COLUMNS = (
    "01.01.20", "01.02.10", "01.02.40", "01.03.10", "01.04.10", "07.67.10", "07.67.20", "07.70.10",
)  # fmt: skip
_PERSON_ROW = "%s" + _template(dict.fromkeys(_PERSON_COLUMNS + _STAY_COLUMNS, ""))
_STAY_ROW = _template(dict.fromkeys(_STAY_COLUMNS, ""))


class BrpFile:
    """The CSV, written as people come. Use as a context manager."""

    def __init__(self, path: Path, municipality: str) -> None:
        self.path = path
        self.municipality = municipality
        self.rows = 0
        self.people = 0

    def __enter__(self) -> Self:
        self._stream = self.path.open("w", encoding="utf-8-sig", newline="\n", buffering=1 << 20)
        self._stream.write(";".join(HEADINGS) + "\n")
        self._bsns = fictitious_bsns()
        return self

    def write(self, resident: Resident, stays: list[Stay]) -> None:
        """Add a person: `stays` from the present one back in time, at least one."""
        self.people += 1
        self.rows += len(stays)
        present, *earlier = stays
        person = (
            f"R{self.people}", next(self._bsns), resident.given_name, resident.surname, resident.born,
            resident.gender, resident.suspended_on, resident.suspension, "0",
        )  # fmt: skip
        self._stream.write(_PERSON_ROW % (person + self._stay(present)))
        for stay in earlier:
            self._stream.write(_STAY_ROW % self._stay(stay))

    def _stay(self, stay: Stay) -> tuple[str | int, ...]:
        if stay.abroad:
            return ("",) * 13 + (stay.abroad, stay.since, "", stay.since, stay.since)
        return (
            self.municipality, stay.since, stay.function, stay.since, stay.street[:24], stay.street, stay.number,
            stay.letter, stay.addition, stay.postcode, stay.town, stay.object_id, stay.address_id, "", "",
            stay.declaration, stay.since, stay.since,
        )  # fmt: skip

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
