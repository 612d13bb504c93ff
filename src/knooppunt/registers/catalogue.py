"""Which registers exist and which tables each one brings. Table names are unique over registers."""

import pyarrow as pa

from knooppunt.registers.bag import schemas as bag
from knooppunt.registers.boundaries import schemas as boundaries
from knooppunt.registers.brk import schemas as brk
from knooppunt.registers.brp import schemas as brp
from knooppunt.registers.hr import schemas as hr
from knooppunt.registers.kvk import schemas as kvk
from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.woz import schemas as woz

_NATIVE = {"bag": bag, "brp": brp, "kvk": kvk, "hr": hr, "brk": brk, "woz": woz, "boundaries": boundaries}
FIXED = frozenset({*_NATIVE, "table"})
"""Names that no table of one's own may have."""

TABLES: dict[str, dict[str, pa.Schema]] = {name: one.TABLES for name, one in _NATIVE.items()} | {
    name: {layout.table: layout.schema} for name, layout in LAYOUTS.items()
}
SCHEMA_VERSIONS: dict[str, int] = {name: one.SCHEMA_VERSION for name, one in _NATIVE.items()} | {
    name: layout.version for name, layout in LAYOUTS.items()
}
REGISTER_OF_TABLE: dict[str, str] = {table: register for register, tables in TABLES.items() for table in tables}
BY_MAPPING = frozenset(LAYOUTS)
"""Registers that are read by a mapping."""
