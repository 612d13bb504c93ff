"""Which registers exist and which tables each one brings. Table names are unique over registers."""

import pyarrow as pa

from knooppunt.registers.bag import schemas as bag
from knooppunt.registers.brp import schemas as brp
from knooppunt.registers.kvk import schemas as kvk

TABLES: dict[str, dict[str, pa.Schema]] = {"bag": bag.TABLES, "brp": brp.TABLES, "kvk": kvk.TABLES}
SCHEMA_VERSIONS: dict[str, int] = {
    "bag": bag.SCHEMA_VERSION,
    "brp": brp.SCHEMA_VERSION,
    "kvk": kvk.SCHEMA_VERSION,
}
REGISTER_OF_TABLE: dict[str, str] = {table: register for register, tables in TABLES.items() for table in tables}
