"""The canonical BRP table: one row per stay (verblijf) of a person at an address.

Kept as small as the findings need: no name, no birth date, no BSN. `person` is a keyed hash
(HMAC-SHA256 with a key that never leaves the vault, first 32 hex characters). Uncertain dates
(`00000000`, `YYYYMM00`) stay uncertain: a day between `*_earliest` and `*_latest`, both
inclusive; a wholly unknown day runs from 0001-01-01 to 9999-12-31.

Source: RvIG, Logisch Ontwerp BRP, categories 01, 07 and 08 (58 when historical).
"""

import pyarrow as pa

SCHEMA_VERSION = 2

_WORD = pa.dictionary(pa.int32(), pa.string())

STAYS = pa.schema(
    [
        pa.field("person", pa.string(), nullable=False),
        pa.field("object_id", pa.int64()),  # 08.11.80, addressable object
        pa.field("address_id", pa.int64()),  # 08.11.90, nummeraanduiding
        pa.field("municipality", pa.string()),  # 08.09.10, four digits
        pa.field("function", _WORD),  # 08.10.10: W lives there, B postal address only
        # The day the stay starts lies in [start_earliest, start_latest]; it ends the day before
        # a day in [end_earliest, end_latest] (the start of the next stay); empty: no next stay.
        pa.field("start_earliest", pa.date32(), nullable=False),
        pa.field("start_latest", pa.date32(), nullable=False),
        pa.field("end_earliest", pa.date32()),
        pa.field("end_latest", pa.date32()),
        pa.field("start_uncertain", pa.bool_(), nullable=False),
        pa.field("left_to", _WORD),  # unknown: gone to nobody knows where (VOW, land 0000); else empty
        pa.field("declaration", _WORD),  # 08.72.10; T and W continue the previous stay
        pa.field("suspension", _WORD),  # 07.67.20; F (error) and W (wiped) never live anywhere
        pa.field("adult_from_earliest", pa.date32()),  # the 18th birthday; the birth date is not kept
        pa.field("adult_from_latest", pa.date32()),
        pa.field("bsn_valid", pa.bool_(), nullable=False),  # false: the eleven test fails, or no BSN
        pa.field("source_line", pa.int32(), nullable=False),
    ]
)

TABLES: dict[str, pa.Schema] = {"stays": STAYS}
