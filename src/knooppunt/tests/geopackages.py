"""A GeoPackage of the BAG as PDOK lays it out, made with pyogrio out of a few rows."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import shapely

RD_NEW = "EPSG:28992"
Rows = list[dict[str, Any]]

ADDRESS = {
    "openbare_ruimte_naam": "Kade", "openbare_ruimte_naam_kort": None, "huisnummer": 1, "huisletter": None,
    "toevoeging": None, "postcode": "6981CE", "woonplaats_naam": "Doesburg",
    "openbare_ruimte_identificatie": "0221300000000001", "woonplaats_identificatie": "2096",
    "bronhouder_identificatie": "0221",
}  # fmt: skip


def square(x: float, y: float, side: float = 10.0) -> shapely.Polygon:
    """A square with its lower left corner at a position."""
    return shapely.box(x, y, x + side, y + side)


def town(number: str = "2096", name: str = "Doesburg", holder: str = "0221", x: float = 206_000) -> dict[str, Any]:
    """A town of one kilometre."""
    shape = shapely.multipolygons([square(x, 447_000, 1_000)])
    own = {"identificatie": number, "status": "Woonplaats aangewezen", "woonplaats": name}
    return own | {"bronhouder_identificatie": holder, "geometry": shape}


def premises(number: int = 1, x: float = 206_100.0, **changed: Any) -> dict[str, Any]:
    """A home with an address."""
    own = {
        "identificatie": f"022101{number:010}", "status": "Verblijfsobject in gebruik", "oppervlakte": 80,
        "gebruiksdoel": "winkelfunctie,woonfunctie", "pand_identificatie": f"022110{number:010}",
        "nummeraanduiding_hoofdadres_identificatie": f"022120{number:010}", "geometry": shapely.Point(x, 447_105),
    }  # fmt: skip
    return ADDRESS | {"huisnummer": number} | own | changed


def place(code: str, number: int, **changed: Any) -> dict[str, Any]:
    """A mooring (02) or a pitch (03) with an address."""
    own = {
        "identificatie": f"0221{code}{number:010}", "status": "Plaats aangewezen",
        "nummeraanduiding_hoofdadres_identificatie": f"022120{number:010}", "geometry": square(206_300, 447_300),
    }  # fmt: skip
    return ADDRESS | {"huisnummer": number} | own | changed


def building(number: int = 1, x: float = 206_095.0, **changed: Any) -> dict[str, Any]:
    """A building."""
    own = {"identificatie": f"022110{number:010}", "bouwjaar": 1992, "status": "Pand in gebruik"}
    return own | {"geometry": square(x, 447_100)} | changed


def layers(**changed: Rows) -> dict[str, Rows]:
    """All layers, each with a row or two."""
    own = {
        "woonplaats": [town()], "verblijfsobject": [premises(1), premises(2, 206_120)],
        "ligplaats": [place("02", 11)], "standplaats": [place("03", 12)],
        "pand": [building(1), building(2, 206_115)],
    }  # fmt: skip
    return own | changed


def write_geopackage(path: Path, made: dict[str, Rows], *, crs: str = RD_NEW) -> Path:
    """Write the layers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for layer, rows in made.items():
        shapes = shapely.to_wkb([row["geometry"] for row in rows]).tolist()
        names = [name for name in rows[0] if name != "geometry"]
        columns = {name: [row[name] for row in rows] for name in names}
        table = pa.table(
            {name: pa.array(values, pa.string() if set(values) == {None} else None) for name, values in columns.items()}
            | {"geometry": pa.array(shapes, pa.binary())}
        )
        kind = {"woonplaats": "MultiPolygon", "gemeenten": "MultiPolygon", "verblijfsobject": "Point"}.get(
            layer, "Polygon"
        )
        pyogrio.write_arrow(
            table, path, layer=layer, driver="GPKG", geometry_name="geometry", geometry_type=kind, crs=crs,
            append=path.exists(),
        )  # fmt: skip
    return path
