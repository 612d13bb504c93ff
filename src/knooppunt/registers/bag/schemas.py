"""The canonical BAG tables: one row per occurrence (voorkomen), for every object type.

`id` is the BAG identification as an integer (16 digits; a town has 4). `valid_*` is the time in
which the facts were true, `registered_*` and `available_*` the time in which the registration
said so (BAG is bitemporal). An empty `*_until`/`valid_to` means "still so". Every `*_to` and
`*_until` is exclusive. Coordinates and geometry are EPSG:28992 in metres; geometry is
two-dimensional WKB (the extract's height is always 0.0 and is dropped).

Source: Kadaster, BAG 2.0 extract LVC, XSD imbag/objecten/v20200601.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

_WORD = pa.dictionary(pa.int32(), pa.string())
_MOMENT = pa.timestamp("ms")

OCCURRENCE_FIELDS = [
    pa.field("id", pa.int64(), nullable=False),
    pa.field("occurrence", pa.int32(), nullable=False),
    pa.field("status", _WORD, nullable=False),
    pa.field("established", pa.bool_(), nullable=False),  # geconstateerd: seen, without a permit document
    pa.field("document_on", pa.date32(), nullable=False),
    pa.field("document_number", pa.string(), nullable=False),
    pa.field("valid_from", pa.date32(), nullable=False),
    pa.field("valid_to", pa.date32()),
    pa.field("registered_at", _MOMENT, nullable=False),
    pa.field("registered_until", _MOMENT),
    pa.field("available_at", _MOMENT, nullable=False),  # in the national facility (LV)
    pa.field("available_until", _MOMENT),
    pa.field("inactive_at", _MOMENT),
    pa.field("inactive_available_at", _MOMENT),
    pa.field("not_bag_at", _MOMENT),
    pa.field("part", _WORD, nullable=False),  # stand | inactief | niet_bag
    pa.field("source_file", _WORD, nullable=False),
]

_ADDRESSED = [
    pa.field("main_address", pa.int64(), nullable=False),
    pa.field("side_addresses", pa.list_(pa.int64()), nullable=False),
]
_PLACE = [  # a point inside the object, and its shape
    pa.field("x", pa.float64(), nullable=False),
    pa.field("y", pa.float64(), nullable=False),
    pa.field("geometry", pa.binary(), nullable=False),
]

PREMISES = pa.schema(
    [
        *OCCURRENCE_FIELDS,
        *_ADDRESSED,
        pa.field("uses", pa.list_(pa.string()), nullable=False),
        pa.field("floor_area", pa.int32(), nullable=False),  # m²
        pa.field("buildings", pa.list_(pa.int64()), nullable=False),
        *_PLACE,
    ]
)
MOORINGS = pa.schema([*OCCURRENCE_FIELDS, *_ADDRESSED, *_PLACE])
PITCHES = MOORINGS
BUILDINGS = pa.schema(
    [
        *OCCURRENCE_FIELDS,
        pa.field("built_year", pa.int32(), nullable=False),  # 9999 occurs in real data: unknown
        pa.field("geometry", pa.binary(), nullable=False),
    ]
)
ADDRESSES = pa.schema(
    [
        *OCCURRENCE_FIELDS,
        pa.field("house_number", pa.int32(), nullable=False),
        pa.field("house_letter", pa.string()),
        pa.field("addition", pa.string()),
        pa.field("postcode", pa.string()),  # 6982CZ; not every address has one
        pa.field("kind", _WORD, nullable=False),  # Verblijfsobject | Ligplaats | Standplaats
        pa.field("public_space", pa.int64(), nullable=False),
        pa.field("town", pa.int64()),  # only where it differs from the public space's town
    ]
)
PUBLIC_SPACES = pa.schema(
    [
        *OCCURRENCE_FIELDS,
        pa.field("name", pa.string(), nullable=False),
        pa.field("short_name", pa.string()),
        pa.field("kind", _WORD, nullable=False),  # Weg, Water, …
        pa.field("town", pa.int64(), nullable=False),
    ]
)
TOWNS = pa.schema(
    [
        *OCCURRENCE_FIELDS,
        pa.field("name", pa.string(), nullable=False),
        pa.field("geometry", pa.binary(), nullable=False),
    ]
)
TOWN_MUNICIPALITY = pa.schema(  # from GEM-WPL-RELATIE, not an authentic BAG product
    [
        pa.field("town", pa.int64(), nullable=False),
        pa.field("municipality", pa.string(), nullable=False),  # four digits, CBS code
        pa.field("valid_from", pa.date32(), nullable=False),
        pa.field("valid_to", pa.date32()),
        pa.field("status", _WORD, nullable=False),  # voorlopig | definitief
    ]
)
INVESTIGATIONS = pa.schema(  # InOnderzoek: doubt about one attribute of one object
    [
        pa.field("id", pa.int64(), nullable=False),
        pa.field("kind", _WORD, nullable=False),  # LIG NUM OPR PND STA VBO WPL
        pa.field("attribute", _WORD, nullable=False),  # as the extract names it: "gebruiksdoel", …
        pa.field("under_investigation", pa.bool_(), nullable=False),
        pa.field("document_on", pa.date32(), nullable=False),
        pa.field("document_number", pa.string(), nullable=False),
        pa.field("valid_from", pa.date32(), nullable=False),
        pa.field("valid_to", pa.date32()),
        pa.field("registered_at", _MOMENT, nullable=False),
        pa.field("registered_until", _MOMENT),
        pa.field("available_at", _MOMENT, nullable=False),
        pa.field("available_until", _MOMENT),
        pa.field("source_file", _WORD, nullable=False),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "premises": PREMISES,
    "moorings": MOORINGS,
    "pitches": PITCHES,
    "buildings": BUILDINGS,
    "addresses": ADDRESSES,
    "public_spaces": PUBLIC_SPACES,
    "towns": TOWNS,
    "town_municipality": TOWN_MUNICIPALITY,
    "investigations": INVESTIGATIONS,
}
