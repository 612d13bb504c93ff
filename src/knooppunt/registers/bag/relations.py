"""GEM-WPL-RELATIE: which town lies in which municipality, since when."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from lxml import etree

from knooppunt.registers.bag import codes, schemas
from knooppunt.registers.bag.documents import BLOCK_BYTES, Document
from knooppunt.registers.bag.kinds import Field, Value
from knooppunt.registers.bag.safexml import SafePuller, line_of
from knooppunt.registers.bag.values import ValueRefusedError, read_value
from knooppunt.registers.refusal import RefusedError, Rejection

ROOT = "{www.kadaster.nl/schemas/lvbag/gem-wpl-rel/gwr-deelbestand-lvc/v20200601}BAG-GWR-Deelbestand-LVC"
_PRODUCT = "{www.kadaster.nl/schemas/lvbag/gem-wpl-rel/gwr-producten-lvc/v20200601}"
_TYPES = "{www.kadaster.nl/schemas/lvbag/gem-wpl-rel/bag-types/v20200601}"
_RELATION = _PRODUCT + "GemeenteWoonplaatsRelatie"
_PATHS = {
    f"{_PRODUCT}tijdvakgeldigheid/{_TYPES}begindatumTijdvakGeldigheid": Field("valid_from", Value.DAY),
    f"{_PRODUCT}tijdvakgeldigheid/{_TYPES}einddatumTijdvakGeldigheid": Field("valid_to", Value.DAY, required=False),
    f"{_PRODUCT}gerelateerdeWoonplaats/{_PRODUCT}identificatie": Field("town", Value.TEXT, pattern="[0-9]{4}"),
    f"{_PRODUCT}gerelateerdeGemeente/{_PRODUCT}identificatie": Field("municipality", Value.TEXT, pattern="[0-9]{4}"),
    f"{_PRODUCT}status": Field("status", Value.WORD, words=codes.STATUS_RELATION),
}


def read_relations(document: Document) -> Iterator[pa.Table | Rejection]:
    """Yield one table of relations and a rejection for each that cannot be read. Raises RefusedError."""
    rows: list[dict[str, Any]] = []
    puller = SafePuller(_RELATION)
    try:
        data = document.head_bytes + document.rest
        while data:
            for element in puller.feed(data):
                try:
                    rows.append(_row(element))
                except ValueRefusedError as error:
                    yield Rejection(document.file, line_of(element), str(error))
                element.clear()
            data = document.read(BLOCK_BYTES)
        puller.close()
    except etree.XMLSyntaxError as error:
        reason = f"is cut short or not well-formed ({error.msg})"
        raise RefusedError(document.file, line_of(error), reason) from error
    yield pa.Table.from_pylist(rows, schemas.TOWN_MUNICIPALITY)


def _row(element: etree._Element) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for path, field in _PATHS.items():
        text = (element.findtext(path) or "").strip()
        if text:
            row[field.column] = read_value(field, text)
        elif field.required:
            raise ValueRefusedError(f"a relation without {field.column}")
    row["town"] = int(row["town"])
    return row
