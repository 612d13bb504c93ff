"""What rules may see. No rule gets a table with people, and no column here says who somebody is.

Residents come as counts per object, directors as counts per company, owners as the number of a company or as nothing.
A test holds these lists against what a rule receives, and against the features that no rule may use.
"""

import pyarrow as pa

FORBIDDEN = frozenset(
    {"person", "holder", "bsn", "name", "birth", "born", "birth_country", "nationality", "religion", "ethnicity"}
    | {"gender", "age", "adult_from_earliest", "adult_from_latest", "surname", "given_name", "country"}
)
"""No rule may look at these: who somebody is, where they come from, what they believe (AVG art. 9; EVRM art. 14)."""

_SOURCE = [("source_file", pa.string()), ("source_line", pa.int32())]
_PLACED = [("object_id", pa.int64()), ("errors", pa.int8()), ("step", pa.string()), *_SOURCE]

HOUSING = pa.schema(
    [
        ("object_id", pa.int64()),
        ("postal", pa.int64()),  # people with only a postal address there
        ("moved_in", pa.int64()),  # days in the last 24 months on which somebody came to live there
        ("moved_out", pa.int64()),  # days in the last 24 months on which somebody left
        ("left_unknown", pa.int64()),  # people who left in the last 24 months to nobody knows where
        ("arrivals", pa.int64()),  # different days on which the adults who live there now came
        ("recent", pa.int64()),  # people who lived, or may have lived, there at any time in the last 6 months
    ]
)
LIVING = pa.schema(
    [
        ("object_id", pa.int64()),
        ("kind", pa.string()),  # premises | mooring | pitch
        ("status", pa.string()),
        ("use", pa.string()),
        ("floor_area", pa.int32()),  # m²
        ("residents", pa.int64()),
        ("adults", pa.int64()),
        ("possible_residents", pa.int64()),
        *[field for field in HOUSING if field.name != "object_id"],
    ]
)
"""Every object of the day with its counts, 0 where there is nobody: joined once, read by every rule about living."""
BUILDINGS = pa.schema(
    [
        ("building_id", pa.int64()),
        ("status", pa.string()),
        ("built_year", pa.int32()),
        ("footprint", pa.float64()),  # m²
        ("source_file", pa.string()),
    ]
)
INVESTIGATIONS = pa.schema(
    [("object_id", pa.int64()), ("attribute", pa.string()), ("valid_from", pa.date32()), ("source_file", pa.string())]
)
PERMITS = pa.schema(
    [
        ("number", pa.string()),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        ("holder_kvk", pa.int64()),
        *_PLACED,
    ]
)
RECOGNITIONS = pa.schema(
    [
        ("number", pa.string()),
        ("kind", pa.string()),
        ("kvk", pa.int64()),
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        *_PLACED,
    ]
)
OBSERVATIONS = pa.schema(
    [("number", pa.string()), ("seen_on", pa.date32()), ("kind", pa.string()), ("fact", pa.bool_()), *_PLACED]
)
REPORTS = pa.schema(
    [
        ("number", pa.string()),
        ("reported_on", pa.date32()),
        ("category", pa.string()),
        ("source", pa.string()),
        *_PLACED,
    ]
)
MEASURES = pa.schema(
    [
        ("number", pa.string()),
        ("kind", pa.string()),
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        *_PLACED,
    ]
)
CONTRACTS = pa.schema(
    [
        ("number", pa.string()),
        ("provider_kvk", pa.int64()),
        ("kind", pa.string()),
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        *_SOURCE,
    ]
)
VALUATIONS = pa.schema(
    [
        ("object_id", pa.int64()),
        ("objects", pa.int32()),
        ("valued_on", pa.date32()),
        ("value", pa.int64()),
        *_SOURCE,
    ]
)
DEEDS = pa.schema(
    [
        ("object_id", pa.int64()),
        ("lot", pa.int64()),
        ("deed", pa.string()),
        ("delivered_on", pa.date32()),
        ("price", pa.int64()),
        ("several", pa.bool_()),  # the price is for more than this one object
        ("buyer_kind", pa.string()),  # natural | legal | unknown
        ("mortgaged", pa.bool_()),  # a mortgage was registered within 90 days
        *_SOURCE,
    ]
)
RIGHTS = pa.schema(
    [
        ("object_id", pa.int64()),
        ("lot", pa.int64()),
        ("right", pa.string()),
        ("owner_kind", pa.string()),  # natural | legal | unknown
        ("owner_kvk", pa.int64()),  # of a company only
        ("owner_known", pa.bool_()),
        ("seat_abroad", pa.bool_()),  # of a company only
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        *_SOURCE,
    ]
)
LEADERSHIP = pa.schema([("kvk", pa.int64()), ("changes", pa.int64())])
NETWORKS = pa.schema([("kvk", pa.int64()), ("network", pa.int64()), ("companies", pa.int64())])
NEIGHBOURHOODS = pa.schema(
    [
        ("area_id", pa.int64()),  # the eight digits of the CBS code
        ("title", pa.string()),
        ("urbanity", pa.int64()),
        ("inhabitants", pa.int64()),
        ("households", pa.int64()),
        *_SOURCE,
    ]
)
AREA_OF = pa.schema([("object_id", pa.int64()), ("area_id", pa.int64())])

SEEN: dict[str, pa.Schema] = {
    "housing": HOUSING,
    "living": LIVING,
    "buildings": BUILDINGS,
    "investigations": INVESTIGATIONS,
    "permits": PERMITS,
    "recognitions": RECOGNITIONS,
    "observations": OBSERVATIONS,
    "reports": REPORTS,
    "measures": MEASURES,
    "contracts": CONTRACTS,
    "valuations": VALUATIONS,
    "deeds": DEEDS,
    "rights": RIGHTS,
    "leadership": LEADERSHIP,
    "networks": NETWORKS,
    "neighbourhoods": NEIGHBOURHOODS,
    "area_of": AREA_OF,
}
"""The tables that `Inputs.see` gives by name, beside premises, establishments and residents."""
