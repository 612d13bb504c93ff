"""The WOZ: objects as the Haal Centraal API gives them, as JSON (one, a list, or JSON Lines)."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from knooppunt.registers.archives import members
from knooppunt.registers.counting import RowTally
from knooppunt.registers.delivery import Facts, Order, Register, Request, Sink
from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.documents import read_objects
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.parts import Json, embedded, parts
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection
from knooppunt.registers.woz import schemas


def read_woz(request: Request, sink: Sink) -> Facts:
    """Read valuations into `sink`. Raises RefusedError for what holds no JSON."""
    facts, done = Facts(), 0
    for member in members(request.path, request.scratch, (".json", ".jsonl", ".ndjson")):
        facts.files += 1
        rows: list[dict[str, Any]] = []
        try:
            for line, found in read_objects(member.stream, member.name):
                try:
                    told = [row for one in embedded(found) for row in valuations(one)]
                    here = [row | {"source_file": member.name, "source_line": line} for row in told]
                except FactRefusedError as error:
                    sink.reject(Rejection(member.name, line, str(error)))
                else:
                    rows += here
            facts.whole += 1
        except RefusedError as error:
            facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        if rows:
            sink.add("valuations", pa.Table.from_pylist(rows, schemas.VALUATIONS))
        done += member.weight
        sink.progress(done, member.name)
    if not facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no JSON")
    return facts


def valuations(found: Any) -> Iterator[dict[str, Any]]:
    """The rows of one wozobject. Raises FactRefusedError."""
    if not isinstance(found, dict):
        raise FactRefusedError("is not a WOZ object but something else in JSON")
    number = values.number(found.get("identificatie"), "identificatie", 12)
    if not number:
        raise FactRefusedError("has no identificatie")
    objects = found.get("adresseerbaarObjectIdentificaties") or []
    if not isinstance(objects, list):
        raise FactRefusedError("adresseerbaarObjectIdentificaties is not a list")
    ids = sorted({values.identifier(one, "adresseerbaarObjectIdentificaties") for one in objects} - {None}, key=str)
    for value in parts(found, "waarden"):
        valued_on = values.day(value.get("waardepeildatum"), "waardepeildatum")
        amount = values.number(value.get("vastgesteldeWaarde"), "vastgesteldeWaarde", 12)
        if valued_on is None or amount is None:
            raise FactRefusedError("has a value without waardepeildatum or vastgesteldeWaarde")
        for object_id in ids or [None]:
            yield {
                "woz": number,
                "object_id": object_id,
                "objects": max(len(ids), 1),
                "valued_on": valued_on,
                "started_on": values.day(value.get("ingangsdatum"), "ingangsdatum"),
                "value": amount,
                "plot_area": values.number(found.get("grondoppervlakte"), "grondoppervlakte", 10),
                "status": _status(value),
            }


def _status(value: Json) -> str | None:
    """The last decision about a value, in the words of the source."""
    statuses = value.get("beschikkingsStatussen")
    return str(statuses[-1])[:60] if isinstance(statuses, list) and statuses else None


_KEY = ("object_id", "woz", "valued_on")

REGISTER = Register(
    name="woz",
    title="WOZ",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={"valuations": Order(by=_KEY)},
    read=read_woz,
    tally=RowTally,
)
