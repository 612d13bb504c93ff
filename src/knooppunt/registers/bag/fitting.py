"""Which objects of a block are a template to the last byte, and where their texts are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knooppunt.registers import arrays
from knooppunt.registers.arrays import Flags, Positions, Words
from knooppunt.registers.bag.templates import WORD, Gap, Piece, Template

Bytes = npt.NDArray[np.uint8]

_QUOTE, _SPACE = b'" '
_ZERO = np.uint8(ord("0"))
_LONGEST_GML_ID = 64


@dataclass(frozen=True)
class Part:
    """The objects of a block that fit a template."""

    template: Template
    rows: Positions  # their numbers, ascending
    at: Positions  # per piece (row), where it starts
    found: Words  # the bytes of all pieces: one row for each object

    def starts(self, text: int) -> Positions:
        """Return where a text starts in every object."""
        place = self.template.places[text]
        if place.offset >= 0:
            piece, offset = place.piece, place.offset
        else:
            piece, offset = place.piece - 1, self.template.pieces[place.piece - 1].size
        result: Positions = self.at[piece] + offset
        return result

    def ends(self, text: int) -> Positions:
        """Return where a text ends in every object."""
        place = self.template.places[text]
        result: Positions = self.at[place.piece] + (place.offset + place.size if place.offset >= 0 else 0)
        return result

    def words_at(self, data: bytes, text: int, offset: int) -> Words:
        """Return the eight bytes from `offset` on of a text (or of what follows a shorter one)."""
        place = self.template.places[text]
        if place.offset < 0:
            return arrays.words_at(data, self.starts(text) + offset)
        piece = self.template.pieces[place.piece]
        first = WORD * piece.first + piece.lead + place.offset + offset
        return np.ndarray((len(self.found),), "<u8", self.found, first, (self.found.strides[0],))


@dataclass(frozen=True)
class Objects:
    """Some objects of a block."""

    data: bytes  # the block
    less: Positions  # where every `<` in it is
    rows: Positions  # what the objects are called
    first: Positions  # the number of the `<` with which each starts
    ends: Positions


def fit(template: Template, objects: Objects) -> Part | None:
    """Return which objects, at least one, fit a template, if any does. They have as many `<` as the template."""
    if len(objects.data) < template.words.nbytes:
        return None
    at, good = _places(template, objects)
    found = np.empty((len(good), len(template.words)), np.uint64)
    for piece, start in zip(template.pieces, at, strict=True):
        there = arrays.pieces_at(objects.data, start - piece.lead, WORD * piece.count)
        found[:, piece.first : piece.first + piece.count] = there.view("<u8").reshape(len(good), -1)
    if good.all() and template.is_all_of(found):
        return Part(template, objects.rows, at, found)
    good &= template.among(found)
    return Part(template, objects.rows[good], at[:, good], found[good]) if good.any() else None


def _places(template: Template, objects: Objects) -> tuple[Positions, Flags]:
    """Return where the pieces (rows) should start, and for which objects there is something right in every gap."""
    at = np.empty((len(template.pieces), len(objects.rows)), np.int64)
    texts, less = template.gaps
    at[0], at[texts] = objects.less[objects.first], objects.less[objects.first + less]
    for number, piece in enumerate(template.pieces):
        if number and piece.gap is not Gap.TEXT:
            behind = at[number - 1] + template.pieces[number - 1].size
            at[number] = behind + _gap_sizes(piece, objects.data, behind)
    behind = at + template.sizes
    letters = np.frombuffer(objects.data, np.uint8)[np.minimum(behind[texts - 1], len(objects.data) - 1)]
    good = (behind[-1] == objects.ends) & (at[1:] > behind[:-1]).all(axis=0) & (letters > _SPACE).all(axis=0)
    return at, good


def _gap_sizes(piece: Piece, data: bytes, behind: Positions) -> Positions:
    """Return how long the gap before a piece is: up to a quote, or as many digits as there are."""
    if piece.gap is Gap.COUNT:
        no_digit = _bytes_at(data, behind, WORD) - _ZERO > 9  # below 0 wraps round
        return np.asarray(no_digit.argmax(axis=1))
    quotes = _bytes_at(data, behind, piece.usual + 1) == _QUOTE
    if quotes[:, -1].all() and np.count_nonzero(quotes) == len(quotes):
        return np.full(len(quotes), piece.usual)
    return np.asarray((_bytes_at(data, behind, _LONGEST_GML_ID) == _QUOTE).argmax(axis=1))


def _bytes_at(data: bytes, at: Positions, size: int) -> Bytes:
    return arrays.pieces_at(data, at, size).view(np.uint8).reshape(-1, size)
