"""GML in the extract → two-dimensional WKB in EPSG:28992, one shape at a time (the strict, slow road)."""

import math
import re
from collections.abc import Iterator

import shapely
from lxml import etree

from knooppunt.registers.bag.kinds import NAMESPACES
from knooppunt.registers.bag.values import ValueRefusedError

_GML = "{" + NAMESPACES["gml"] + "}"
RD_NEW = "urn:ogc:def:crs:EPSG::28992"
NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
MINIMUM_POINTS = 4  # a closed ring around an area; source: OGC 07-036 §10.5.8
# The area of use of EPSG:28992 with a wide margin, in metres.
X_RANGE = (-20_000.0, 320_000.0)
Y_RANGE = (270_000.0, 660_000.0)


def read_shape(element: etree._Element) -> bytes:
    """Return the WKB of a gml:Point, gml:Polygon or gml:MultiSurface. Raises ValueRefusedError."""
    if element.tag == _GML + "MultiSurface":
        polygons = [_polygon(polygon, _dimension(element)) for polygon in _members(element)]
        if not polygons:
            raise ValueRefusedError("a surface without any polygon")
        return _wkb(shapely.multipolygons(polygons))
    if element.tag == _GML + "Polygon":
        return _wkb(_polygon(element, None))
    if element.tag == _GML + "Point":
        position = element.find(_GML + "pos")
        if position is None or len(element) != 1:
            raise ValueRefusedError("a point without exactly one position")
        points = _coordinates(position, _dimension(element))
        if len(points) != 1:
            raise ValueRefusedError(f"a point with {len(points)} positions")
        return _wkb(shapely.points(points[0]))
    raise ValueRefusedError(f"a geometry this version does not read: {etree.QName(element).localname}")


def point_inside(wkb: bytes) -> tuple[float, float]:
    """Return a point inside the shape: the point itself, or one on the surface."""
    point = shapely.point_on_surface(shapely.from_wkb(wkb))
    return shapely.get_x(point), shapely.get_y(point)


def _wkb(shape: shapely.Geometry) -> bytes:
    wkb: bytes = shapely.to_wkb(shape, output_dimension=2, byte_order=1)
    return wkb


def _members(element: etree._Element) -> Iterator[etree._Element]:
    for member in element:
        if member.tag != _GML + "surfaceMember" or len(member) != 1 or member[0].tag != _GML + "Polygon":
            raise ValueRefusedError("a surface made of something else than polygons")
        yield member[0]


def _dimension(element: etree._Element) -> int | None:
    reference = element.get("srsName")
    if reference is not None and reference != RD_NEW:
        raise ValueRefusedError(f"the coordinates are in {reference}, not in {RD_NEW}")
    dimension = element.get("srsDimension")
    if dimension not in {None, "2", "3"}:
        raise ValueRefusedError(f"coordinates with {dimension} dimensions")
    return int(dimension) if dimension else None


def _polygon(element: etree._Element, outer: int | None) -> shapely.Polygon:
    dimension = _dimension(element) or outer
    rings: list[tuple[str, list[tuple[float, float]]]] = []
    for boundary in element:
        role = etree.QName(boundary).localname
        positions = boundary.findall(f"{_GML}LinearRing/{_GML}posList")
        if role not in {"exterior", "interior"} or len(boundary) != 1 or len(positions) != 1 or len(boundary[0]) != 1:
            raise ValueRefusedError("a polygon whose boundary is not one ring of positions")
        rings.append((role, _ring(positions[0], dimension)))
    if [role for role, _ in rings[:1]] != ["exterior"] or any(role == "exterior" for role, _ in rings[1:]):
        raise ValueRefusedError("a polygon that does not start with its one exterior ring")
    return shapely.polygons(rings[0][1], holes=[ring for _, ring in rings[1:]] or None)


def _ring(element: etree._Element, dimension: int | None) -> list[tuple[float, float]]:
    points = _coordinates(element, dimension)
    if len(points) < MINIMUM_POINTS:
        raise ValueRefusedError(f"a polygon ring with {len(points)} points; it takes at least {MINIMUM_POINTS}")
    if points[0] != points[-1]:
        raise ValueRefusedError("a polygon ring that is not closed")
    return points


def _coordinates(element: etree._Element, dimension: int | None) -> list[tuple[float, float]]:
    dimension = _dimension(element) or dimension
    text = element.text or ""
    numbers = text.split() if text.isascii() else [""]
    if dimension is None or len(element) or not all(map(NUMBER.fullmatch, numbers)) or len(numbers) % dimension:
        raise ValueRefusedError("positions that are not whole tuples of plain numbers with a known dimension")
    points = [(float(numbers[i]), float(numbers[i + 1])) for i in range(0, len(numbers), dimension)]
    for x, y in points:
        if not (math.isfinite(x) and X_RANGE[0] <= x <= X_RANGE[1] and Y_RANGE[0] <= y <= Y_RANGE[1]):
            raise ValueRefusedError(f"the position {x} {y} lies outside the Netherlands")
    return points
