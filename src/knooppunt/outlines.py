"""What the ground of a map is drawn from: outlines of buildings, and the built-up area around them.

Both are made from the BAG in the vault and lie beside it as derived tables, in degrees (EPSG:4326) and ready to be
drawn, so that a map needs no tile server. Buildings are found by the square of 500 metres in which they lie.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import Transformer

from knooppunt.linkage.asof import occurrences_on
from knooppunt.linkage.borders import DEGREES, RD_NEW, in_degrees
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import Derived, Recipe, read_derived, write_derived
from knooppunt.vault.locking import writing

NAME = "outlines"
VERSION = 1
DECIMALS = 6  # of a degree: about a tenth of a metre

STANDING = (
    "Pand in gebruik (niet ingemeten)",
    "Pand in gebruik",
    "Verbouwing pand",
    "Sloopvergunning verleend",
    "Pand buiten gebruik",
)
"""Statuses of buildings that one can walk up to (BAG catalogue 2018, levenscyclus pand)."""

SQUARE = 500  # metres: buildings of one square lie together in the file
NEIGHBOURHOOD = 60  # metres: what lies within it of a building counts as built-up
ROUGH = 12  # metres: how far the edge of the built-up area may be off
_ROWS = 8_192  # in a row group: about the buildings of a town quarter
_AT_ONCE = 65_536  # buildings worked on together

_TABLE = pa.schema(
    [
        pa.field("row", pa.int32(), nullable=False),  # square, counted from the south
        pa.field("column", pa.int32(), nullable=False),  # square, counted from the west
        pa.field("geometry", pa.binary(), nullable=False),  # WKB in degrees
    ]
)


def draw_outlines(vault: Vault, *, at: datetime) -> bool:
    """Make the outlines of the buildings in the vault; False when they were made from this delivery before.

    `at` is the moment of making. Raises VaultError without BAG in the vault, or when another process writes to it.
    """
    bag = vault.delivery("bag")
    recipe = Recipe(NAME, VERSION, {"bag": bag.delivery})
    with writing(vault.path):
        now = read_derived(vault.path, NAME)
        if now is not None and now.key == recipe.key:
            return False
        on = bag.as_of or bag.ingested_at.date()
        write_derived(vault.path, recipe, made_at=at, write=lambda folder: _write(vault, folder, on))
        return True


def _write(vault: Vault, folder: Path, on: date) -> dict[str, Any]:
    pieces = list(_pieces(vault, folder / "standing", on)) or [_TABLE.empty_table()]
    table = pa.concat_tables(pieces).sort_by([("row", "ascending"), ("column", "ascending")])
    pq.write_table(table, folder / "outlines.parquet", row_group_size=_ROWS, compression="lz4")
    (folder / "built_up.json").write_text(_built_up(table), encoding="utf-8")
    return {}


def _pieces(vault: Vault, aside: Path, on: date) -> Iterator[pa.Table]:
    """The standing buildings in degrees, some at a time; `aside` is a file to put them in on the way."""
    engine = vault.connect()
    try:
        buildings = occurrences_on(engine.table("buildings"), on)
        standing = buildings.filter(buildings.status.isin(STANDING)).select("geometry")
        standing.to_parquet(aside)
    finally:
        engine.close()
    with pq.ParquetFile(aside) as file:
        for batch in file.iter_batches(_AT_ONCE):
            shapes = shapely.from_wkb(batch["geometry"].to_numpy(zero_copy_only=False))
            middle = shapely.get_coordinates(shapely.centroid(shapes)) // SQUARE
            columns = [
                middle[:, 1].astype(np.int32),
                middle[:, 0].astype(np.int32),
                shapely.to_wkb(in_degrees(shapes, decimals=DECIMALS)),
            ]
            yield pa.Table.from_arrays([pa.array(column) for column in columns], schema=_TABLE)
    aside.unlink()


def _built_up(table: pa.Table) -> str:
    """The built-up area as one GeoJSON geometry: squares around the buildings, joined and smoothed."""
    turn = Transformer.from_crs(DEGREES, RD_NEW, always_xy=True)
    bounds = shapely.bounds(shapely.from_wkb(table["geometry"].to_numpy()))
    x, y = turn.transform((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2)
    corners = np.unique(np.column_stack([x, y]) // NEIGHBOURHOOD, axis=0) * NEIGHBOURHOOD
    squares = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + NEIGHBOURHOOD, corners[:, 1] + NEIGHBOURHOOD)
    area = shapely.union_all(squares).buffer(NEIGHBOURHOOD).buffer(-NEIGHBOURHOOD / 2).simplify(ROUGH)
    return str(shapely.to_geojson(in_degrees([area], decimals=DECIMALS)[0]))


def _made(vault: Vault) -> Derived | None:
    """The outlines of the BAG now in the vault; those of an older delivery are nobody's ground."""
    made = read_derived(vault.path, NAME)
    recipe = Recipe(NAME, VERSION, {d.register: d.delivery for d in vault.registers() if d.register == "bag"})
    return made if made is not None and made.key == recipe.key else None


def built_up_area(vault: Vault) -> dict[str, Any] | None:
    """The built-up area as a GeoJSON geometry in degrees; None when `draw_outlines` was not called for this BAG."""
    made = _made(vault)
    if made is None:
        return None
    try:
        area: dict[str, Any] = json.loads((made.path / "built_up.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VaultError(
            f"{made.path} cannot be read ({error}). Remove {made.path.parent} and make it again."
        ) from error
    return area


def outlines_within(
    vault: Vault, *, west: float, south: float, east: float, north: float, most: int
) -> list[dict[str, Any]] | None:
    """Buildings in a rectangle (degrees) as GeoJSON geometries, at most `most`; a few around it come along.

    None when there are more, or when `draw_outlines` was not called for this BAG: nothing is drawn half.
    """
    made = _made(vault)
    if made is None:
        return None
    turn = Transformer.from_crs(DEGREES, RD_NEW, always_xy=True)
    x, y = turn.transform([west, west, east, east], [south, north, south, north])
    within = [
        ("row", ">=", int(min(y) // SQUARE)),
        ("row", "<=", int(max(y) // SQUARE)),
        ("column", ">=", int(min(x) // SQUARE)),
        ("column", "<=", int(max(x) // SQUARE)),
    ]
    try:
        found = pq.read_table(made.table_path("outlines"), columns=["geometry"], filters=within)
    except (OSError, ValueError) as error:
        raise VaultError(
            f"{made.path} cannot be read ({error}). Remove {made.path.parent} and make it again."
        ) from error
    shapes = shapely.from_wkb(found["geometry"].to_numpy())
    shapes = shapes[shapely.intersects(shapes, shapely.box(west, south, east, north))]
    return [json.loads(text) for text in shapely.to_geojson(shapes)] if len(shapes) <= most else None
