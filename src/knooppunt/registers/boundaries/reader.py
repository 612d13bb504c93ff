"""Reading boundaries out of a GeoPackage. What is wrong with a feature is told with its layer and its place in it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from knooppunt.registers.boundaries.schemas import BOUNDARIES
from knooppunt.registers.boundaries.shapes import overlapping, wrong_with
from knooppunt.registers.delivery import Facts, Request, Sink
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection
from knooppunt.registers.tables.layers import layers_of

RD_NEW = ("EPSG:28992", "EPSG:7415")  # with heights or without
_ROWS = 2_000  # in memory at once
_ABROAD = "B"
_YEAR = re.compile(r"(20\d{2})")


@dataclass(frozen=True)
class Layer:
    """One level of areas: how CBS calls its layer, and the columns and codes in it."""

    level: str
    name: str
    code: str
    title: str
    form: re.Pattern[str]
    like: str


LAYERS = (
    Layer("neighbourhood", "buurten", "buurtcode", "buurtnaam", re.compile(r"BU\d{8}"), "BU and eight digits"),
    Layer("district", "wijken", "wijkcode", "wijknaam", re.compile(r"WK\d{6}"), "WK and six digits"),
    Layer("municipality", "gemeenten", "gemeentecode", "gemeentenaam", re.compile(r"GM\d{4}"), "GM and four digits"),
)
_WATER = "water"
_EDITIONS = ("jaarstatcode", "jrstatcode")  # 2025GM0221: the year the division is of


def read_boundaries(request: Request, sink: Sink) -> Facts:
    """Read boundaries into `sink`. Raises RefusedError for what is no GeoPackage or has none of the layers."""
    there = layers_of(request.path)
    known = [layer for layer in LAYERS if layer.name in there]
    if not known:
        names = ", ".join(layer.name for layer in LAYERS)
        raise EmptyRefusedError(request.path.name, None, f"has none of the layers {names}")
    facts, years = Facts(files=1), set[int]()
    for done, layer in enumerate(known, start=1):
        reading = _Reading(request.path, layer, sink)
        try:
            reading.read()
        except RefusedError as error:
            facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        else:
            facts.whole += 1
        years |= reading.years
        sink.progress(request.path.stat().st_size * done // len(known), reading.file)
    facts.as_of = date(years.pop(), 1, 1) if len(years) == 1 else None
    return facts


@dataclass
class _Reading:
    """One layer on its way into the vault. It is held whole, for areas must be compared with each other."""

    path: Path
    layer: Layer
    sink: Sink
    years: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.file = f"{self.path.name}/{self.layer.name}"

    def read(self) -> None:
        """Read the layer. Raises RefusedError for a layer that is wrong as a whole."""
        rows = []
        for number, cells in self._cells():
            found, reason = self._row(number, cells)
            if reason:
                self.sink.reject(Rejection(self.file, number, reason))
            elif found is not None:
                rows.append(found)
        apart = self._apart(rows)
        if apart:
            table = [{**row, "geometry": shapely.to_wkb(row["geometry"])} for row in apart]
            self.sink.add("boundaries", pa.Table.from_pylist(table, BOUNDARIES))

    def _cells(self) -> Iterator[tuple[int, dict[str, Any]]]:
        try:
            info = pyogrio.read_info(self.path, layer=self.layer.name)
            self._check(info)
            own = (self.layer.code, self.layer.title, _WATER, *_EDITIONS)
            columns = [name for name in own if name in info["fields"]]
            asked: dict[str, Any] = {"columns": columns, "batch_size": _ROWS, "use_pyarrow": True}
            number = 0
            with pyogrio.open_arrow(self.path, layer=self.layer.name, **asked) as (meta, batches):
                for batch in batches:
                    found = batch[meta["geometry_name"] or "wkb_geometry"].to_numpy(zero_copy_only=False)
                    shapes = shapely.force_2d(shapely.from_wkb(found))
                    for cells, shape in zip(batch.select(columns).to_pylist(), shapes, strict=True):
                        number += 1
                        yield number, {**cells, "geometry": shape}
        except (DataLayerError, DataSourceError, OSError, shapely.errors.GEOSException) as error:
            raise RefusedError(self.file, None, f"is damaged or cut short ({error})") from error

    def _check(self, info: dict[str, Any]) -> None:
        if self.layer.code not in info["fields"]:
            raise RefusedError(self.file, None, f"has no column {self.layer.code}")
        if info["crs"] not in RD_NEW:
            raise RefusedError(self.file, None, f"the coordinates are in {info['crs']}, not in {RD_NEW[0]}")

    def _row(self, number: int, cells: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
        """The canonical row of a feature, or why there is none; neither for what lies abroad."""
        water = str(cells.get(_WATER) or "").strip().upper()
        if water == _ABROAD:
            return None, ""
        code = str(cells[self.layer.code] or "").strip().upper()
        if not code:
            return None, f"{self.layer.code} is empty or cannot be read"
        if not self.layer.form.fullmatch(code):
            return None, f"{self.layer.code} “{code[:20]}” is not {self.layer.like}"
        if reason := wrong_with(cells["geometry"]):
            return None, f"{code} {reason}"
        self.years |= {int(found[1]) for name in _EDITIONS if (found := _YEAR.match(str(cells.get(name) or "")))}
        name = " ".join(str(cells.get(self.layer.title) or "").split())[:200] or None
        own = {"level": self.layer.level, "code": code, "water": int(water == "JA"), "name": name}
        return own | {"geometry": cells["geometry"], "source_file": self.file, "source_line": number}, ""

    def _apart(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows without those that lie over an earlier one; two features of one code are told by the vault."""
        if not rows:
            return rows
        over: dict[int, list[int]] = defaultdict(list)
        for later, earlier in overlapping(np.array([row["geometry"] for row in rows])):
            one, other = rows[later], rows[earlier]
            if (one["code"], one["water"]) != (other["code"], other["water"]) and earlier not in over:
                over[later].append(earlier)
        for later, (first, *_others) in over.items():
            one, other = rows[later], rows[first]
            reason = f"{one['code']} lies over {other['code']} (line {other['source_line']})"
            self.sink.reject(Rejection(self.file, one["source_line"], reason))
        return [row for number, row in enumerate(rows) if number not in over]
