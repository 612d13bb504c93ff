"""The canonical table of functions: who leads a company, as a keyed hash, from when until when.

No name, no birth date, no BSN, no home address. `holder` is the same for the same person or company; `holder_kvk` is
only filled when a company holds the function. Rules never see `holder`: they see how many there are, and which
companies share one. Source: KVK HR Dataservice, catalogus 2013/01 and later, bestuursfunctie and functievervulling.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

_WORD = pa.dictionary(pa.int32(), pa.string())

FUNCTIONS = pa.schema(
    [
        pa.field("kvk", pa.int64(), nullable=False),  # the company that is led
        pa.field("holder", pa.string(), nullable=False),
        pa.field("holder_kvk", pa.int64()),
        pa.field("kind", _WORD, nullable=False),  # director | owner | partner | authorised | other
        pa.field("started_on", pa.date32()),
        pa.field("ended_on", pa.date32()),
        pa.field("source_file", _WORD, nullable=False),
        pa.field("source_line", pa.int32(), nullable=False),
    ]
)

TABLES: dict[str, pa.Schema] = {"functions": FUNCTIONS}
