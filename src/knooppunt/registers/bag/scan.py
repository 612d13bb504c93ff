"""The fast road: cut a block of `<sl:stand>` elements into markup and texts with array operations.

An extract is mostly markup, and the markup is always the same. So: find where texts start and end
(numpy on bytes), give every distinct piece of markup a number (Arrow's dictionary, exact), and
understand each distinct sequence of numbers once (`shapes.py`). What does not fit is not guessed.

Source of the idea that a structural index beats a parser on such files: Langdale and Lemire,
"Parsing Gigabytes of JSON per Second", VLDB Journal 28 (2019).
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.registers import arrays
from knooppunt.registers.bag.shapes import GML_ID, Shape, understand

Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

STAND = b"<sl:stand>"
_LESS, _GREATER, _QUOTE, _SPACE = b'<>" '
_WINDOW = 512 * 1024  # bytes looked at together: what comes of them stays in the cache of a processor
# Attributes without meaning for us that differ from object to object.
_GML_ID_TAIL = int.from_bytes(GML_ID[-8:], "little")  # eight bytes: compared as one number
_GML_ID = re.compile(GML_ID)
_LONGEST_GML_ID = 64
_LEARNED = 64 * 1024  # bytes
_COUNT = re.compile(rb'(<gml:posList) count="[0-9]+"')


@dataclass(frozen=True)
class Scan:
    """A block of objects, cut up but not yet read."""

    data: bytes
    buffer: Bytes
    starts: Positions  # of every text, in `data`
    ends: Positions
    first: Positions  # per object: the number of its first text; one more at the end
    shape_of: Codes  # per object: index in `shapes`
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
    texts = _texts(data, buffer)
    if texts is None:
        return None
    starts, ends = texts
    codes, pieces = _markup(data, starts, ends)
    boundary = np.array([piece.count(STAND) for piece in pieces], np.int64)[codes]
    if len(codes) < 2 or boundary.max() > 1 or not pieces[codes[0]].startswith(STAND) or boundary[-1]:
        return None
    first = np.append(np.flatnonzero(boundary), len(codes) - 1)
    shape_of, shapes = _shapes(codes, pieces, first)
    if b"&" in data:  # an entity: objects with one have no shape here
        texts_with = np.searchsorted(starts, np.flatnonzero(buffer == ord("&")), "right") - 1
        shape_of = shape_of.copy()
        shape_of[np.maximum(np.searchsorted(first, texts_with, "right") - 1, 0)] = len(shapes)
        shapes.append(None)
    return Scan(data, buffer, starts, ends, first, shape_of, shapes)


def _texts(data: bytes, buffer: Bytes) -> tuple[Positions, Positions] | None:
    """Return where texts start and end; whitespace before markup counts as markup."""
    edges, characters = _edges(buffer)
    if len(edges) % 2:  # whitespace after the last tag
        edges, characters = edges[:-1], characters[:-1]
    if (characters[0::2] == _LESS).any() or (characters[1::2] != _LESS).any():
        return None  # a stray < or >
    text = characters[0::2] > _SPACE
    starts, ends = _with_gml_ids(data, edges[0::2][text], edges[1::2][text])
    if not (starts < ends).all() or not (ends[:-1] < starts[1:]).all():
        return None
    return starts, ends


def _edges(buffer: Bytes) -> tuple[Positions, Bytes]:
    """Return where markup turns into text (a `>` with no `<` behind it) and back, and the characters there."""
    greater, less = np.empty(_WINDOW, bool), np.empty(_WINDOW, bool)
    edges, characters = [], []
    for start in range(0, len(buffer) - 1, _WINDOW):
        window = buffer[start : start + _WINDOW + 1]
        behind, count = window[1:], len(window) - 1
        np.equal(window[:-1], _GREATER, out=greater[:count])
        np.equal(behind, _LESS, out=less[:count])
        found = np.flatnonzero(np.not_equal(greater[:count], less[:count], out=less[:count]))
        edges.append(found + (start + 1))
        characters.append(behind[found])
    return np.concatenate(edges), np.concatenate(characters)


def _with_gml_ids(data: bytes, starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Add the values of `gml:id`: different in every object, they would make every shape unique.

    They are looked for as far behind a text as the first ones are; elsewhere, they make an object slow.
    """
    first = [match.end() for match in _GML_ID.finditer(data, 0, _LEARNED)]
    for distance in {at - int(ends[np.searchsorted(ends, at) - 1]) for at in first if at > ends[0]}:
        after = ends[:-1][starts[1:] - ends[:-1] > distance]
        found = after[arrays.words_at(data, after + (distance - 8)) == _GML_ID_TAIL] + distance
        values = arrays.pieces_at(data, found, _LONGEST_GML_ID).view(np.uint8).reshape(-1, _LONGEST_GML_ID)
        at = np.searchsorted(starts, found)
        starts, ends = np.insert(starts, at, found), np.insert(ends, at, found + (values == _QUOTE).argmax(axis=1))
    return starts, ends


def _markup(data: bytes, starts: Positions, ends: Positions) -> tuple[Codes, list[bytes]]:
    """Number the distinct pieces of markup; piece k stands before text k, the last one after all."""
    pieces = arrays.slices(data, np.append(0, ends), np.append(starts, len(data))).dictionary_encode()
    numbers: dict[bytes, int] = {}
    again = [numbers.setdefault(_COUNT.sub(rb"\1", piece), len(numbers)) for piece in pieces.dictionary.to_pylist()]
    return np.array(again, np.int32)[arrays.to_numpy(pieces.indices)], list(numbers)


def _shapes(codes: Codes, pieces: list[bytes], first: Positions) -> tuple[Codes, list[Shape | None]]:
    """Give every object the number of its shape; equal sequences of codes are equal shapes.

    An object shares its first and last piece with its neighbours, so what follows the first is
    compared as one sequence, and then that sequence together with the first.
    """
    offsets = (first + 1).astype(np.int32) * codes.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(codes)]
    followers = pa.Array.from_buffers(pa.binary(), len(first) - 1, buffers).dictionary_encode()
    both = arrays.to_numpy(followers.indices).astype(np.int64) * len(pieces) + codes[first[:-1]]
    keys = arrays.from_numpy(both, pa.int64()).dictionary_encode()
    shapes = []
    for key in keys.dictionary.to_pylist():
        sequence, head = divmod(key, len(pieces))
        rest = np.frombuffer(followers.dictionary[sequence].as_py(), np.int32)
        shapes.append(understand(_pieces(pieces[head], [pieces[code] for code in rest])))
    return arrays.to_numpy(keys.indices), shapes


def _pieces(head: bytes, rest: list[bytes]) -> tuple[bytes, ...]:
    """Leave what belongs to the objects before and after out of the first and last piece."""
    *inner, tail = rest
    return (head[head.find(STAND) :], *inner, tail[: tail.find(STAND)] if STAND in tail else tail)
