"""The municipality's own places as somebody types them: what is right, and how the corners are read. Pure."""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.areas import Area, Point, circle

NAME_LIMIT, ADDRESS_LIMIT = 80, 118  # with ", " between them they fit a line of `areas.PLACE_LIMIT`
MOST_CORNERS, LEAST_CORNERS = 60, 3
LEAST_RADIUS, MOST_RADIUS = 5, 5000  # metres
# Where the Netherlands lie (EPSG area of use of RD, rounded outwards): catches numbers that were swapped.
NORTH, SOUTH, WEST, EAST = 53.8, 50.7, 3.2, 7.3
PAIR = re.compile(r"\s*(\d{1,2}\.\d{1,10})\s*[,;\s]\s*(\d{1,2}\.\d{1,10})\s*")


class CornersError(ValueError):
    """The corners cannot be used; `text` says why."""

    def __init__(self, text: str | Promise, **parts: object) -> None:
        super().__init__(str(text))
        self.text, self.parts = text, parts


def corners_typed(text: str) -> list[Point]:
    """Read "latitude, longitude", one a line, as map sites give them. Raises CornersError."""
    found: list[Point] = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        pair = PAIR.fullmatch(line)
        if pair is None:
            raise CornersError(_("Line %(number)d is no pair such as 52.6431, 5.0597."), number=number)
        lat, lon = float(pair[1]), float(pair[2])
        if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
            raise CornersError(
                _("Line %(number)d does not lie in the Netherlands. Are the numbers swapped?"), number=number
            )
        found.append((lon, lat))
    if len(found) > MOST_CORNERS:
        raise CornersError(_("At most %(most)d corners."), most=MOST_CORNERS)
    return found


def check_shape(points: Sequence[Point], radius: int | None) -> None:
    """Nothing, one point with a radius, or three corners and more. Raises CornersError."""
    if len(points) == 1 and radius is None:
        raise CornersError(_("One point is the middle of a circle: fill in how many metres around it."))
    if 1 < len(points) < LEAST_CORNERS:
        raise CornersError(_("Two points are no area. Fill in one, or at least three."))


def corners_in_words(points: Sequence[Sequence[float]]) -> str:
    """Points as they are typed."""
    return "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in points)


def area_of(name: str, address: str, points: Sequence[Sequence[float]], radius: int | None) -> Area:
    """A place as a measure keeps it: the circle is drawn out into corners."""
    corners = [(float(lon), float(lat)) for lon, lat in points]
    if len(corners) == 1 and radius:
        corners = circle(corners[0], radius)
    return Area(name, address, [[lon, lat] for lon, lat in corners])
