"""The canonical WOZ table: one row per object, BAG object and valuation date.

`valued_on` is the waardepeildatum (the day the value is about), `started_on` the day from which it holds. Owners and
users (belanghebbenden) are not taken over. Source: Haal Centraal WOZ-bevragen, wozobject.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

_WORD = pa.dictionary(pa.int32(), pa.string())

VALUATIONS = pa.schema(
    [
        pa.field("woz", pa.int64(), nullable=False),  # 12 digits
        pa.field("object_id", pa.int64()),  # BAG addressable object; empty for a lot without one
        pa.field("objects", pa.int32(), nullable=False),  # how many BAG objects share this value
        pa.field("valued_on", pa.date32(), nullable=False),
        pa.field("started_on", pa.date32()),
        pa.field("value", pa.int64(), nullable=False),  # euros
        pa.field("plot_area", pa.int64()),  # m²
        pa.field("status", _WORD),
        pa.field("source_file", _WORD, nullable=False),
        pa.field("source_line", pa.int32(), nullable=False),
    ]
)

TABLES: dict[str, pa.Schema] = {"valuations": VALUATIONS}
