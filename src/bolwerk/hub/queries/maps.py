"""The ground of a map, from the BAG in the vault: the built-up area and the buildings in view. Open data."""

from typing import Any

from bolwerk.hub.queries.vault import opened_vault
from knooppunt.outlines import built_up_area, outlines_within
from knooppunt.vault import VaultError

MOST_BUILDINGS = 4_000  # in view; with more of them the map is too far away to show any


def _collection(geometries: list[dict[str, Any]]) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def ground() -> dict[str, Any]:
    """The built-up area as GeoJSON; empty when it was not drawn, or the vault cannot be read."""
    try:
        area = built_up_area(opened_vault())
    except VaultError:
        area = None
    return _collection([area] if area else [])


def buildings(*, west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """The outlines of the buildings in a rectangle (degrees) as GeoJSON; empty when there are too many or none."""
    try:
        found = outlines_within(opened_vault(), west=west, south=south, east=east, north=north, most=MOST_BUILDINGS)
    except VaultError:
        found = None
    return _collection(found or [])
