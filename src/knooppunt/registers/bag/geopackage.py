"""The BAG as PDOK gives it to everybody: one GeoPackage, everything as it is now, nothing of what was.

Its layers are pand, verblijfsobject, ligplaats, standplaats and woonplaats. Addresses and streets have no layer: they
are columns of every object, and become tables here. What an occurrence has and the file does not say is filled in, the
same everywhere: occurrence 1, valid and registered from the day of the file on. The delivery says so in its quality
(`without_history`), and whoever asks about a day before it gets a sentence, not zero. Source: bag-light.gpkg at
service.pdok.nl (CC0), of which the columns were read in public code, not in the file itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from knooppunt.registers.bag import codes, current, schemas
from knooppunt.registers.bag.current import Checked
from knooppunt.registers.delivery import Facts
from knooppunt.registers.refusal import RefusedError, Rejection, StoppedError

if TYPE_CHECKING:
    from knooppunt.registers.delivery import Request, Sink

COUNTRY = "9999"
RD_NEW = "EPSG:28992"
ROWS = 65_536  # in memory at once
_MAGIC = b"SQLite format 3\0"
_HOLDER = "bronhouder_identificatie"
_ADDRESS = (
    "identificatie", "status", "openbare_ruimte_naam", "openbare_ruimte_naam_kort", "huisnummer", "huisletter",
    "toevoeging", "postcode", "nummeraanduiding_hoofdadres_identificatie", "openbare_ruimte_identificatie",
    "woonplaats_identificatie", _HOLDER,
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "woonplaats": ("identificatie", "status", "woonplaats", _HOLDER),
    "verblijfsobject": (*_ADDRESS, "oppervlakte", "gebruiksdoel", "pand_identificatie"),
    "ligplaats": _ADDRESS,
    "standplaats": _ADDRESS,
    "pand": ("identificatie", "bouwjaar", "status"),
}
"""The layers in the order in which they are read, with the columns that are needed of each."""

NOT_IN_IT = ("earlier occurrences", "geconstateerd", "documents", "side addresses", "in onderzoek", "kinds of streets")


class Cut(NamedTuple):
    """The part of a layer that is wanted: rows of a municipality, or those inside its towns."""

    where: str | None = None
    bounds: tuple[float, float, float, float] | None = None


def read_geopackage(request: Request, sink: Sink) -> Facts:
    """Read a GeoPackage of the BAG into `sink`; of the whole country, only the municipality that is welcome.

    Raises RefusedError for a file that is no GeoPackage of the BAG, and what `sink.reject` raises for an object.
    """
    name = request.path.name
    with request.path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise RefusedError(name, None, "is not a GeoPackage")
    with _sentences(name):
        day = request.as_of or _changed_on(request)
        reading = _Reading(request, sink, day)
        for layer in COLUMNS:
            reading.layer(layer)
        reading.streets()
    told = {"without_history": day.isoformat(), "not_in_delivery": ", ".join(NOT_IN_IT)}
    return Facts(files=1, as_of=day, municipality=reading.municipality, quality=told)


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    """What GDAL and SQLite say of a file that is damaged or something else, as a refusal."""
    try:
        yield
    except (DataSourceError, DataLayerError, sqlite3.Error, pa.ArrowException) as error:
        raise RefusedError(name, None, f"is damaged or not a GeoPackage of the BAG ({error})") from error


def _changed_on(request: Request) -> date:
    """The last day on which the contents changed, as the GeoPackage itself says."""
    with sqlite3.connect(f"file:{request.path.as_posix()}?mode=ro", uri=True) as known:
        ((moment,),) = known.execute("SELECT max(last_change) FROM gpkg_contents").fetchall()
    known.close()
    if moment is None:
        raise RefusedError(request.path.name, None, "says nowhere of which day it is; give it with --as-of")
    return date.fromisoformat(str(moment)[:10])


@dataclass
class _Reading:
    request: Request
    sink: Sink
    day: date
    municipality: str = COUNTRY
    cut: Cut = field(default_factory=Cut)
    inside: Any = None  # the towns of the municipality, as one shape
    towns: list[Any] = field(default_factory=list)
    held: list[tuple[Checked, str]] = field(default_factory=list)
    spaces: dict[int, tuple[str, str | None, int]] = field(default_factory=dict)
    done: float = 0.0

    @property
    def name(self) -> str:
        return self.request.path.name

    def layer(self, layer: str) -> None:
        """Read one layer, batch by batch."""
        info = pyogrio.read_info(self.request.path, layer=layer)
        missing = [one for one in COLUMNS[layer] if one not in info["fields"]]
        if missing:
            raise RefusedError(self.name, None, f"has no column {', '.join(missing)} in its layer {layer}")
        if info["crs"] != RD_NEW:
            raise RefusedError(self.name, None, f"has a layer {layer} in {info['crs']}, not in {RD_NEW}")
        bounds = self.cut.bounds if layer == "pand" else None
        where = None if layer in ("pand", "woonplaats") else self.cut.where
        asked: dict[str, Any] = {"columns": list(COLUMNS[layer]), "batch_size": ROWS, "use_pyarrow": True}
        with pyogrio.open_arrow(self.request.path, layer=layer, where=where, bbox=bounds, **asked) as (meta, batches):
            seen = 0
            for batch in batches:
                rows = pa.Table.from_batches([batch])
                self.take(layer, rows.rename_columns(_plain(rows.column_names, meta["geometry_name"])), seen)
                seen += batch.num_rows
                self.sink.progress(int(self.done), f"{self.name}/{layer}")
        self.done += self.request.path.stat().st_size / len(COLUMNS)
        if layer == "woonplaats":
            self.choose()

    def take(self, layer: str, rows: pa.Table, seen: int) -> None:
        """Check the rows of a batch, refuse what is wrong, hand over the rest."""
        shapes = shapely.force_2d(shapely.from_wkb(rows["geometry"].to_numpy(zero_copy_only=False)))
        if layer == "pand" and self.inside is not None:
            middle = shapely.centroid(shapes)
            here = shapely.contains_xy(self.inside, shapely.get_x(middle), shapely.get_y(middle))
            rows, shapes = rows.filter(pa.array(here)), shapes[here]
        checked = current.READERS[layer](rows, shapes)
        file = f"{self.name}/{layer}"
        for place, reason in checked.refused():
            self.sink.reject(Rejection(file, seen + place + 1, reason))
        if layer == "woonplaats":
            self.towns += zip(*checked.good("id", "holder"), shapes[checked.fine], strict=True)
            self.held.append((checked, file))  # until it is known which of them are wanted
            return
        self.add(checked, file)
        self.remember(checked)

    def add(self, checked: Checked, file: str) -> None:
        """Hand over the rows that are fine."""
        for table, columns in checked.tables().items():
            self.sink.add(table, self.occurrences(table, columns, file))

    def remember(self, checked: Checked) -> None:
        """Keep the streets that the rows name; each becomes one row at the end."""
        if "space" in checked.columns:
            for space, *told in zip(*checked.good("space", "street", "short", "town"), strict=True):
                self.spaces.setdefault(space, tuple(told))

    def choose(self) -> None:
        """Settle which municipality this is about; of a file of the whole country the part that is welcome is read."""
        there = {holder for _town, holder, _shape in self.towns}
        own = next(iter(there)) if len(there) == 1 else COUNTRY
        wanted = self.request.municipality or own
        if wanted not in (*there, COUNTRY) or (wanted == COUNTRY and own != COUNTRY):
            raise StoppedError(self.name, None, f"is about municipality {own}, not {wanted}")
        self.municipality = wanted
        if wanted != COUNTRY:
            if not re.fullmatch("[0-9]{4}", wanted):
                raise StoppedError(self.name, None, f"“{wanted}” is not the code of a municipality")
            self.inside = shapely.union_all([shape for _town, holder, shape in self.towns if holder == wanted])
            shapely.prepare(self.inside)
            self.cut = Cut(f"{_HOLDER} = '{wanted}'", tuple(shapely.bounds(self.inside).tolist()))
        for checked, file in self.held:
            if wanted != COUNTRY:
                checked.fine &= np.array([one == wanted for one in checked.columns["holder"].to_pylist()])
            self.add(checked, file)
        rows = [(town, holder) for town, holder, _shape in self.towns if wanted in (COUNTRY, holder)]
        told = {"town": [one[0] for one in rows], "municipality": [one[1] for one in rows]}
        count = len(rows)
        same = {"valid_from": [self.day] * count, "valid_to": [None] * count, "status": ["definitief"] * count}
        self.sink.add("town_municipality", pa.table(told | same, schema=schemas.TOWN_MUNICIPALITY))

    def streets(self) -> None:
        """Add the streets that the addresses named."""
        ids = sorted(self.spaces)
        told = [self.spaces[one] for one in ids]
        columns: dict[str, Any] = {
            "id": ids, "name": [one[0] for one in told], "short_name": [one[1] for one in told],
            "town": [one[2] for one in told], "kind": [current.UNKNOWN] * len(ids),
            "status": [codes.STATUS_NAMING[0]] * len(ids),
        }  # fmt: skip
        if ids:
            self.sink.add("public_spaces", self.occurrences("public_spaces", columns, self.name))

    def occurrences(self, table: str, columns: dict[str, Any], file: str) -> pa.Table:
        """Columns that were read, with what an occurrence has and the file does not say."""
        schema, count = schemas.TABLES[table], len(columns["id"])
        moment = datetime.combine(self.day, time())
        same = {
            "occurrence": 1, "established": False, "document_on": self.day, "document_number": "",
            "valid_from": self.day, "registered_at": moment, "available_at": moment, "part": codes.STAND,
            "source_file": file,
        }  # fmt: skip
        arrays = []
        for one in schema:
            told = columns.get(one.name)
            if told is None:
                plain = one.type.value_type if pa.types.is_dictionary(one.type) else one.type
                told = pa.repeat(pa.scalar(same.get(one.name), plain), count)
            made = told if isinstance(told, pa.Array | pa.ChunkedArray) else pa.array(told)
            made = made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
            arrays.append(made.dictionary_encode() if pa.types.is_dictionary(one.type) else made.cast(one.type))
        return pa.Table.from_arrays(arrays, schema=schema)


def _plain(names: list[str], geometry: str) -> list[str]:
    return ["geometry" if one == (geometry or "wkb_geometry") else one for one in names]
