"""The canonical tables of the Kadaster: what a lot is, who holds a right as far as rules need it, deeds, mortgages.

Of natural persons nothing is kept but a keyed hash; of companies their KVK number or RSIN and whether their seat is
abroad. Money is in euros. Source: Kadaster, BRK levering 2.0; Haal Centraal BRK-bevragen.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

_WORD = pa.dictionary(pa.int32(), pa.string())
_SOURCE = [pa.field("source_file", _WORD, nullable=False), pa.field("source_line", pa.int32(), nullable=False)]

LOTS = pa.schema(  # one row per lot (onroerende zaak) and BAG object on it
    [
        pa.field("lot", pa.int64(), nullable=False),  # 15 digits
        pa.field("object_id", pa.int64()),
        pa.field("address_id", pa.int64()),
        pa.field("area", pa.int64()),  # m²
        *_SOURCE,
    ]
)
RIGHTS = pa.schema(
    [
        pa.field("lot", pa.int64(), nullable=False),
        pa.field("right", _WORD, nullable=False),  # eigendom, erfpacht, … in the words of the source
        pa.field("holder", pa.string(), nullable=False),  # keyed hash
        pa.field("holder_kind", _WORD, nullable=False),  # natural | legal | unknown
        pa.field("holder_kvk", pa.int64()),
        pa.field("holder_known", pa.bool_(), nullable=False),  # has a BSN, KVK number or RSIN
        pa.field("seat_abroad", pa.bool_(), nullable=False),  # of a legal person only
        pa.field("started_on", pa.date32()),
        pa.field("ended_on", pa.date32()),
        *_SOURCE,
    ]
)
DEEDS = pa.schema(
    [
        pa.field("lot", pa.int64(), nullable=False),
        pa.field("deed", pa.string(), nullable=False),
        pa.field("delivered_on", pa.date32(), nullable=False),  # tijdstipAanbieding
        pa.field("price", pa.int64()),
        pa.field("several_lots", pa.bool_(), nullable=False),  # indicatieMeerObjecten: the price is for more
        pa.field("buyer_kind", _WORD),  # natural | legal | unknown, where the source ties the deed to a right
        *_SOURCE,
    ]
)
MORTGAGES = pa.schema(
    [
        pa.field("lot", pa.int64(), nullable=False),
        pa.field("started_on", pa.date32()),
        pa.field("ended_on", pa.date32()),
        *_SOURCE,
    ]
)

TABLES: dict[str, pa.Schema] = {"lots": LOTS, "rights": RIGHTS, "deeds": DEEDS, "mortgages": MORTGAGES}
