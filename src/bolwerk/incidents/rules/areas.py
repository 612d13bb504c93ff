"""Where a measure holds: places of the municipality, drawn as a figure with a scale, and as a list. Pure functions."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

Point = tuple[float, float]  # longitude, latitude in degrees (WGS 84)
METRES_A_DEGREE = 111_320.0  # of latitude
ROUND = 36  # corners of a circle
WIDTH, HEIGHT, MARGIN = 640.0, 420.0, 34.0  # of the drawing, without a unit
AROUND = 0.35  # of the size of the area, left to see around it
LEAST_METRES = 150.0  # across: a single building is not drawn as large as the paper
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # lengths of the scale, in metres
GROUND = {"water": "#cfe3ea", "building": "#e3ddd2", "street": "#b9b3a8"}  # kinds of ground, and how each looks
RED, FONT = "#a8332a", 'font-family="Libertinus Serif, serif"'
PLACE_LIMIT, MOST_PLACES = 200, 10


class PlacesError(ValueError):
    """The file of places cannot be read; the text says which feature, and why."""


@dataclass(frozen=True)
class Area:
    """One place: what it is called, its address, and its outline (empty when only the address is known)."""

    name: str
    address: str = ""
    outline: list[list[float]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The place as a list and a letter name it."""
        return f"{self.name}, {self.address}" if self.address else self.name


@dataclass(frozen=True)
class Ground:
    """Something drawn below the places, to recognise where one is: a street, water or a building."""

    kind: str
    points: list[Point]


@dataclass(frozen=True)
class Places:
    """What the municipality's file holds: places by their code, and the ground."""

    areas: Mapping[str, Area]
    ground: Sequence[Ground]


def places_from(collection: Mapping[str, Any]) -> Places:
    """Read a GeoJSON FeatureCollection. Places have `code` and `name`; a point has a `radius` in metres as well.

    Features with a `ground` (street, water or building) are drawn below. Raises PlacesError.
    """
    areas: dict[str, Area] = {}
    ground: list[Ground] = []
    for number, feature in enumerate(collection.get("features", []), start=1):
        try:
            told, geometry = feature["properties"], feature["geometry"]
            points = _points(geometry, told)
            if "ground" in told:
                ground.append(Ground(str(told["ground"]), points))
            else:
                outline = [[lon, lat] for lon, lat in points]
                areas[str(told["code"])] = Area(str(told["name"]), str(told.get("address", "")), outline)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise PlacesError(f"feature {number}: {error!r}") from None
    return Places(areas, ground)


def _points(geometry: Mapping[str, Any], told: Mapping[str, Any]) -> list[Point]:
    kind, given = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return circle((float(given[0]), float(given[1])), float(told["radius"]))
    line = given[0] if kind == "Polygon" else given if kind == "LineString" else None
    if line is None:
        raise ValueError(f"a {kind} is not drawn; use Polygon, LineString or Point")
    return [(float(lon), float(lat)) for lon, lat, *_height in line]


def circle(centre: Point, radius: float) -> list[Point]:
    """The corners of a circle of so many metres around a point."""
    lon, lat = centre
    high = radius / METRES_A_DEGREE
    wide = high / math.cos(math.radians(lat))
    turns = [2 * math.pi * corner / ROUND for corner in range(ROUND)]
    return [(lon + wide * math.cos(turn), lat + high * math.sin(turn)) for turn in turns]


def drawn(areas: Sequence[Area], ground: Iterable[Ground] = ()) -> str:
    """A figure (SVG) of the places that have an outline, numbered as in the list; empty when none has one."""
    shown = [(number, one) for number, one in enumerate(areas, start=1) if one.outline]
    if not shown:
        return ""
    corners = [(point[0], point[1]) for _number, one in shown for point in one.outline]
    view = _View.around(corners)
    parts = [_ground(one, view) for one in ground]
    for number, one in shown:
        points = [(point[0], point[1]) for point in one.outline]
        parts.append(
            f'<polygon points="{view.line(points)}" fill="{RED}" fill-opacity="0.22" stroke="{RED}" stroke-width="2"/>'
        )
        parts.append(_number(number, view.middle(points)))
    parts.append(_scale(view))
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true">'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fbfaf7"/>{body}</svg>'
    )


@dataclass(frozen=True)
class _View:
    """From degrees to the paper: the middle, and how many metres are one unit of the drawing."""

    lon: float
    lat: float
    metres: float  # a unit

    @classmethod
    def around(cls, points: Sequence[Point]) -> "_View":
        """A view with all of these points in it, and room around them."""
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        wide = (max(lons) - min(lons)) * METRES_A_DEGREE * math.cos(math.radians(lat))
        high = (max(lats) - min(lats)) * METRES_A_DEGREE
        room = 1 + 2 * AROUND
        across = max(wide * room / (WIDTH - 2 * MARGIN), high * room / (HEIGHT - 2 * MARGIN), LEAST_METRES / WIDTH)
        return cls(lon, lat, across)

    def on_paper(self, point: Point) -> Point:
        """Where a point comes."""
        east = (point[0] - self.lon) * METRES_A_DEGREE * math.cos(math.radians(self.lat))
        north = (point[1] - self.lat) * METRES_A_DEGREE
        return WIDTH / 2 + east / self.metres, HEIGHT / 2 - north / self.metres

    def line(self, points: Iterable[Point]) -> str:
        """Points as SVG writes them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self.on_paper, points))

    def middle(self, points: Sequence[Point]) -> Point:
        """The middle of an outline on the paper."""
        found = [self.on_paper(point) for point in points]
        return sum(x for x, _y in found) / len(found), sum(y for _x, y in found) / len(found)


def _ground(one: Ground, view: _View) -> str:
    colour = GROUND.get(one.kind, GROUND["building"])
    if one.kind == "street":
        return f'<polyline points="{view.line(one.points)}" fill="none" stroke="{colour}" stroke-width="5"/>'
    return f'<polygon points="{view.line(one.points)}" fill="{colour}"/>'


def _number(number: int, at: Point) -> str:
    x, y = at
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="#ffffff" stroke="{RED}" stroke-width="2"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="15" text-anchor="middle" {FONT} fill="{RED}">'
        f"{number}</text>"
    )


def _scale(view: _View) -> str:
    """A bar of a round length, and where the north is."""
    length = max((step for step in STEPS if step / view.metres <= WIDTH / 4), default=STEPS[0])
    x, y, wide = MARGIN, HEIGHT - 18, length / view.metres
    style = f'font-size="14" {FONT} fill="#1d2b30"'
    return (
        f'<path d="M{x:.1f} {y - 6:.1f}v6h{wide:.1f}v-6" fill="none" stroke="#1d2b30" stroke-width="2"/>'
        f'<text x="{x + wide + 8:.1f}" y="{y:.1f}" {style}>{escape(str(length))} m</text>'
        f'<path d="M{WIDTH - 30:.1f} 44v-26l-6 9m6-9l6 9" fill="none" stroke="#1d2b30" stroke-width="2"/>'
        f'<text x="{WIDTH - 30:.1f}" y="60" text-anchor="middle" {style}>N</text>'
    )


def typed_places(text: str) -> list[Area]:
    """Places that somebody typed, one a line: "name, address"; without an outline."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _comma, address = line.partition(",")
        found.append(Area(name.strip(), address.strip()))
    return found
