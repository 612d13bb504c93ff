"""Shapes of areas ready to be drawn: simple enough for a page, and still side by side.

Borders are made simpler together, so that two neighbours keep one and the same border. What is left out is a bend
that makes less of a difference than a square of TOLERANCE by TOLERANCE metres (Visvalingam and Whyatt 1993).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import Transformer

from knooppunt.linkage.areas import PARTS, Kind
from knooppunt.vault import Vault, VaultError

TOLERANCE = 25.0  # metres: a bend worth less than its square is not drawn
MOST = 500  # areas in one drawing; more cannot be told apart
DECIMALS = 5  # of a degree: about a metre
AFTER = ":"  # sorts after every digit
RD_NEW, DEGREES = "EPSG:28992", "EPSG:4326"
_PREFIX = {kind: prefix for kind, prefix, _length in PARTS}


@dataclass(frozen=True)
class Border:
    """One area to be drawn: its CBS code, its name, and its shape in EPSG:28992 (metres)."""

    code: str
    name: str
    shape: shapely.Geometry


def borders_of(vault: Vault, kind: Kind = "neighbourhood") -> tuple[Border, ...]:
    """The areas of one kind in the municipality of a vault, in order of code; none where nothing is to be drawn.

    Which delivery is asked is for the vault to say (`Vault.about`, `known_on`). Areas that had another code then,
    before a merger, are those within the municipality as it is now. Where an area is land and water, the land is drawn.
    Nothing is drawn of a vault without boundaries, or with more than MOST areas. Raises VaultError when a file cannot
    be read.
    """
    if "boundaries" not in {one.register for one in vault.registers()}:
        return ()
    try:
        rows = _rows(vault, kind) or _within_now(vault, kind)
    except (OSError, ValueError) as error:
        raise VaultError(f"The boundaries in {vault.path} cannot be read ({error}). Ingest them again.") from error
    if not 0 < len(rows) <= MOST:
        return ()
    simple = shapely.coverage_simplify([one.shape for one in rows], TOLERANCE)
    return tuple(Border(one.code, one.name, shape) for one, shape in zip(rows, simple, strict=True))


def _rows(vault: Vault, kind: Kind) -> list[Border]:
    """The areas with a code of this municipality, all of them where the vault does not say which it is about."""
    wanted: list[tuple[str, str, Any]] = [("level", "=", kind)]
    if vault.municipality is not None:
        begin = _PREFIX[kind] + vault.municipality
        wanted += [("code", ">=", begin), ("code", "<", begin + AFTER)]
    return _read(vault, wanted)


def _within_now(vault: Vault, kind: Kind) -> list[Border]:
    """The areas of then whose middle lies in the municipality as its newest shape says."""
    now = vault.about(None)
    own = _rows(now, "municipality")
    if vault.municipality is None or len(own) != 1:
        return []
    here = own[0].shape
    shapely.prepare(here)
    there = _read(vault, [("level", "=", kind)])
    inside = shapely.contains(here, shapely.point_on_surface([one.shape for one in there]))
    return [one for one, is_inside in zip(there, inside, strict=True) if is_inside]


def _read(vault: Vault, wanted: list[tuple[str, str, Any]]) -> list[Border]:
    columns = ["code", "water", "name", "geometry"]
    rows: pa.Table = pq.read_table(vault.table_path("boundaries"), columns=columns, filters=wanted)
    rows = rows.sort_by([("code", "ascending"), ("water", "descending")])  # of one code the land comes last, and stays
    shapes = shapely.from_wkb(rows["geometry"].to_numpy())
    named = zip(rows["code"].to_pylist(), rows["name"].to_pylist(), shapes, strict=True)
    return list({code: Border(code, name or code, shape) for code, name, shape in named}.values())


def in_degrees(shapes: Sequence[shapely.Geometry] | npt.NDArray[Any], *, decimals: int = DECIMALS) -> npt.NDArray[Any]:
    """Shapes in EPSG:28992 as shapes in degrees (EPSG:4326), longitude first."""
    turn = Transformer.from_crs(RD_NEW, DEGREES, always_xy=True)
    moved: npt.NDArray[Any] = shapely.transform(
        np.array(shapes, object), lambda at: np.round(np.column_stack(turn.transform(at[:, 0], at[:, 1])), decimals)
    )
    return moved


def features_of(borders: tuple[Border, ...]) -> list[dict[str, Any]]:
    """The areas as GeoJSON features (RFC 7946, so in degrees), with code and name as properties."""
    if not borders:
        return []
    drawn = shapely.to_geojson(in_degrees([one.shape for one in borders]))
    return [
        {
            "type": "Feature",
            "id": one.code,
            "properties": {"code": one.code, "name": one.name},
            "geometry": json.loads(shape),
        }
        for one, shape in zip(borders, drawn, strict=True)
    ]


@dataclass(frozen=True)
class Outline:
    """One area in a picture: the path to draw it by (SVG), and a point in it for a mark."""

    code: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """Areas as a picture `width` by `height`, north up. `west` and `north` (EPSG:28992) are its corner."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    west: float = 0.0
    north: float = 0.0
    scale: float = 1.0  # of the picture's units in a metre

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Where a point (EPSG:28992) lies in the picture."""
        return round((x - self.west) * self.scale), round((self.north - y) * self.scale)


def picture_of(borders: tuple[Border, ...], *, width: int = 1_000, most_high: int = 1_400) -> Picture:
    """Areas as a picture at most so wide and so high, in whole units; one without areas has nothing in it."""
    if not borders:
        return Picture(width, 0, ())
    west, south, east, north = shapely.total_bounds([one.shape for one in borders])
    scale = min(width / (east - west), most_high / (north - south))
    sizes = round((east - west) * scale), round((north - south) * scale)
    empty = Picture(*sizes, (), float(west), float(north), float(scale))
    return replace(empty, outlines=tuple(_outline(one, empty) for one in borders))


def _outline(border: Border, picture: Picture) -> Outline:
    rings = [ring for part in shapely.get_parts(border.shape) for ring in (part.exterior, *part.interiors)]
    lines = ["L".join("{},{}".format(*picture.place(*at)) for at in ring.coords[:-1]) for ring in rings]
    middle = shapely.point_on_surface(border.shape)
    return Outline(border.code, border.name, "".join(f"M{line}Z" for line in lines), *picture.place(middle.x, middle.y))
