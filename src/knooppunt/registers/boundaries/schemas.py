"""The canonical table of boundaries: one row per area, with its shape in EPSG:28992.

Source: CBS wijken en buurten, as PDOK lays it out: layers `buurten`, `wijken` and `gemeenten`. An area that is partly
water comes as two features there, one of them marked as water; what is marked as abroad is left out.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

BOUNDARIES = pa.schema(
    [
        pa.field("level", pa.string(), nullable=False),  # neighbourhood | district | municipality
        pa.field("code", pa.string(), nullable=False),  # BU and 8 digits, WK and 6, GM and 4
        pa.field("water", pa.int8(), nullable=False),  # 1 where the source says that this part is water
        pa.field("name", pa.string()),
        pa.field("geometry", pa.binary(), nullable=False),  # WKB, two dimensions, EPSG:28992
        pa.field("source_file", pa.string(), nullable=False),
        pa.field("source_line", pa.int32(), nullable=False),  # place in its layer
    ]
)

TABLES: dict[str, pa.Schema] = {"boundaries": BOUNDARIES}
