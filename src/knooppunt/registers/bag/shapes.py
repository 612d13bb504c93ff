"""The shape of an object: its markup without its texts, and which text fills which column.

A delivery of a million objects has a few dozen shapes. Each is understood once, here, tag by tag;
a shape with anything unknown in it is not understood, and its objects go to lxml one by one.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from knooppunt.registers.bag.geometry import RD_NEW
from knooppunt.registers.bag.kinds import KINDS, Kind

GML_ID = b' gml:id="'
MAXIMUM_RINGS = 64  # a building with more holes exists, and may take the slow road

_TAG = re.compile(rb'<(/?)([A-Za-z0-9-]+:[A-Za-z0-9-]+)((?: [A-Za-z:]+="[^"<>&]*")*)>[ \t\r\n]*')
_SURFACE = (b"gml:exterior", b"gml:interior")
_RING = (b"gml:LinearRing", b"gml:posList")
_SRS = rb' srsName="' + RD_NEW.encode() + rb'" srsDimension="([23])"'
_SRS_ATTRIBUTES = re.compile(_SRS)


@dataclass
class Shape:
    """Which of an object's texts (counted from 0) holds what."""

    kind: Kind
    single: dict[str, int] = field(default_factory=dict)  # column → text
    many: dict[str, list[int]] = field(default_factory=dict)  # column → texts
    point: int | None = None
    rings: list[int] = field(default_factory=list)  # the exterior ring first
    dimension: int = 0


@lru_cache
def _containers(element: str) -> frozenset[str]:
    """Paths of the elements that hold the leaves of a kind."""
    kind = KINDS[element]
    paths = [path.split("/") for path in (*kind.fields, *kind.geometry)]
    return frozenset("/".join(path[:depth]) for path in paths for depth in range(1, len(path)))


class _NotUnderstoodError(Exception):
    """Something this module does not know; lxml will look at it."""


@lru_cache(maxsize=4096)
def understand(markup: tuple[bytes, ...]) -> Shape | None:
    """Return the shape of an object whose texts lie between these pieces of markup, or None.

    The first piece starts with `<sl:stand>`, the last ends with `</sl:stand>`. The value of a
    `gml:id` counts as a text, without meaning; `count` has been taken out (see `scan.py`).
    """
    reader = _Reader()
    before = b""
    try:
        for number, piece in enumerate(markup):
            if before.endswith(GML_ID):
                whole = before.removesuffix(GML_ID) + piece.removeprefix(b'"')
            else:
                reader.markup(before)
                if number:
                    reader.text(number - 1)
                whole = piece
            before = whole
        reader.markup(before)
        return reader.finish()
    except _NotUnderstoodError:
        return None


class _Reader:
    """Walks through the markup with a stack of open elements."""

    def __init__(self) -> None:
        self.open: list[bytes] = []
        self.attributes: list[bytes] = []
        self.shape: Shape | None = None
        self.filled = True  # whether the element opened last has got its text (or has no need of one)
        self.empty = False  # whether nothing at all has come since the element opened last
        self.surfaces = 0
        self.linear_rings = 0

    def markup(self, piece: bytes) -> None:
        position = 0
        while position < len(piece):
            match = _TAG.match(piece, position)
            if match is None:
                raise _NotUnderstoodError
            position = match.end()
            closing, name, attributes = match.groups()
            if closing:
                self._close(name, attributes)
                self.empty = False
            else:
                self._start(name, attributes)

    def _start(self, name: bytes, attributes: bytes) -> None:
        if not self.filled:
            raise _NotUnderstoodError
        self.open.append(name)
        self.attributes.append(attributes)
        self.empty = True
        if len(self.open) == 1 and (name, attributes) != (b"sl:stand", b""):
            raise _NotUnderstoodError
        if len(self.open) == 3:  # sl:stand, its wrapper, the object
            self._start_object()
        elif len(self.open) > 3:
            self._start_inside()

    def _start_object(self) -> None:
        kind = KINDS.get(self.open[2].decode())
        if kind is None or self.shape is not None:
            raise _NotUnderstoodError
        if self.open[1].decode() != kind.wrapper or self.attributes[1] or self.attributes[2]:
            raise _NotUnderstoodError
        self.shape = Shape(kind)

    def _path(self) -> str:
        return b"/".join(self.open[3:]).decode()

    def _start_inside(self) -> None:
        if self.shape is None:
            raise _NotUnderstoodError
        path, attributes = self._path(), self.attributes[-1]
        known = self.shape.kind.fields.get(path)
        if known is not None:
            expected = f' domein="NL.IMBAG.{known.domain}"'.encode() if known.domain else b""
            if attributes != expected:
                raise _NotUnderstoodError
            self.filled = False
        elif path in self.shape.kind.geometry:
            self._start_geometry(attributes)
        elif attributes:
            raise _NotUnderstoodError
        elif self.shape.dimension:
            self._start_in_geometry(self.open[-1])
        elif path not in _containers(self.shape.kind.element):
            raise _NotUnderstoodError

    def _start_geometry(self, attributes: bytes) -> None:
        match = _SRS_ATTRIBUTES.fullmatch(attributes)
        if match is None or self.shape is None or self.shape.dimension:
            raise _NotUnderstoodError
        self.shape.dimension = int(match[1])

    def _start_in_geometry(self, name: bytes) -> None:
        if name in (b"gml:posList", b"gml:pos"):
            self.filled = False
        elif name in _SURFACE:
            self.surfaces += 1
        elif name == b"gml:LinearRing":
            self.linear_rings += 1
        elif self._path() not in _containers(self.shape.kind.element if self.shape else ""):
            raise _NotUnderstoodError  # the geometry is closed and something else starts

    def _close(self, name: bytes, attributes: bytes) -> None:
        if not self.open or self.open.pop() != name or attributes or self.empty:
            raise _NotUnderstoodError
        self.attributes.pop()

    def text(self, number: int) -> None:
        """Give text `number` to the element opened last."""
        if self.filled or self.shape is None:
            raise _NotUnderstoodError
        self.filled, self.empty = True, False
        known = self.shape.kind.fields.get(self._path())
        if known is None:
            self._geometry_text(number)
        elif known.many:
            self.shape.many.setdefault(known.column, []).append(number)
        elif known.column in self.shape.single:
            raise _NotUnderstoodError
        else:
            self.shape.single[known.column] = number

    def _geometry_text(self, number: int) -> None:
        assert self.shape is not None
        shape, inside = self.shape, self.open[3:]
        for depth in range(1, len(inside)):
            if b"/".join(inside[:depth]).decode() in shape.kind.geometry:
                break
        else:
            raise _NotUnderstoodError
        tail = tuple(inside[depth:])
        if inside[depth - 1] == b"gml:Point" and tail == (b"gml:pos",) and shape.point is None:
            shape.point = number
        elif inside[depth - 1] == b"gml:Polygon" and tail[1:] == _RING and tail[0] == _SURFACE[bool(shape.rings)]:
            shape.rings.append(number)
        else:
            raise _NotUnderstoodError

    def finish(self) -> Shape:
        shape = self.shape
        if shape is None or self.open or len(shape.rings) > MAXIMUM_RINGS:
            raise _NotUnderstoodError
        if not len(shape.rings) == self.surfaces == self.linear_rings:
            raise _NotUnderstoodError
        columns = shape.single.keys() | shape.many.keys()
        if any(known.required and known.column not in columns for known in shape.kind.fields.values()):
            raise _NotUnderstoodError
        if shape.kind.geometry and (shape.point is None) == (not shape.rings):
            raise _NotUnderstoodError
        return shape
