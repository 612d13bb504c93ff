"""Rules over a whole country beside one scan and SQL on text keys: `python -m tests.bench.bench_findings_national`.

The tables are those that rules see (integer keys, sorted by BAG key, street and use carried by the company), made once.
Contenders run in processes of their own, in turns, on two threads: one scan of every column, five rules as knooppunt
writes them, the same five as plain SQL on sixteen-character keys with the joins that takes, every rule that needs
no more than these tables, and everything there is about one address. Joining the counts to the objects once (`living`)
is preparation and told apart, as is making the tables. Every rule has something to find: it is planted.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from math import log
from pathlib import Path
from time import perf_counter

import duckdb
from ibis.expr.types import Table

from knooppunt.engine import DuckDBEngine
from knooppunt.findings import (
    left_to_nowhere,
    letterbox_companies,
    living_in_lodging,
    long_empty,
    many_companies_one_address,
    misfit_business,
    over_occupation,
    postal_addresses,
    recent_bvs_at_home,
    same_branch_in_street,
    successive_companies,
    transit_address,
)
from knooppunt.findings.homes import lived_in
from knooppunt.vault.lookup import SMALL_ROWS, SortedFile
from tests.bench.result import Figure, middle, write

ADDRESSES = 10_000_000
ROUNDS = 3
ON = date(2026, 11, 1)
THREADS, MEMORY_MIB = 2, 700
KEYS = ("premises", "establishments", "residents", "housing")
PREPARED = ("premises", "establishments", "living")
KIND = f"FORMAT parquet, ROW_GROUP_SIZE {SMALL_ROWS}"
LOOKED_UP = 101  # addresses, one by one
SMALL = 18  # times fewer addresses, to see how time grows: 1 M residents beside 18 M
PLANTED = 5_000  # one in so many addresses is what a rule looks for

_TABLES = {
    "premises": """
        SELECT i AS object_id, 'premises' AS kind, 'Verblijfsobject in gebruik' AS status, u AS use, [u] AS uses,
               (20 + random() * 180)::INT AS floor_area, i // 40 AS street_id, i // 2 AS building_id,
               random() * 200000 AS x, random() * 300000 + 300000 AS y
        FROM (SELECT 100010000000000 + range AS i, CASE WHEN random() < .88 THEN 'woonfunctie'
              WHEN random() < .5 THEN 'kantoorfunctie' WHEN random() < .999 THEN 'winkelfunctie'
              ELSE 'logiesfunctie' END AS u FROM range({n}))""",
    "establishments": """
        SELECT *, o // 40 AS street_id, 'woonfunctie' AS use, o AS object_id,
               count(*) OVER (PARTITION BY o) AS at_object
        FROM (
          SELECT k AS kvk, CASE WHEN random() < .05 THEN k // 3 END AS concern, 0::TINYINT AS errors,
               CASE WHEN k % {planted} = 9 THEN 'storage'
               ELSE 'branch-' || (random() * random() * 400)::INT END AS branch, 'BV' AS legal_form,
               (random() * 5)::INT AS workers,
               DATE '2000-01-01' + (random() * 9700)::INT AS started_on,
               CASE WHEN random() < .1 THEN DATE '2026-10-01' END AS ended_on,
               100010000000000 + (power(random(), 1.2) * {n})::BIGINT AS o
          FROM (SELECT range AS k FROM range({n} * 37 // 100))
          UNION ALL  -- twelve at one address, young and without workers
          SELECT 50000000 + a * 12 + c, NULL, 0::TINYINT, 'branch-' || c, 'BV', 0, DATE '2026-06-01', NULL,
               100010000000000 + a * {planted} + 1
          FROM (SELECT range AS a FROM range({n} // {planted})), (SELECT range AS c FROM range(12))
          UNION ALL  -- four of one branch in turn, three of which ended
          SELECT 60000000 + a * 4 + c, NULL, 0::TINYINT, 'branch-7', 'BV', 1, DATE '2025-01-01' + c::INT * 100,
               CASE WHEN c < 3 THEN DATE '2025-01-01' + c::INT * 100 + 90 END, 100010000000000 + a * {planted} + 2000
          FROM (SELECT range AS a FROM range({n} // {planted})), (SELECT range AS c FROM range(4))
          UNION ALL  -- ten of one branch along a street
          SELECT 70000000 + a * 10 + c, NULL, 0::TINYINT, 'branch-300', 'BV', 1, DATE '2015-01-01', NULL,
               100010000000000 + a * {planted} + 3000 + c
          FROM (SELECT range AS a FROM range({n} // {planted})), (SELECT range AS c FROM range(10)))""",
    "residents": """
        SELECT i AS object_id, r AS residents, least(r, 1 + (random() * random() * 6)::INT) AS adults,
               0 AS possible_residents
        FROM (SELECT 100010000000000 + range AS i, 1 + (-ln(1 - random()) * 1.4)::INT AS r FROM range({n}))
        WHERE i % 12 > 0""",
    "housing": """
        SELECT 100010000000000 + range AS object_id,
               CASE WHEN range % {planted} = 5 THEN 9 ELSE (random() * random() * 3)::INT END AS moved_in,
               (random() * random() * 3)::INT AS moved_out,
               CASE WHEN range % {planted} = 6 THEN 3 ELSE (random() < .0005)::INT END AS left_unknown,
               CASE WHEN range % {planted} = 7 THEN 5 ELSE (random() * random() * 2)::INT END AS postal,
               1 AS arrivals, (range % {planted} <> 8)::INT AS recent
        FROM range({n})""",
}
_TEXT = "lpad({column}::VARCHAR, 16, '0')"

FIVE = ("BED-01", "BED-02", "BED-03", "WON-01", "WON-04")


def rules(tables: dict[str, Table]) -> dict[str, Table]:
    """Every rule that these tables are enough for."""
    companies, premises = tables["establishments"], tables["premises"]
    living = tables["living"]
    return {
        "BED-01": many_companies_one_address.find(companies, on=ON),
        "BED-02": same_branch_in_street.find(companies, on=ON),
        "BED-03": misfit_business.find(companies, premises, on=ON),
        "BED-06": successive_companies.find(companies, on=ON),
        "BED-08": recent_bvs_at_home.find(companies, premises, on=ON),
        "BED-09": letterbox_companies.find(companies, premises, on=ON),
        "WON-01": over_occupation.find(living),
        "WON-03": long_empty.find(living),
        "WON-04": transit_address.find(living),
        "WON-05": left_to_nowhere.find(living),
        "WON-06": postal_addresses.find(living),
        "WON-07": living_in_lodging.find(living),
    }


_SQL = {
    "BED-01": """
        SELECT object_id, count(DISTINCT coalesce(concern, kvk)) AS n FROM {active} GROUP BY 1 HAVING n >= 10""",
    "BED-02": """
        WITH t AS (SELECT p.street_id, a.branch, count(*) AS n FROM {active} a JOIN premises p USING (object_id)
                   GROUP BY 1, 2),
        u AS (SELECT *, sum(n) OVER (PARTITION BY street_id) * sum(n) OVER (PARTITION BY branch)
              / sum(n) OVER () AS e, count(*) OVER () AS tests FROM t)
        SELECT * FROM u WHERE n >= 4 AND n / e >= 3""",
    "BED-03": """
        SELECT a.object_id, count(DISTINCT a.kvk) FROM {active} a JOIN premises p USING (object_id)
        WHERE a.branch IN ('car-trade', 'car-repair', 'storage', 'road-haulage')
        AND p.floor_area BETWEEN 10 AND 9998 AND (p.use = 'woonfunctie' OR p.floor_area < 30) GROUP BY 1""",
    "WON-01": """
        SELECT p.object_id FROM premises p JOIN residents r USING (object_id)
        WHERE list_contains(p.uses, 'woonfunctie') AND p.status IN ('Verblijfsobject in gebruik')
        AND p.floor_area BETWEEN 10 AND 9998 AND r.adults >= 5 AND p.floor_area < 8 * r.residents""",
    "WON-04": """
        WITH m AS (SELECT h.object_id, h.moved_in + h.moved_out AS n FROM housing h JOIN premises p USING (object_id)
                   WHERE list_contains(p.uses, 'woonfunctie') AND p.floor_area BETWEEN 10 AND 9998 AND n > 0)
        SELECT * FROM m WHERE n >= 8 AND n >= 3 * (SELECT median(n) FROM m)""",
}
"""BED-02 without its Poisson test, which SQL cannot do by itself: it finds at least as much."""
_ACTIVE = """(SELECT * FROM establishments WHERE (started_on IS NULL OR started_on <= DATE '2026-11-01')
              AND (ended_on IS NULL OR ended_on > DATE '2026-11-01') AND object_id IS NOT NULL AND errors <= 1)"""


def prepare(folder: Path, addresses: int) -> None:
    """Write the tables, once with integer keys and once with text keys."""
    (folder / "text").mkdir(parents=True)
    with duckdb.connect() as db:
        db.execute("SELECT setseed(0.5)")
        db.execute(f"SET threads = {THREADS}")
        for name, query in _TABLES.items():
            path = folder / f"{name}.parquet"
            sql = query.format(n=addresses, planted=PLANTED)
            db.execute(f"COPY (SELECT * FROM ({sql}) ORDER BY object_id) TO '{path}' ({KIND})")
            text = ", ".join(f"{_TEXT.format(column=one)} AS {one}" for one in _keys(db, path))
            known = f"SELECT * REPLACE ({text}) FROM '{path}'"
            db.execute(f"COPY ({known}) TO '{folder / 'text' / f'{name}.parquet'}' ({KIND})")


def carry(folder: Path) -> dict[str, float]:
    """Seconds to join the counts to the objects, as knooppunt does before the first rule about living runs."""
    engine = opened(folder, KEYS)
    start = perf_counter()
    living = lived_in(*(engine.table(name) for name in ("premises", "residents", "housing")))
    living.order_by("object_id").to_parquet(folder / "living.parquet", ROW_GROUP_SIZE=SMALL_ROWS)
    return {"seconds": perf_counter() - start}


def _keys(db: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    names = [row[0] for row in db.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]
    return [name for name in names if name in ("object_id", "street_id", "building_id")]


def opened(folder: Path, names: tuple[str, ...]) -> DuckDBEngine:
    """The tables, known to an engine."""
    engine = DuckDBEngine(memory_mib=MEMORY_MIB, threads=THREADS)
    for name in names:
        engine.parquet(name, folder / f"{name}.parquet")
    return engine


def scan(folder: Path) -> dict[str, float]:
    """Seconds to read every column of every table once; the tables as they were delivered, not as they were joined."""
    engine = opened(folder, KEYS)
    start = perf_counter()
    for name in KEYS:
        engine.backend.raw_sql(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {name}").fetchall()
    return {"seconds": perf_counter() - start}


def ours(folder: Path, chosen: tuple[str, ...] = ()) -> dict[str, float]:
    """Seconds for the rules as knooppunt writes them, and what each found."""
    engine = opened(folder, PREPARED)
    told: dict[str, float] = {}
    engine.table("premises").limit(1).count().to_pyarrow()  # the first question loads what the others need too
    start = perf_counter()
    for rule, found in rules({name: engine.table(name) for name in PREPARED}).items():
        if not chosen or rule in chosen:
            told[f"found {rule}"] = int(found.count().to_pyarrow().as_py())
    return told | {"seconds": perf_counter() - start}


def naive(folder: Path) -> dict[str, float]:
    """Seconds for the same five rules as SQL on text keys, and what each found."""
    told: dict[str, float] = {}
    with duckdb.connect() as db:
        db.execute(f"SET threads = {THREADS}")
        for name in KEYS:
            db.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / 'text' / f'{name}.parquet'}'")
        start = perf_counter()
        for rule, sql in _SQL.items():
            count = db.execute(f"SELECT count(*) FROM ({sql.format(active=_ACTIVE)})").fetchall()
            told[f"found {rule}"] = int(count[0][0])
        return told | {"seconds": perf_counter() - start}


def profile(folder: Path) -> dict[str, float]:
    """Seconds for everything that is known of one address, the middle of some; the files stay open in between."""
    seconds = []
    start = perf_counter()
    files = [SortedFile(folder / f"{name}.parquet") for name in PREPARED]
    opened_in = perf_counter() - start
    addresses = files[0].number_of_rows
    for turn in range(LOOKED_UP):
        start = perf_counter()
        for file in files:
            file.rows(100010000000000 + turn * (addresses // LOOKED_UP) + 1)
        seconds.append(perf_counter() - start)
    return {"seconds": middle(seconds), "opening": opened_in}


CONTENDERS: dict[str, Callable[[Path], dict[str, float]]] = {
    "scan": scan,
    "five rules": lambda folder: ours(folder, FIVE),
    "five rules as SQL on text keys": naive,
    "twelve rules": ours,
    "one address": profile,
}


def peak_mib() -> float:
    """The most memory this process had. Not `ru_maxrss`, which a child takes over from its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def run(name: str, folder: Path) -> dict[str, float]:
    """One contender in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_findings_national", name, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def main(addresses: int) -> None:
    """Measure, keep and print."""
    figures: dict[str, Figure] = {"addresses": addresses, "companies": addresses * 37 // 100}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = perf_counter()
        prepare(folder, addresses)
        figures["seconds to make the tables"] = perf_counter() - start
        figures["seconds to join the counts once"] = run("carry", folder)["seconds"]
        turns = [{one: run(one, folder) for one in CONTENDERS} for _ in range(ROUNDS)]
        prepare(folder / "small", addresses // SMALL)
        run("carry", folder / "small")
        small = middle([run("five rules", folder / "small")["seconds"] for _ in range(ROUNDS)])
    seconds = {one: middle([turn[one]["seconds"] for turn in turns]) for one in CONTENDERS}
    figures |= {f"seconds, {one}": value for one, value in seconds.items()}
    figures |= {f"peak MiB, {one}": max(turn[one]["peak"] for turn in turns) for one in CONTENDERS}
    figures["five rules, times a scan"] = seconds["five rules"] / seconds["scan"]
    figures["five rules, part of text keys"] = seconds["five rules"] / seconds["five rules as SQL on text keys"]
    figures["twelve rules, times a scan"] = seconds["twelve rules"] / seconds["scan"]
    figures["seconds, opening the files for one address"] = middle([turn["one address"]["opening"] for turn in turns])
    figures["one address, part of a scan"] = seconds["one address"] / seconds["scan"]
    figures[f"seconds, five rules, {SMALL} times fewer addresses"] = small
    figures["growth, log-log slope"] = log(seconds["five rules"] / small) / log(SMALL)
    figures |= {name: number for name, number in turns[0]["twelve rules"].items() if name.startswith("found")}
    for rule in FIVE:
        figures[f"found {rule}, text keys"] = turns[0]["five rules as SQL on text keys"][f"found {rule}"]
    print(write("findings-national", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        answer = (CONTENDERS | {"carry": carry})[sys.argv[1]](Path(sys.argv[2]))
        print(json.dumps(answer | {"peak": peak_mib()}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ADDRESSES)
