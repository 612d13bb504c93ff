"""Tables of areas out of the vault as GeoJSON: what was counted, what is expected and where there is more than chance.

Only what passed the gate for small numbers is in it. Every neighbourhood has its shape; one that the table does not
name says `shown: false`, whether it had few or none. Why, when and who stand in the file and in the vault's own log.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from knooppunt.findings.export import LEAST_REASON, NoReasonError, Purpose
from knooppunt.linkage.borders import TOLERANCE, borders_of, features_of, in_degrees
from knooppunt.outlook.forecast import Forecast
from knooppunt.outlook.hotspots import HotSpot
from knooppunt.outlook.series import Series
from knooppunt.vault import Vault
from knooppunt.vault.knowing import since
from knooppunt.vault.staging import log

ROUND = 16  # sides of a quarter circle


@dataclass(frozen=True)
class AreaTables:
    """What was worked out about areas as of a day."""

    as_of: date
    series: Series
    forecast: Forecast
    spots: Sequence[HotSpot] = ()


@dataclass(frozen=True)
class Looked:
    """Where there were more reports than chance puts there, in so many months before a day."""

    as_of: date
    months: int
    spots: Sequence[HotSpot]


def check_reason(purpose: Purpose) -> None:
    """Raises NoReasonError for a reason of fewer than ten characters."""
    if len(purpose.reason.strip()) < LEAST_REASON:
        raise NoReasonError("Say in a few words why these figures leave the vault (--reason); nothing was exported.")


def export_areas(vault: Vault, tables: AreaTables, purpose: Purpose) -> bytes:
    """The tables of areas as GeoJSON (RFC 7946, WGS84), noted in the vault's log.

    Shapes are those of the day of the tables, none where the vault has no boundaries: then an area has a name and no
    geometry. Raises NoReasonError for a reason of fewer than ten characters, VaultError when shapes cannot be read.
    """
    check_reason(purpose)
    then = vault.about(tables.as_of)
    features = _areas(then, tables) + _spots(tables.spots)
    about = {"what": tables.series.what, "as_of": tables.as_of.isoformat(), "verdict": tables.forecast.verdict}
    return _written(vault, features, about | _drawn_from(then), purpose)


def export_spots(vault: Vault, looked: Looked, purpose: Purpose) -> bytes:
    """Hot spots of reports as GeoJSON (RFC 7946, WGS84), noted in the vault's log as `export_areas` does.

    A spot has ten cases at least: fewer never make one. Raises NoReasonError for a reason of fewer than ten characters.
    """
    check_reason(purpose)
    about = {"what": "reports", "as_of": looked.as_of.isoformat(), "months": looked.months}
    return _written(vault, _spots(looked.spots), about, purpose)


def _written(vault: Vault, features: list[dict[str, Any]], about: dict[str, Any], purpose: Purpose) -> bytes:
    """The file, with a header that says why, when and who; the same goes to the vault's log."""
    by = {"by": " ".join(purpose.by.split())} if purpose.by else {}
    why = {"reason": " ".join(purpose.reason.split()), "exported_at": purpose.at.isoformat()}
    header = why | about | by
    collection = {"type": "FeatureCollection", "export": header, "features": features}
    kinds = Counter(one["properties"]["kind"] for one in features)
    told = {"areas": kinds["area"], "spots": kinds["hot_spot"]}
    log(vault.path, {"event": "export", "format": "geojson"} | told | header | {"at": why["exported_at"]})
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _drawn_from(vault: Vault) -> dict[str, Any]:
    """From which delivery the shapes are, and how much simpler they were made (metres)."""
    drawn = [since(one).isoformat() for one in vault.registers() if one.register == "boundaries"]
    return {"boundaries": drawn[0], "tolerance": TOLERANCE} if drawn else {}


def _areas(vault: Vault, tables: AreaTables) -> list[dict[str, Any]]:
    """Every neighbourhood of the day with its figures, and what is no neighbourhood of then without a shape."""
    told = _figures(tables)
    features = []
    for feature in features_of(borders_of(vault)):
        figures = told.pop(feature["id"], None)
        feature["properties"] |= {"kind": "area", "shown": figures is not None} | (figures or {})
        features.append(feature)
    left = [
        {"type": "Feature", "geometry": None, "properties": {"kind": "area", "shown": True} | one}
        for one in told.values()
    ]
    return features + left


def _figures(tables: AreaTables) -> dict[str, dict[str, Any]]:
    """Per area, by its code or else its name: its name, its counts by month, and what is expected."""
    series = tables.series
    expected = {one.name: one for one in tables.forecast.areas}
    codes = series.codes or ("",) * len(series.areas)
    told: dict[str, dict[str, Any]] = {}
    for name, code, counts in zip(series.areas, codes, series.counts.tolist(), strict=True):
        months = {month.isoformat()[:7]: number for month, number in zip(series.months, counts, strict=True)}
        told[code or name] = {"name": name, "total": sum(counts), "months": months}
        if name in expected:
            ahead = {key: value for key, value in vars(expected[name]).items() if key != "name"}
            told[code or name]["ahead"] = {"month": tables.forecast.month.isoformat()[:7]} | ahead
    return told


def _spots(spots: Sequence[HotSpot]) -> list[dict[str, Any]]:
    """Hot spots as circles drawn by their sides."""
    circles = [shapely.buffer(shapely.Point(one.x, one.y), one.radius, quad_segs=ROUND) for one in spots]
    drawn = shapely.to_geojson(in_degrees(circles)) if circles else ()
    told = [{key: value for key, value in one.to_json().items() if key not in ("x", "y")} for one in spots]
    return [
        {"type": "Feature", "geometry": json.loads(shape), "properties": {"kind": "hot_spot"} | one}
        for one, shape in zip(told, drawn, strict=True)
    ]
