"""The boundaries of the fictional neighbourhoods, districts and municipality, as CBS and PDOK give them: a GeoPackage.

Neighbourhoods are the squares of `layout`, side by side; a district is the first hundred, the municipality is all.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knooppunt.synthetic.layout import CENTRE, NEIGHBOURHOOD_M, spiral
from knooppunt.synthetic.model import MUNICIPALITY_CODE, STAND_ON

FILE = "boundaries.gpkg"
MUNICIPALITY = "Zilverdam"
_LAST_CHANGE = "OGR_CURRENT_DATE"  # what GDAL writes as the moment of making: the same for the same town


def write_boundaries(folder: Path, neighbourhoods: Iterable[int]) -> None:
    """Write the shapes of these neighbourhoods (places in the spiral) and of what they lie in."""
    import pyogrio  # noqa: PLC0415  GDAL comes along, a moment that most of the library does not need
    import shapely  # noqa: PLC0415  likewise

    (folder / FILE).unlink(missing_ok=True)  # layers would be added to it
    half = NEIGHBOURHOOD_M / 2
    cells: dict[int, Any] = {}
    for index in sorted(neighbourhoods):
        x, y = (CENTRE[axis] + spiral(index)[axis] * NEIGHBOURHOOD_M for axis in (0, 1))
        cells[index] = shapely.box(x - half, y - half, x + half, y + half)
    districts: dict[int, list[Any]] = defaultdict(list)
    for index, cell in cells.items():
        districts[index // 100].append(cell)
    layers = {
        ("buurten", "buurt"): {f"BU{MUNICIPALITY_CODE}{n:04}": (f"Buurt {n + 1}", [cell]) for n, cell in cells.items()},
        ("wijken", "wijk"): {f"WK{MUNICIPALITY_CODE}{n:02}": (f"Wijk {n + 1}", own) for n, own in districts.items()},
        ("gemeenten", "gemeente"): {f"GM{MUNICIPALITY_CODE}": (MUNICIPALITY, list(cells.values()))},
    }
    pyogrio.set_gdal_config_options({_LAST_CHANGE: f"{STAND_ON}T00:00:00Z"})
    try:
        for (layer, what), areas in layers.items():
            _write(folder / FILE, layer, what, areas)
    finally:
        pyogrio.set_gdal_config_options({_LAST_CHANGE: None})


def _write(path: Path, layer: str, what: str, areas: dict[str, tuple[str, list[Any]]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  with the two above
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
