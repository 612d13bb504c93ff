"""What was said of each object, added up and kept, so that the next day reads only its own side.

    <vault>/derived/findings_state/<key>/said_<table>[_but_where].arrow

Two mapped columns: the objects in rising order, and a number for all that a table says of each. Only working in makes
them, where they are worked out anyway; after a run in full they are not there, and both sides are read.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KIND = "said_*.arrow"
_COLUMNS = ("object_id", "said")


class Said(NamedTuple):
    """Objects in rising order, each once, and a number for all that is said of each."""

    objects: np.ndarray[Any, Any]
    numbers: np.ndarray[Any, Any]


class DamagedSumsError(Exception):
    """What was kept is not what was written."""


def keep_sums(said: Said, path: Path, columns: Sequence[str]) -> None:
    """Write them, uncompressed, with what they were added up from and a seal."""
    table = pa.table([pa.array(one) for one in said], names=_COLUMNS)
    table = table.replace_schema_metadata({"of": _made_of(columns), "seal": _seal(said)})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
        file.write_table(table, max_chunksize=max(len(table), 1))


def kept_sums(path: Path, columns: Sequence[str]) -> Said | None:
    """What `keep_sums` wrote, mapped; None where it is not there, or another engine counted it or other columns.

    Raises DamagedSumsError.
    """
    if not path.exists():
        return None
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        told = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        said = Said(*(table[name].combine_chunks().to_numpy() for name in _COLUMNS))
        sealed = told["seal"] == _seal(said)
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError) as error:
        raise DamagedSumsError(f"{path} cannot be read ({error}).") from error
    if not sealed:
        raise DamagedSumsError(f"{path} is not what was written.")
    return said if told.get("of") == _made_of(columns) else None


def _made_of(columns: Sequence[str]) -> str:
    """Another version of the engine may say the same with another number."""
    return f"duckdb {version('duckdb')}: {', '.join(columns)}"


def _seal(said: Said) -> str:
    """Changes with any single piece of either column. Not against ill will: who can write here can write it too."""
    totals = (f"{int(all_of.reduce(one.view(np.uint64))):x}" for one in said for all_of in (np.add, np.bitwise_xor))
    return f"{len(said.objects)} {' '.join(totals)}"
