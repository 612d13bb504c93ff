"""The canonical KVK table: one row per establishment (vestiging), or per registration without one.

Only the visiting address (bezoekadres) says where a company is. `shielded` is the register's
`indAfgeschermd`: the address may be used to count, never to show. Source: KVK API
Basisprofiel v1 and Vestigingsprofiel v1.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

_WORD = pa.dictionary(pa.int32(), pa.string())

ESTABLISHMENTS = pa.schema(
    [
        pa.field("kvk", pa.int64(), nullable=False),  # 8 digits
        pa.field("establishment", pa.int64()),  # 12 digits
        pa.field("concern", pa.int64()),  # what the source names as the group; else empty
        pa.field("name", pa.string()),
        pa.field("legal_form", _WORD),
        pa.field("main", pa.bool_()),  # the main establishment of its company
        pa.field("sbi", pa.string()),  # main activity, five digits: right-padded with zeros
        pa.field("sbi_version", _WORD, nullable=False),  # 2008 | 2025
        pa.field("started_on", pa.date32()),
        pa.field("ended_on", pa.date32()),
        pa.field("object_id", pa.int64()),  # BAG addressable object, where the source gives it
        pa.field("address_id", pa.int64()),  # BAG nummeraanduiding, where the source gives it
        pa.field("street", pa.string()),
        pa.field("house_number", pa.int32()),
        pa.field("house_letter", pa.string()),
        pa.field("addition", pa.string()),
        pa.field("postcode", pa.string()),  # 6982CZ
        pa.field("town", pa.string()),
        pa.field("shielded", pa.bool_(), nullable=False),
        pa.field("workers", pa.int32()),
        pa.field("source_file", _WORD, nullable=False),
        pa.field("source_line", pa.int32(), nullable=False),
    ]
)

TABLES: dict[str, pa.Schema] = {"establishments": ESTABLISHMENTS}
