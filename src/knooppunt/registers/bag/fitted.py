"""The fastest road: a block whose objects all fit a few templates is not cut up at all.

What does not fit to the last byte is not guessed: then `scan.py` reads the whole block. Which templates are known
(`templates.py`) makes a difference to how long reading takes, never to what is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knooppunt.registers import arrays
from knooppunt.registers.arrays import Flags, Positions, Words
from knooppunt.registers.bag.fitting import Objects, Part, fit
from knooppunt.registers.bag.scan import STAND
from knooppunt.registers.bag.shapes import Shape
from knooppunt.registers.bag.templates import Template, learn
from knooppunt.registers.bag.where import Where

Gathered = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_EVERY = slice(None)
_LESS = ord("<")
_WINDOW = 512 * 1024  # bytes looked at together: what comes of them stays in the cache of a processor
_STAND_LETTER = 4  # the place in `<sl:stand>` of a letter that few names have there
_MOST_TEMPLATES = 16  # in one block: with more, cutting up is as fast
_MOST_KNOWN = 64
_LEAST = 4096  # bytes
_MOST_PATIENCE = 64  # blocks


@dataclass(frozen=True)
class Marks:
    """Where markup is in a block without entities: found in few large steps, which need no lock of Python's."""

    less: Positions  # every `<`
    objects: Positions  # which of them start an object


@dataclass(frozen=True)
class Fitted:
    """A block of objects that fit templates."""

    data: bytes
    starts: Positions  # of every object, in `data`
    shape_of: Positions  # per object: index in `shapes`
    shapes: list[Shape]
    parts: list[Part]  # one for every shape

    def object_bytes(self, index: int) -> tuple[int, bytes]:
        """Return where object `index` starts in the block, and its bytes from `<sl:stand>` on."""
        start = int(self.starts[index])
        return start, self.data[start : self.starts[index + 1] if index + 1 < len(self.starts) else None]

    def finder(self, rows: Positions) -> "Finder":
        """Return what finds texts of some objects."""
        if len(rows) == len(self.starts):
            return Finder(self.data, self.parts, [(part.rows, _EVERY) for part in self.parts], len(rows))
        place = np.full(len(self.starts), -1)
        place[rows] = np.arange(len(rows))
        own = [place[part.rows] for part in self.parts]
        return Finder(self.data, self.parts, [(each[each >= 0], each >= 0) for each in own], len(rows))


@dataclass(frozen=True)
class Finder:
    """Finds texts of some objects of a block that fits templates. Texts are given by shape (-1: none)."""

    data: bytes
    parts: list[Part]
    places: list[tuple[Positions, Flags | slice]]  # per part: the places of its objects among these, and which it are
    count: int

    def by_field(self, texts: Positions, present: Flags | None) -> Where:
        """Return the texts that are `present` (none given: some text for each), field (row) after field, by shape."""
        columns, size = texts.T.tolist(), (len(texts), self.count)

        def gathered(read: Callable[[Part, int], Gathered]) -> Gathered:
            result = np.zeros(size, np.int64)
            for part, (places, own), column in zip(self.parts, self.places, columns, strict=True):
                for row, text in zip(result, column, strict=True):
                    if text >= 0:
                        row[places] = read(part, text)[own]
            return result.ravel() if present is None else result[present]

        return _Where(self.data, gathered)

    def by_object(self, texts: Positions, present: Flags) -> Where:
        """Return the texts that are there, object after object; the rows of `texts` are shapes."""

        def gathered(read: Callable[[Part, int], Gathered]) -> Gathered:
            result = np.empty(present.shape, np.int64)
            for part, (places, own), row in zip(self.parts, self.places, texts.tolist(), strict=True):
                for column, text in enumerate(row):
                    if text >= 0:
                        result[places, column] = read(part, text)[own]
            return result[present]

        return _Where(self.data, gathered)


class _Where(Where):
    """Texts in templates: many a first byte lies in a piece, and need not be looked for in the block."""

    def __init__(self, data: bytes, gathered: Callable[[Callable[[Part, int], Gathered]], Gathered]) -> None:
        super().__init__(data, lambda: gathered(Part.starts), lambda: gathered(Part.ends))
        self._gathered = gathered

    def words_at(self, offset: int) -> Words:
        """Return the eight bytes from `offset` on of every text (or of what follows a shorter text)."""
        words = self._gathered(lambda part, text: part.words_at(self.data, text, offset).view(np.int64))
        return words.view(np.uint64)

    def byte_at(self, offset: int) -> Bytes:
        """Return the byte at `offset` of every text; right behind a text stands a `<`."""
        return self.words_at(offset).astype(np.uint8)


class Templates:
    """The templates met so far: those that fitted last come first. What fits none is not tried again for a while."""

    def __init__(self) -> None:
        self._known: list[Template] = []
        self._skip, self._patience = 0, 1

    def fitted(self, data: bytes, marks: Marks | None) -> Fitted | None:
        """Return a block in templates; None when an object fits none and none can be learned from it."""
        if marks is None:
            return None
        if self._skip:
            self._skip -= 1
            return None
        found = _fitted(data, marks, self._known)
        if found is None:
            self._skip, self._patience = self._patience, min(2 * self._patience, _MOST_PATIENCE)
            return None
        self._patience = 1
        used = {id(part.template): part.template for part in found.parts}
        others = [template for template in self._known if id(template) not in used]
        self._known = [*used.values(), *others][:_MOST_KNOWN]  # a new list: threads may share this
        return found


def _fitted(data: bytes, marks: Marks, known: list[Template]) -> Fitted | None:
    less, objects = marks.less, marks.objects
    ends = np.append(less[objects[1:]], len(data))
    counts = np.diff(objects, append=len(less))
    left = np.ones(len(objects), bool)
    starts, parts = less[objects], []
    for template in _candidates(data, starts, ends, known, left):
        rows = np.flatnonzero((counts == template.less) & left)
        part = fit(template, Objects(data, less, rows, objects[rows], ends[rows])) if len(rows) else None
        if part is not None:
            parts.append(part)
            left[part.rows] = False
    if left.any():
        return None
    parts.sort(key=lambda part: int(part.rows[0]))  # as the scanner numbers shapes
    shape_of = np.empty(len(objects), np.int64)
    for number, part in enumerate(parts):
        shape_of[part.rows] = number
    return Fitted(data, starts, shape_of, [part.template.shape for part in parts], parts)


def _candidates(
    data: bytes, starts: Positions, ends: Positions, known: list[Template], left: Flags
) -> Iterator[Template]:
    """Yield the templates that are known, and then as many as can be learned from what is left."""
    for template in known:
        if not left.any():
            return
        yield template
    for _ in range(_MOST_TEMPLATES):
        if not left.any():
            return
        first = int(left.argmax())
        learned = learn(data[starts[first] : ends[first]])
        if learned is None:
            return
        yield learned
        if left[first]:  # it does not fit what it was learned from: better not
            return


def marks_in(data: bytes) -> Marks | None:
    """Return where every `<` is in a block, and which of them start an object; None when it does not start with one."""
    if not data.startswith(STAND) or len(data) < _LEAST or b"&" in data:
        return None
    buffer, found = np.frombuffer(data, np.uint8), []
    flags = np.empty(_WINDOW, bool)
    for start in range(0, len(buffer), _WINDOW):
        window = buffer[start : start + _WINDOW]
        found.append(np.flatnonzero(np.equal(window, _LESS, out=flags[: len(window)])) + start)
    less = np.concatenate(found)
    letters = buffer[np.minimum(less + _STAND_LETTER, len(buffer) - 1)]
    maybe = np.flatnonzero(letters == STAND[_STAND_LETTER])
    return Marks(less, maybe[arrays.pieces_at(data, less[maybe], len(STAND)) == np.void(STAND)])
