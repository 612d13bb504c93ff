"""A block of objects → canonical tables: the fast road for what is recognised, lxml for the rest."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from lxml import etree

from knooppunt.registers import arrays
from knooppunt.registers.bag.columns import Group, read_columns
from knooppunt.registers.bag.elements import read_stand
from knooppunt.registers.bag.kinds import NAMESPACES, Kind
from knooppunt.registers.bag.safexml import line_of, safe_parser
from knooppunt.registers.bag.scan import Positions, Scan, scan
from knooppunt.registers.bag.values import ValueRefusedError
from knooppunt.registers.refusal import Rejection

_ROOT = b"<root " + b" ".join(f'xmlns:{prefix}="{uri}"'.encode() for prefix, uri in NAMESPACES.items()) + b">"
STANDS = re.compile(rb"<sl:stand>.*?</sl:stand>", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """Some whole `<sl:stand>` elements of one file, in the prefixes Kadaster uses, without comments."""

    data: bytes
    file: str
    part: str  # stand | inactief | niet_bag
    line: int  # of the first byte


@dataclass
class Result:
    """What came out of a block: tables by name (more than one piece each), and what was refused."""

    tables: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    rejections: list[Rejection] = field(default_factory=list)
    slow: int = 0  # objects that took the slow road


def read_block(block: Block) -> Result:
    """Read every object of a block; refused objects are reported in the result, in file order."""
    result = Result()
    scanned = scan(block.data)
    left: list[tuple[int, bytes]]
    if scanned is None:
        left = _split(block, result)
    else:
        left = [scanned.object_bytes(int(index)) for index in _read_fast(scanned, block, result)]
    _read_slow(left, block, result)
    return result


def _split(block: Block, result: Result) -> list[tuple[int, bytes]]:
    """Cut a block into objects with a regular expression; report whatever stands between them."""
    found, end = [], 0
    for match in STANDS.finditer(block.data):
        _check_gap(block, end, match.start(), result)
        found.append((match.start(), match[0]))
        end = match.end()
    _check_gap(block, end, len(block.data), result)
    return found


def _check_gap(block: Block, start: int, end: int, result: Result) -> None:
    if block.data[start:end].strip():
        line = block.line + block.data.count(b"\n", 0, start)
        result.rejections.append(Rejection(block.file, line, "something unknown stands between the objects"))


def _read_fast(scanned: Scan, block: Block, result: Result) -> Positions:
    """Read what the scanner is sure about; return the numbers of the other objects, in order."""
    keys = [(shape.kind.element, shape.point is None, shape.dimension) if shape else None for shape in scanned.shapes]
    unsure = [_of_shapes(scanned, [key is None for key in keys])]
    for key, shape in dict(zip(keys, scanned.shapes, strict=True)).items():
        rows = _of_shapes(scanned, [own == key for own in keys])
        if shape is None or not len(rows):
            continue
        columns, sure = read_columns(Group(scanned, rows, shape))
        table = _table(shape.kind, columns, block, len(rows))
        result.tables[shape.kind.table].append(table if sure.all() else table.filter(arrays.flags(sure)))
        unsure.append(rows[~sure])
    return np.sort(np.concatenate(unsure))


def _of_shapes(scanned: Scan, chosen: list[bool]) -> Positions:
    """Return the numbers of the objects of the chosen shapes."""
    return np.flatnonzero(np.array(chosen)[scanned.shape_of])


def _table(kind: Kind, columns: dict[str, Any], block: Block, count: int) -> pa.Table:
    columns["source_file"] = arrays.constant(block.file, count)
    if kind.part_of_stand:
        columns["part"] = arrays.constant(block.part, count)
    else:
        columns["kind"] = arrays.constant(kind.code, count)
    fitting = [_fitting(columns[name], data_type) for name, data_type in kind.types.items()]
    return pa.Table.from_arrays(fitting, schema=kind.schema)


def _fitting(array: pa.Array, data_type: pa.DataType) -> pa.Array:
    if array.type == data_type:
        return array
    return array.dictionary_encode() if pa.types.is_dictionary(data_type) else array.cast(data_type)


def _read_slow(objects: list[tuple[int, bytes]], block: Block, result: Result) -> None:
    """Read objects with lxml, each in a document of its own."""
    rows: dict[str, list[tuple[Kind, dict[str, Any]]]] = defaultdict(list)
    result.slow = len(objects)
    lines = Lines(block)
    for start, data in objects:
        line = lines.at(start)
        try:
            element = parse_fragment(data)
            kind, row = read_stand(element)
            rows[kind.table].append((kind, row))
        except ValueRefusedError as error:
            result.rejections.append(Rejection(block.file, line, str(error)))
        except etree.XMLSyntaxError as error:
            reason = f"not well-formed XML ({error.msg})"
            result.rejections.append(Rejection(block.file, line + line_of(error) - 1, reason))
    for table, own in rows.items():
        result.tables[table].append(rows_table(own, block.file, block.part))


def rows_table(rows: list[tuple[Kind, dict[str, Any]]], file: str, part: str) -> pa.Table:
    """Return rows of one table, read by lxml, as a canonical table."""
    schema = rows[0][0].schema
    filled = [
        {**row, "source_file": file} | ({"part": part} if kind.part_of_stand else {"kind": kind.code})
        for kind, row in rows
    ]
    return pa.Table.from_pylist(filled, schema)


def parse_fragment(data: bytes) -> etree._Element:
    """Parse one `<sl:stand>` element that stands in a document with Kadaster's prefixes."""
    root = etree.fromstring(_ROOT + data + b"</root>", safe_parser())
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        raise ValueRefusedError("something stands beside the object")
    return root[0]


class Lines:
    """Line numbers of ascending positions in a block."""

    def __init__(self, block: Block) -> None:
        self.block, self.position, self.line = block, 0, block.line

    def at(self, position: int) -> int:
        """Return the line of `position`, which is not before the last one asked for."""
        self.line += self.block.data.count(b"\n", self.position, position)
        self.position = position
        return self.line
