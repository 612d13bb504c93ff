"""The boundaries of the fictional neighbourhoods, districts and municipality, as CBS and PDOK give them: a GeoPackage.

A neighbourhood is all that lies nearest to its middle (Voronoi), within an outline round all of them. Then every point
is moved a little by where it lies, so that borders wind; neighbours keep one border, for what they share moves alike.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knooppunt.synthetic.division import CENTRE, ROOM, WIGGLE, reach
from knooppunt.synthetic.model import MUNICIPALITY_CODE, STAND_ON, Neighbourhood

FILE = "boundaries.gpkg"
MUNICIPALITY = "Zilverdam"
_LAST_CHANGE = "OGR_CURRENT_DATE"  # what GDAL writes as the moment of making: the same for the same town
_OUTSIDE = 1.25  # times the room that a neighbourhood needs: how far the outline lies from the outer ones
_HOLLOW = 0.35  # how deep the outline may bend in (0: as deep as can be, 1: nowhere)
_PIECE = 30.0  # metres between the points of a border
_WAVES = ((0.0, 1.0, 190.0, 0.55), (0.7, 0.7, 95.0, 0.3), (0.9, -0.4, 42.0, 0.15))
"""Direction, length of a radian in metres, and share of WIGGLE. Their slopes add up to less than one: nothing folds."""

Numbers = npt.NDArray[np.float64]


def write_boundaries(folder: Path, neighbourhoods: Sequence[Neighbourhood]) -> None:
    """Write the shapes of these neighbourhoods and of the districts and the municipality that they make."""
    import pyogrio  # noqa: PLC0415  GDAL comes along, a moment that most of the library does not need

    (folder / FILE).unlink(missing_ok=True)  # layers would be added to it
    shapes = shapes_of(neighbourhoods)
    districts: dict[str, tuple[str, list[Any]]] = {}
    for one, shape in zip(neighbourhoods, shapes, strict=True):
        district = one.code[:6]
        name = f"Wijk {district[4:]} {one.name}"  # as CBS does: by its number and what it is known for
        districts.setdefault(f"WK{district}", (name, []))[1].append(shape)
    layers = {
        ("buurten", "buurt"): {
            f"BU{one.code}": (one.name, [shape]) for one, shape in zip(neighbourhoods, shapes, strict=True)
        },
        ("wijken", "wijk"): districts,
        ("gemeenten", "gemeente"): {f"GM{MUNICIPALITY_CODE}": (MUNICIPALITY, shapes)},
    }
    pyogrio.set_gdal_config_options({_LAST_CHANGE: f"{STAND_ON}T00:00:00Z"})
    try:
        for (layer, what), areas in layers.items():
            _write(folder / FILE, layer, what, areas)
    finally:
        pyogrio.set_gdal_config_options({_LAST_CHANGE: None})


def shapes_of(neighbourhoods: Sequence[Neighbourhood]) -> list[Any]:
    """The shape of each neighbourhood (EPSG:28992, to the decimetre), side by side without gaps or overlaps."""
    import shapely  # noqa: PLC0415  a moment that most of the library does not need

    middles = shapely.multipoints([(one.x, one.y) for one in neighbourhoods])
    room = _OUTSIDE * max(reach(one.streets) + ROOM for one in neighbourhoods)
    wide = shapely.buffer(shapely.concave_hull(middles, ratio=_HOLLOW), 2 * room)
    outline = shapely.buffer(wide, -room)  # by way of a wider one: no sharp corners inwards
    cells = [outline]
    if len(neighbourhoods) > 1:
        around = shapely.buffer(outline, room)
        cells = list(shapely.get_parts(shapely.voronoi_polygons(middles, extend_to=around, ordered=True)))
    whole = shapely.segmentize(shapely.intersection(cells, outline), _PIECE)
    return list(shapely.transform(whole, _moved))


def _moved(points: Numbers) -> Numbers:
    """Each point moved by waves, WIGGLE metres at most in each direction, and rounded."""
    at = points - np.array(CENTRE)
    moved = np.zeros_like(points)
    for east, north, length, share in _WAVES:
        for axis, (x, y) in enumerate(((east, north), (north, -east))):
            moved[:, axis] += share * np.sin((at[:, 0] * x + at[:, 1] * y) / length + axis + length)
    rounded: Numbers = np.round(points + WIGGLE * moved, 1)
    return rounded


def _write(path: Path, layer: str, what: str, areas: dict[str, tuple[str, list[Any]]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  with the one above
    import pyogrio  # noqa: PLC0415  see there
    import shapely  # noqa: PLC0415  see there

    merged = [shapely.union_all(parts) for _name, parts in areas.values()]
    shapes = [one if isinstance(one, shapely.MultiPolygon) else shapely.multipolygons([one]) for one in merged]
    table = pa.table(
        {
            f"{what}code": list(areas),
            f"{what}naam": [name for name, _parts in areas.values()],
            "water": ["NEE"] * len(areas),
            "geometry": pa.array([shapely.to_wkb(one) for one in shapes], pa.binary()),
        }
    )
    form = {"geometry_name": "geometry", "geometry_type": "MultiPolygon", "crs": "EPSG:28992"}
    pyogrio.write_arrow(table, path, layer=layer, driver="GPKG", append=path.exists(), **form)
