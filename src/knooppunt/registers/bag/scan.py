"""The fast road: cut a block of `<sl:stand>` elements into markup and texts with array operations.

An extract is mostly markup, and the markup is always the same. So: find where texts start and end
(numpy on bytes), give every distinct piece of markup a number (Arrow's dictionary, exact), and
understand each distinct sequence of numbers once (`shapes.py`). What does not fit is not guessed.

Source of the idea that a structural index beats a parser on such files: Langdale and Lemire,
"Parsing Gigabytes of JSON per Second", VLDB Journal 28 (2019).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.registers import arrays
from knooppunt.registers.bag.shapes import GML_ID, Shape, understand

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

STAND = b"<sl:stand>"
_LESS, _GREATER, _SPACE = 0x3C, 0x3E, 0x20
# Attributes without meaning for us that differ from object to object.
_GML_ID_TAIL = np.frombuffer(GML_ID[1:], np.uint64)[0]  # eight bytes: compared as one number
_LONGEST_GML_ID = 64
_EQUALS, _QUOTE = 0x3D, 0x22
_COUNT = re.compile(rb'(<gml:posList) count="[0-9]+"')


@dataclass(frozen=True)
class Scan:
    """A block of objects, cut up but not yet read."""

    data: bytes
    buffer: Bytes
    starts: Positions  # of every text, in `data`
    ends: Positions
    first: Positions  # per object: the number of its first text; one more at the end
    shape_of: npt.NDArray[np.int32]  # per object: index in `shapes`
    shapes: list[Shape | None]  # None: not understood

    def object_bytes(self, index: int) -> tuple[int, bytes]:
        """Return where object `index` starts in the block, and its bytes from `<sl:stand>` on."""
        start = 0
        if index:
            start = self.data.rfind(STAND, 0, int(self.starts[self.first[index]]))
        following = self.first[index + 1]
        if following >= len(self.starts):
            return start, self.data[start:]
        end = self.data.rfind(STAND, 0, int(self.starts[following]))
        return start, self.data[start:end]


def scan(data: bytes) -> Scan | None:
    """Cut up a block that starts with `<sl:stand>` and ends with `</sl:stand>` and whitespace.

    Returns None when the block as a whole is not what this scanner knows; the caller then has lxml
    read it. The caller has made sure that there is no `<!` or `<?` in the block and that it is UTF-8.
    """
    buffer = np.frombuffer(data, np.uint8)
    texts = _texts(buffer)
    if texts is None:
        return None
    starts, ends = texts
    codes, pieces = _markup(data, starts, ends)
    boundary = np.array([piece.count(STAND) for piece in pieces], np.int64)[codes]
    if len(codes) < 2 or boundary.max() > 1 or not pieces[codes[0]].startswith(STAND) or boundary[-1]:
        return None
    first = np.append(np.flatnonzero(boundary), len(codes) - 1)
    shape_of, shapes = _shapes(codes, pieces, first)
    return Scan(data, buffer, starts, ends, first, shape_of, shapes)


def _texts(buffer: Bytes) -> tuple[Positions, Positions] | None:
    """Return where texts start and end; whitespace before markup counts as markup."""
    less, greater = buffer == _LESS, buffer == _GREATER
    edges = np.flatnonzero(greater[:-1] ^ less[1:]) + 1  # after a tag with no tag behind it, or the other way round
    if len(edges) % 2:  # whitespace after the last tag
        edges = edges[:-1]
    starts, ends = edges[0::2], edges[1::2]
    if not (greater[starts - 1].all() and less[ends].all()):
        return None  # a stray < or >
    text = buffer[starts] > _SPACE
    starts, ends = _with_gml_ids(buffer, starts[text], ends[text])
    if not (starts < ends).all() or not (ends[:-1] < starts[1:]).all():
        return None
    return starts, ends


def _with_gml_ids(buffer: Bytes, starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Add the values of `gml:id`: different in every object, they would make every shape unique."""
    equals = np.flatnonzero(buffer[:-_LONGEST_GML_ID] == _EQUALS)
    equals = equals[equals >= len(GML_ID)]
    window = np.lib.stride_tricks.sliding_window_view(buffer, 8)[equals - len(GML_ID) + 3]
    found = equals[np.ascontiguousarray(window).view(np.uint64)[:, 0] == _GML_ID_TAIL] + 2
    values = np.lib.stride_tricks.sliding_window_view(buffer, _LONGEST_GML_ID)[np.minimum(found, len(buffer) - 64)]
    at = np.searchsorted(starts, found)
    return np.insert(starts, at, found), np.insert(ends, at, found + (values == _QUOTE).argmax(axis=1))


def _markup(data: bytes, starts: Positions, ends: Positions) -> tuple[npt.NDArray[np.int32], list[bytes]]:
    """Number the distinct pieces of markup; piece k stands before text k, the last one after all."""
    offsets = np.empty(2 * len(starts) + 2, np.int32)
    offsets[0], offsets[-1] = 0, len(data)
    offsets[1:-1:2], offsets[2:-1:2] = starts, ends
    pieces = pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    markup = np.zeros(len(pieces), bool)
    markup[::2] = True
    encoded = pieces.filter(arrays.flags(markup)).dictionary_encode()
    numbers: dict[bytes, int] = {}
    again = [numbers.setdefault(_COUNT.sub(rb"\1", piece), len(numbers)) for piece in encoded.dictionary.to_pylist()]
    return np.array(again, np.int32)[arrays.to_numpy(encoded.indices)], list(numbers)


def _shapes(
    codes: npt.NDArray[np.int32], pieces: list[bytes], first: Positions
) -> tuple[npt.NDArray[np.int32], list[Shape | None]]:
    """Give every object the number of its shape; equal sequences of codes are equal shapes."""
    width = codes.itemsize
    raw = codes.tobytes()
    bounds = (first * width).tolist()
    numbers: dict[bytes, int] = {}
    shape_of = np.fromiter(
        (numbers.setdefault(raw[start : end + width], len(numbers)) for start, end in pairwise(bounds)),
        np.int32,
        len(bounds) - 1,
    )
    return shape_of, [understand(_pieces(key, pieces, width)) for key in numbers]


def _pieces(key: bytes, pieces: list[bytes], width: int) -> tuple[bytes, ...]:
    markup = [pieces[code] for code in np.frombuffer(key, f"i{width}")]
    head, tail = markup[0], markup[-1]
    return (head[head.find(STAND) :], *markup[1:-1], tail[: tail.find(STAND)] if STAND in tail else tail)
