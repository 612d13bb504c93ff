"""A layer of a GeoPackage read as the rows of a table: its columns by name, without its shapes.

CBS and PDOK give neighbourhoods, districts and municipalities that way. The line of a row is its place in the layer.
"""

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from knooppunt.registers.lines import MAXIMUM_COLUMNS
from knooppunt.registers.refusal import RefusedError

_ROWS = 20_000  # in memory at once


class LayerRows:
    """The rows of one layer, as `lines.Rows` gives those of a CSV."""

    def __init__(self, path: Path, layer: str = "") -> None:
        """Open the layer. Raises RefusedError for what is no GeoPackage, and for a layer that is not there."""
        there = layers_of(path)
        if not layer and len(there) > 1:
            raise RefusedError(path.name, None, f"has the layers {', '.join(there)}; say in the mapping which (layer)")
        if not there:
            raise RefusedError(path.name, None, "has no layer with rows")
        if layer and layer not in there:
            raise RefusedError(path.name, None, f"has no layer {layer}; it has {', '.join(there)}")
        self.path, self.layer = path, layer or there[0]
        self.file = f"{path.name}/{self.layer}"
        self.headings: list[str] = list(pyogrio.read_info(path, layer=self.layer)["fields"])
        if len(self.headings) > MAXIMUM_COLUMNS:
            raise RefusedError(
                self.file, None, f"has {len(self.headings):,} columns; no layout has more than {MAXIMUM_COLUMNS:,}"
            )

    def places(self, wanted: list[str]) -> list[int]:
        """Return where the wanted columns stand. Raises RefusedError naming those that are missing."""
        missing = [heading for heading in wanted if heading not in self.headings]
        if missing:
            raise RefusedError(self.file, None, f"has no column {', '.join(missing)}")
        return [self.headings.index(heading) for heading in wanted]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the place of a row in the layer, and its cells as texts."""
        asked: dict[str, Any] = {"read_geometry": False, "batch_size": _ROWS, "use_pyarrow": True}
        number = 0
        try:
            with pyogrio.open_arrow(self.path, layer=self.layer, columns=self.headings, **asked) as (_meta, batches):
                for batch in batches:
                    columns = [batch.column(heading).to_pylist() for heading in self.headings]
                    for cells in zip(*columns, strict=True):
                        number += 1
                        yield number, [_text(cell) for cell in cells]
        except (DataLayerError, DataSourceError, OSError) as error:
            raise RefusedError(self.file, None, f"is damaged or cut short ({error})") from error


def layers_of(path: Path) -> list[str]:
    """The layers, as the GeoPackage itself lists them; GDAL would open a damaged one with a warning.

    Raises RefusedError for what is no GeoPackage.
    """
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as known:
        try:
            found = known.execute("SELECT table_name FROM gpkg_contents WHERE data_type <> 'tiles' ORDER BY rowid")
            return [str(name) for (name,) in found.fetchall()]
        except sqlite3.Error as error:
            raise RefusedError(path.name, None, f"is damaged or not a GeoPackage ({error})") from error


def _text(cell: object) -> str:
    """A value of a layer as it would stand in a CSV: nothing for what is missing, whole numbers without a point."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat()[:10] if isinstance(cell, date | datetime) else str(cell)
