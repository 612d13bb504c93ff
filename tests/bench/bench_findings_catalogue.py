"""Every rule there is over a whole country beside one scan: `python -m tests.bench.bench_findings_catalogue`.

The tables of `bench_findings_national`, and those of the registers that its twelve rules do not need: permits, reports,
owners, deeds, values, buildings and neighbourhoods, as many as a country has of them and made up by their columns
alone, so that what is measured is reading, joining and counting, and not what is found. Making the tables is
preparation. The scan reads every column of every table.
"""

import inspect
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.findings import RULES
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, RESIDENTS
from knooppunt.findings.seen import SEEN
from tests.bench.bench_findings_national import KIND, ON, THREADS, carry, opened, peak_mib, prepare
from tests.bench.result import Figure, middle, write

ADDRESSES = 10_000_000
ROUNDS = 3
READY = {"premises": PREMISES, "establishments": ESTABLISHMENTS, "residents": RESIDENTS, "living": SEEN["living"]}
"""Made by the other benchmark; columns it leaves out are empty here."""

PER_ADDRESS = {
    "buildings": 0.5,
    "investigations": 0.001,
    "permits": 0.005,
    "recognitions": 0.003,
    "observations": 0.002,
    "reports": 0.05,
    "measures": 0.0005,
    "contracts": 0.001,
    "valuations": 1.0,
    "deeds": 0.1,
    "rights": 1.3,
    "leadership": 0.05,
    "networks": 0.05,
    "neighbourhoods": 0.0014,
    "area_of": 1.0,
}
"""Rows for each address; about what the registers of the country have."""

_WORDS = {
    "kind": "['horeca', 'alcohol', 'room_letting', 'closure', 'withdrawal', 'no_customers', 'day_care']",
    "status": "['valid', 'Pand in gebruik', 'ended']",
    "category": "['noise', 'waste', 'drugs', 'nuisance', 'parking']",
    "source": "['police', 'residents', 'enforcement', 'inspection']",
    "right": "['property', 'lease']",
    "owner_kind": "['natural', 'natural', 'natural', 'legal', 'unknown']",
    "buyer_kind": "['natural', 'natural', 'legal', 'unknown']",
}
_NUMBERS = {
    "errors": "0",
    "objects": "1",
    "built_year": "1900 + (random() * 125)::INT",
    "footprint": "40 + random() * 400",
    "building_id": "50005000000000 + i",
    "area_id": "3630000 + i // 720",
    "price": "50000 + (random() * 900000)::BIGINT",
    "value": "100000 + (random() * 500000)::BIGINT",
    "network": "(random() * {rows})::BIGINT // 4",
    "changes": "(random() * random() * 6)::INT",
    "companies": "1 + (random() * 4)::INT",
    "inhabitants": "400 + (random() * 4000)::INT",
    "households": "200 + (random() * 2000)::INT",
    "urbanity": "1 + (random() * 4)::INT",
    "lot": "i",
}

_BY_TYPE = {"is_date": "DATE '2022-01-01' + (random() * 1760)::INT", "is_boolean": "random() < .3", "is_integer": "i"}


def column(table: str, field: pa.Field, rows: int, addresses: int) -> str:
    """What a column holds, as SQL over the number of the row, i."""
    name = field.name
    if name == "object_id":
        return f"100010000000000 + (i * {addresses} // {rows})"
    if name == "area_id" and table == "neighbourhoods":
        return "3630000 + i"
    if name in _NUMBERS:
        return _NUMBERS[name].format(rows=rows)
    if name in _WORDS:
        return f"({_WORDS[name]})[1 + (random() * (len({_WORDS[name]}) - 1))::INT]"
    if name == "owner_kvk":  # of a company only
        return f"CASE WHEN random() < .2 THEN (random() * {addresses} * 0.37)::BIGINT END"
    if name.endswith("kvk"):
        return f"(random() * {addresses} * 0.37)::BIGINT"
    if name == "ended_on":
        return "CASE WHEN random() < .2 THEN DATE '2026-06-01' END"
    return next((told for holds, told in _BY_TYPE.items() if getattr(pa.types, holds)(field.type)), "'register'")


def prepare_all(folder: Path, addresses: int) -> None:
    """Write the tables of the other benchmark, with the columns it leaves out, and all others."""
    prepare(folder, addresses)
    carry(folder)
    with duckdb.connect() as db:
        db.execute("SELECT setseed(0.5)")
        db.execute(f"SET threads = {THREADS}")
        for name, schema in READY.items():
            made = folder / f"{name}.parquet"
            there = {row[0] for row in db.execute(f"DESCRIBE SELECT * FROM '{made}'").fetchall()}
            columns = [f"{one.name if one.name in there else _empty(one)} AS {one.name}" for one in schema]
            _write(db, f"SELECT {', '.join(columns)} FROM '{made}'", folder / f"all_{name}.parquet")
        for name, share in PER_ADDRESS.items():
            rows = max(int(addresses * share), 100)
            columns = [f"{column(name, one, rows, addresses)} AS {one.name}" for one in SEEN[name]]
            made_up = f"SELECT {', '.join(columns)} FROM (SELECT range AS i FROM range({rows}))"
            _write(db, made_up, folder / f"all_{name}.parquet")


def _empty(field: pa.Field) -> str:
    if field.name == "building_id":
        return "50005000000000 + (object_id - 100010000000000) // 2"
    kinds = {"int64": "BIGINT", "int32": "INTEGER", "int8": "TINYINT", "bool": "BOOLEAN", "double": "DOUBLE"}
    return f"NULL::{kinds.get(str(field.type), 'VARCHAR')}"


def _write(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    db.execute(f"COPY ({query}) TO '{path}' ({KIND})")


TABLES = tuple(f"all_{name}" for name in (*READY, *PER_ADDRESS))


def questions(tables: dict[str, Table]) -> dict[str, Table]:
    """Every rule, given the tables that its `find` asks for by name."""
    asked = {}
    for rule in RULES.values():
        find = sys.modules[rule.evaluate.__module__].find
        names = inspect.signature(find).parameters
        given = {name: tables[f"all_{name}"] for name in names if f"all_{name}" in tables}
        asked[rule.id] = find(**given, **({"on": ON} if "on" in names else {}))
    return asked


def scan(folder: Path) -> dict[str, float]:
    """Seconds to read every column of every table once."""
    engine = opened(folder, TABLES)
    start, used = perf_counter(), process_time()
    for name in TABLES:
        engine.backend.raw_sql(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {name}").fetchall()
    return {"seconds": perf_counter() - start, "processor": process_time() - used}


def catalogue(folder: Path) -> dict[str, float]:
    """Seconds for every rule, and what each found and took."""
    engine = opened(folder, TABLES)
    engine.table(TABLES[0]).limit(1).count().to_pyarrow()  # the first question loads what the others need too
    told: dict[str, float] = {}
    start, used = perf_counter(), process_time()
    for rule, found in questions({name: engine.table(name) for name in TABLES}).items():
        begun = process_time()
        told[f"found {rule}"] = int(found.count().to_pyarrow().as_py())
        told[f"processor seconds, {rule}"] = process_time() - begun
    return told | {"seconds": perf_counter() - start, "processor": process_time() - used}


CONTENDERS = {"scan": scan, "whole catalogue": catalogue}


def run(name: str, folder: Path) -> dict[str, float]:
    """One contender in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_findings_catalogue", name, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def main(addresses: int) -> None:
    """Measure, keep and print."""
    figures: dict[str, Figure] = {"addresses": addresses, "rules": len(RULES)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare_all(folder, addresses)
        turns = [{one: run(one, folder) for one in CONTENDERS} for _ in range(ROUNDS)]
    for one in CONTENDERS:
        figures[f"seconds, {one}"] = middle([turn[one]["seconds"] for turn in turns])
        figures[f"processor seconds, {one}"] = middle([turn[one]["processor"] for turn in turns])
        figures[f"peak MiB, {one}"] = max(turn[one]["peak"] for turn in turns)
    for kind in ("seconds", "processor seconds"):
        ratio = float(figures[f"{kind}, whole catalogue"]) / float(figures[f"{kind}, scan"])
        figures[f"whole catalogue, times a scan, {kind}"] = ratio
    figures |= {name: number for name, number in turns[0]["whole catalogue"].items() if "-" in name}
    print(write("findings-catalogue", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2])) | {"peak": peak_mib()}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ADDRESSES)
