"""Templates: what an object looks like byte for byte, so that the next ones are compared with it instead of cut up.

Nearly all objects of a block are one of a few templates: pieces that are always the same, with gaps between them for
texts. Texts that always have the same length (identifications, dates, moments) lie within a piece, and are not
compared. A template is learned from an object that `scan.py` has cut up and `shapes.py` has understood.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from knooppunt.registers.arrays import Flags, Positions, Words
from knooppunt.registers.bag.kinds import Value
from knooppunt.registers.bag.scan import scan
from knooppunt.registers.bag.shapes import GML_ID, Shape

WORD = 8  # bytes that are compared as one number
_LENGTHS = {Value.IDENTIFIER: 16, Value.TOWN: 4, Value.DAY: 10, Value.MOMENT: 23, Value.FLAG: 1}
_COUNT = re.compile(rb'<gml:posList count="([0-9]+)"')
_ALIKE = np.uint8(0xFF)
_WIDE = 512  # words


class Gap(Enum):
    """What lies between two pieces, and so how its end is found."""

    TEXT = "text"  # up to a `<`
    GML_ID = "gml_id"  # up to a quote
    COUNT = "count"  # digits


@dataclass(frozen=True)
class Piece:
    """Bytes that are the same in every object but for the texts in them."""

    size: int
    lead: int  # bytes with which it is filled up to whole words before it (otherwise behind it)
    first: int  # its first word among those of all pieces
    count: int  # of its words
    gap: Gap  # what comes before it; the first has none
    less: int  # the `<` with which it starts is number so many of the object
    usual: int  # how long the gap mostly is


@dataclass(frozen=True)
class Place:
    """Where a text lies: at a fixed place within a piece, or before one."""

    piece: int
    offset: int  # in the piece; -1: it is the gap before it
    size: int


@dataclass(frozen=True)
class Template:
    """Pieces in their order, and where each text of the shape is."""

    shape: Shape
    less: int  # so many `<` has an object
    pieces: tuple[Piece, ...]
    words: Words  # of all pieces
    mask: Words  # which bits of them are compared
    places: dict[int, Place]  # text → place

    @cached_property
    def sizes(self) -> Positions:
        """The sizes of the pieces, below each other."""
        return np.array([[piece.size] for piece in self.pieces])

    @cached_property
    def gaps(self) -> tuple[Positions, Positions]:
        """The pieces with a text before them, and below each other with which `<` they start."""
        texts = [number for number, piece in enumerate(self.pieces) if number and piece.gap is Gap.TEXT]
        return np.array(texts, np.int64), np.array([[self.pieces[number].less] for number in texts], np.int64)

    def is_all_of(self, found: Words) -> bool:
        """Say whether every row of `found` is these pieces: without a copy of what is found."""
        ones = (_over_rows(np.bitwise_and, found), _over_rows(np.bitwise_or, found))  # in every row, in any row
        return all(bool((own & self.mask == self.words).all()) for own in ones)

    def among(self, found: Words) -> Flags:
        """Say which rows of `found` are these pieces."""
        result: Flags = (found & self.mask == self.words).all(axis=1)
        return result


def learn(data: bytes) -> Template | None:
    """Return the template of one object, which starts with `<sl:stand>`; None when it is out of the ordinary."""
    cut = scan(data)
    if cut is None or len(cut.shapes) != 1 or (shape := cut.shapes[0]) is None:
        return None
    sizes = _fixed_sizes(shape)
    gaps: list[tuple[int, int, Gap, int]] = [(*match.span(1), Gap.COUNT, -1) for match in _COUNT.finditer(data)]
    fixed: list[tuple[int, int, int]] = []
    for text, (start, end) in enumerate(zip(cut.starts.tolist(), cut.ends.tolist(), strict=True)):
        if data.endswith(GML_ID, 0, start):
            gaps.append((start, end, Gap.GML_ID, text))
        elif sizes.get(text) == end - start:
            fixed.append((start, end, text))
        else:
            gaps.append((start, end, Gap.TEXT, text))
    return _template(data, shape, sorted(gaps), fixed)


def _fixed_sizes(shape: Shape) -> dict[int, int]:
    texts = {text: shape.kind.columns[column] for column, text in shape.single.items()}
    texts |= {text: shape.kind.columns[column] for column, own in shape.many.items() for text in own}
    return {text: _LENGTHS[field.value] for text, field in texts.items() if field.value in _LENGTHS}


def _template(
    data: bytes, shape: Shape, gaps: list[tuple[int, int, Gap, int]], fixed: list[tuple[int, int, int]]
) -> Template:
    compared = np.full(len(data), _ALIKE)
    for begin, end, _ in fixed:
        compared[begin:end] = 0
    pieces: list[Piece] = []
    words: list[Words] = []
    masks: list[Words] = []
    places: dict[int, Place] = {}
    start, gap, usual, first = 0, Gap.TEXT, 0, 0
    for number, (begin, end, following, text) in enumerate([*gaps, (len(data), len(data), Gap.TEXT, -1)]):
        fill = (start - begin) % WORD
        lead = fill if begin == len(data) else 0  # there may be nothing behind the last piece
        around = (lead, fill - lead)
        words.append(np.pad(np.frombuffer(data, np.uint8)[start:begin], around).view("<u8"))
        masks.append(np.pad(compared[start:begin], around).view("<u8"))
        less = data.count(b"<", 0, start)
        pieces.append(Piece(begin - start, lead, first, len(words[-1]), gap, less, usual))
        places |= {own: Place(number, at - start, to - at) for at, to, own in fixed if start <= at < begin}
        places[text] = Place(number + 1, -1, 0)
        start, gap, usual, first = end, following, end - begin, first + len(words[-1])
    del places[-1]
    mask = np.concatenate(masks)
    return Template(shape, data.count(b"<"), tuple(pieces), np.concatenate(words) & mask, mask, places)


def _over_rows(combine: np.ufunc, table: Words) -> Words:
    """Combine all rows into one; many rows together count as one first, as short rows cost most of the time."""
    together = max(_WIDE // table.shape[1], 1)
    whole = len(table) - len(table) % together
    if whole > together:
        wide = combine.reduce(table[:whole].reshape(-1, together * table.shape[1]), axis=0)
        table = np.concatenate([wide.reshape(together, -1), table[whole:]])
    result: Words = combine.reduce(table, axis=0)
    return result
