"""The fast road, second half: the texts of many objects of one kind → Arrow columns.

Every converter returns values and which rows it is sure about. A row that is not sure in every
column goes to lxml; nothing is guessed. The meaning of a value stands in `values.py`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers import arrays
from knooppunt.registers.bag import rings
from knooppunt.registers.bag.geometry import point_inside
from knooppunt.registers.bag.kinds import TOWN, TYPE_DIGITS, Field, Kind, Value
from knooppunt.registers.bag.scan import Positions, Scan

Flags = npt.NDArray[np.bool_]
Matrix = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_ZERO, _DASH, _SPACE = 0x30, 0x2D, 0x20
_LAST_DAY = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_DAYS_BEFORE = np.concatenate([[0, 0], np.cumsum(_LAST_DAY[1:12])])
_EPOCH = 719_163  # 1970-01-01, counted from 0001-01-01 as day 1
_MILLISECONDS_A_DAY = 86_400_000


@dataclass(frozen=True)
class Texts:
    """One text per row, in ascending order; absent where `present` is false."""

    scan: Scan
    starts: Positions
    ends: Positions
    present: Flags

    @property
    def lengths(self) -> Positions:
        return self.ends - self.starts

    def bytes_at(self, width: int) -> Bytes:
        """Return byte k of every text in row k (what follows a shorter text, beyond its end)."""
        starts = np.minimum(self.starts, len(self.scan.buffer) - width)
        return np.stack([self.scan.buffer.take(starts + column) for column in range(width)])

    def only_present(self) -> "Texts":
        """Return the texts that are there, without gaps."""
        if self.present.all():
            return self
        there = self.present
        return Texts(self.scan, self.starts[there], self.ends[there], there[there])


def read_columns(scan: Scan, kind: Kind, rows: Positions) -> tuple[dict[str, pa.Array], Flags]:
    """Read the objects `rows`, at least one, in order: one array per column, and which rows are sure.

    All must be of `kind` and have a shape; their geometry must be all points or all areas.
    """
    sure = np.ones(len(rows), bool)
    columns: dict[str, pa.Array] = {}
    for field in kind.fields.values():
        if field.many:
            columns[field.column], good = _many(scan, field, rows)
        else:
            columns[field.column], good = _single(_texts(scan, field.column, rows), field)
        sure &= good
    if kind.geometry:
        shapes, good = _geometry(scan, rows, with_point="x" in kind.schema.names)
        columns |= shapes
        sure &= good
    return columns, sure


def _texts(scan: Scan, column: str, rows: Positions) -> Texts:
    slot_of_shape = np.array([shape.single.get(column, -1) if shape else -1 for shape in scan.shapes], np.int64)
    slots = slot_of_shape[scan.shape_of[rows]]
    present = slots >= 0
    texts = scan.first[rows] + np.maximum(slots, 0)
    return Texts(scan, scan.starts[texts], scan.ends[texts], present)


def _single(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    """Read one text per row; an absent one gives null. Says which rows are sure."""
    there = texts.only_present()
    if not len(there.starts):
        return pa.nulls(len(texts.starts)), np.ones(len(texts.starts), bool)
    array, good = _CONVERTERS[field.value](there, field)
    if there is texts:
        return array, good
    index = arrays.from_numpy((np.cumsum(texts.present) - 1).astype(np.int32), pa.int32(), texts.present)
    sure = np.ones(len(texts.starts), bool)
    sure[texts.present] = good
    return array.take(index), sure


def _many(scan: Scan, field: Field, rows: Positions) -> tuple[pa.Array, Flags]:
    slots = [shape.many.get(field.column, []) if shape else [] for shape in scan.shapes]
    texts, counts = _gather(scan, slots, rows)
    flat = Texts(scan, scan.starts[texts], scan.ends[texts], np.ones(len(texts), bool))
    values, good = _single(flat, field)
    offsets = np.append(0, np.cumsum(counts)).astype(np.int32)
    sure = np.ones(len(rows), bool)
    sure[np.repeat(np.arange(len(rows)), counts)[~good]] = False
    return pa.ListArray.from_arrays(arrays.from_numpy(offsets, pa.int32()), values.cast(_plain(values.type))), sure


def _plain(data_type: pa.DataType) -> pa.DataType:
    return data_type.value_type if pa.types.is_dictionary(data_type) else data_type


def _gather(scan: Scan, slots: list[list[int]], rows: Positions) -> tuple[Positions, Positions]:
    """Return the numbers of the texts of all rows after each other, and how many each row has."""
    width = max(map(len, slots), default=0)
    table = np.full((len(slots), max(width, 1)), -1, np.int64)
    for number, own in enumerate(slots):
        table[number, : len(own)] = own
    per_row = table[scan.shape_of[rows]]
    real = per_row >= 0
    return (per_row + scan.first[rows][:, None])[real], real.sum(axis=1)


def _digits(characters: Bytes) -> tuple[Matrix, Flags]:
    """Return the numbers written one digit per row, and which are digits only."""
    digits = characters - _ZERO  # whatever is below 0 wraps round to more than 9
    value = np.zeros(characters.shape[1], np.int64)
    for digit in digits:
        value = value * 10 + digit
    return value, (digits <= 9).all(axis=0)


def _identifier(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    width = 4 if field.domain == TOWN else 16
    value, good = _digits(texts.bytes_at(width))
    good &= texts.lengths == width
    if field.domain != TOWN:
        good &= value // 10**10 % 100 == TYPE_DIGITS[field.domain]
    return arrays.from_numpy(value, pa.int64()), good


def _number(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    width = len(str(field.maximum))
    lengths = texts.lengths
    good = lengths <= width
    value = np.zeros(len(lengths), np.int64)
    for column, character in enumerate(texts.bytes_at(width)):
        digit, within = character - _ZERO, column < lengths
        good &= ~within | (digit <= 9)
        value = np.where(within, value * 10 + digit, value)
    good &= (value >= 1) & (value <= field.maximum)
    return arrays.from_numpy(value.astype(np.int32), pa.int32()), good


def _days(characters: Bytes) -> tuple[Matrix, Flags]:
    """Return days since 1970-01-01 of texts like 2020-09-15, and which are real dates."""
    year, good_year = _digits(characters[0:4])
    month, good_month = _digits(characters[5:7])
    day, good_day = _digits(characters[8:10])
    good = good_year & good_month & good_day & (characters[4] == _DASH) & (characters[7] == _DASH)
    good &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    month = np.where(good, month, 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    good &= day <= _LAST_DAY[month] + (leap & (month == 2))
    past = year - 1
    days = 365 * past + past // 4 - past // 100 + past // 400 + _DAYS_BEFORE[month] + (leap & (month > 2)) + day
    return days - _EPOCH, good


def _day(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001  all converters look the same
    days, good = _days(texts.bytes_at(10))
    return arrays.from_numpy(days.astype(np.int32), pa.date32()), good & (texts.lengths == 10)


def _moment(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001
    characters = texts.bytes_at(23)
    days, good = _days(characters)
    for row, mark in ((10, b"T"), (13, b":"), (16, b":"), (19, b".")):
        good &= characters[row] == mark[0]
    parts = [_digits(characters[start:stop]) for start, stop in ((11, 13), (14, 16), (17, 19), (20, 23))]
    (hour, good_hour), (minute, good_minute), (second, good_second), (milli, good_milli) = parts
    good &= good_hour & good_minute & good_second & good_milli & (hour < 24) & (minute < 60) & (second < 60)
    value = days * _MILLISECONDS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli
    return arrays.from_numpy(value, pa.timestamp("ms")), good & (texts.lengths == 23)


def _flag(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001
    letter = texts.bytes_at(1)[0]
    good = (texts.lengths == 1) & ((letter == ord("J")) | (letter == ord("N")))
    return arrays.flags(letter == ord("J")), good


def _text(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    found = rings.slices(texts.scan.data, texts.starts, texts.ends)
    good = texts.scan.buffer[texts.ends - 1] > _SPACE
    if (np.frombuffer(found.buffers()[2], np.uint8) < _SPACE).any():  # line ends inside a text: XML has rules for them
        good &= ~arrays.to_numpy(pc.match_substring_regex(found, r"[\x00-\x1f]"))
    if field.pattern:
        good &= arrays.to_numpy(pc.match_substring_regex(found, f"^(?:{field.pattern})$"))
    return found.cast(pa.string()), good


def _word(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    encoded = rings.slices(texts.scan.data, texts.starts, texts.ends).dictionary_encode()
    words = [word.encode() for word in field.words]
    distinct = encoded.dictionary.to_pylist()
    known = np.array([words.index(word) if word in words else -1 for word in distinct], np.int32)
    numbers = known[arrays.to_numpy(encoded.indices)]
    return arrays.words(np.maximum(numbers, 0), field.words), numbers >= 0


def _geometry(scan: Scan, rows: Positions, *, with_point: bool) -> tuple[dict[str, pa.Array], Flags]:
    """Read the shapes of all rows; either all have a point or all have rings."""
    first = scan.shapes[scan.shape_of[rows[0]]]
    if first is not None and first.point is not None:
        return _points(scan, rows)
    geometry, sure = _areas(scan, rows)
    columns: dict[str, pa.Array] = {"geometry": geometry}
    if with_point:
        shapes = zip(geometry.to_pylist(), sure, strict=True)
        places = [point_inside(wkb) if good else (0.0, 0.0) for wkb, good in shapes]
        columns |= _place(np.array(places))
    return columns, sure


def _dimensions(scan: Scan, rows: Positions) -> Positions:
    return np.array([shape.dimension if shape else 0 for shape in scan.shapes], np.int64)[scan.shape_of[rows]]


def _points(scan: Scan, rows: Positions) -> tuple[dict[str, pa.Array], Flags]:
    slots = [[shape.point] if shape and shape.point is not None else [] for shape in scan.shapes]
    texts, _ = _gather(scan, slots, rows)
    points, bounds, good = rings.read_points(scan.data, scan.starts[texts], scan.ends[texts], _dimensions(scan, rows))
    good &= np.diff(bounds) == 1
    one = np.zeros((len(rows), 2))
    one[good] = points[bounds[:-1][good]]
    good &= rings.inside(one)
    return {"geometry": rings.points_wkb(one), **_place(one)}, good


def _place(points: rings.Numbers) -> dict[str, pa.Array]:
    return {"x": arrays.from_numpy(points[:, 0], pa.float64()), "y": arrays.from_numpy(points[:, 1], pa.float64())}


def _areas(scan: Scan, rows: Positions) -> tuple[pa.Array, Flags]:
    texts, counts = _gather(scan, [shape.rings if shape else [] for shape in scan.shapes], rows)
    owner = np.repeat(np.arange(len(rows)), counts)
    dimensions = _dimensions(scan, rows)[owner]
    points, bounds, good = rings.read_points(scan.data, scan.starts[texts], scan.ends[texts], dimensions)
    good &= rings.check_rings(points, bounds)
    sure = np.ones(len(rows), bool)
    sure[owner[~good]] = False
    return rings.polygons_wkb(points, bounds, counts), sure


_CONVERTERS = {
    Value.IDENTIFIER: _identifier,
    Value.NUMBER: _number,
    Value.DAY: _day,
    Value.MOMENT: _moment,
    Value.TEXT: _text,
    Value.WORD: _word,
    Value.FLAG: _flag,
}
