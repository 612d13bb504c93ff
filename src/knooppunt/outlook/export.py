"""Tables of areas out of the vault as GeoJSON: what was counted, what is expected and where there is more than chance.

Only what passed the gate for small numbers is in it, per month too (`telling`): a figure that is null is not told.
Every neighbourhood has its shape; one of which nothing is told says `shown: false`, whether it had few or none. Why,
when and who stand in the file and in the vault's own log.
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
from knooppunt.outlook.telling import FEWER, SeriesTold, told_ahead, told_series, whole_years
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
    series = told_series(tables.series)
    features = _areas(then, tables, series) + _spots(tables.spots)
    about = {"what": series.what, "as_of": tables.as_of.isoformat(), "verdict": tables.forecast.verdict}
    totals = {"total_from": f"{series.first:%Y-%m}", "total_until": f"{series.last:%Y-%m}"}
    return _written(vault, features, about | FEWER | totals | _drawn_from(then), purpose)


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


def _areas(vault: Vault, tables: AreaTables, series: SeriesTold) -> list[dict[str, Any]]:
    """Every neighbourhood of the day with its figures, and what is no neighbourhood of then without a shape."""
    told = _figures(series, tables.forecast)
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


def _figures(series: SeriesTold, ahead: Forecast) -> dict[str, dict[str, Any]]:
    """Per area, by its code or else its name: its name, what is told of months and years, and what is expected."""
    expected = {one.name: one.to_json() for one in told_ahead(ahead, series.names)}
    told: dict[str, dict[str, Any]] = {}
    for area in series.areas:
        months = {f"{month:%Y-%m}": number for month, number in zip(series.months, area.months, strict=True)}
        years = {str(year): area.years[year].exact for year in whole_years(series.months)}
        total = {"total": area.total.exact, "total_low": area.total.low, "total_high": area.total.high}
        told[area.code or area.name] = {"name": area.name} | total | {"months": months, "years": years}
        if area.name in expected:
            figures = {key: value for key, value in expected[area.name].items() if key != "name"}
            told[area.code or area.name]["ahead"] = {"month": f"{ahead.month:%Y-%m}"} | figures
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
