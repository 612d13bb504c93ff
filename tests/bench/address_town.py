"""The addresses that the linker is measured on: a synthetic municipality, and Doesburg's real streets.

The real extract names 198 streets but few addresses; each street gets sixty numbers, some of them
split, with postcodes as in reality: one for each side of a street.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pyarrow as pa

from knooppunt.ingest import ingest
from knooppunt.linkage.asof import address_book_on, occurrences_on
from knooppunt.linkage.free.book import COLUMNS
from knooppunt.linkage.run import bag_tables
from knooppunt.synthetic.messy import Address
from knooppunt.tests.deliveries import NOON, SHARED
from knooppunt.vault import open_vault

REAL = SHARED / "data" / "bag" / "BAGNLDL-15092020-small.zip"
_LETTERS = "ABCDEGHJKLNPRSTVWXZ"
_SPLITS = (
    (80, ("",)),
    (5, ("", "bis")),
    (5, ("", "A", "B")),
    (3, ("H", "I", "II")),
    (3, ("", "1", "2")),
    (4, ("A1", "A2")),
)
_FIRST_OBJECT = 221_010_000_000_001
_RENAMED = 30  # one street in so many had another name before


def synthetic(residents: int, folder: Path) -> pa.Table:
    """The address book of a synthetic municipality."""
    command = (sys.executable, "-c", "from knooppunt.cli import main; main()", "synth", "--residents", str(residents))
    subprocess.run([*command, "--seed", "7", "--out", str(folder)], check=True, stdout=subprocess.DEVNULL)
    ingest("bag", folder / "bag.zip", vault=folder / "vault", at=NOON)
    vault = open_vault(folder / "vault")
    engine = vault.connect()
    book = address_book_on(bag_tables(vault, engine), vault.delivery("bag").as_of or NOON.date())
    table: pa.Table = book.select(*COLUMNS).order_by("object_id", "postcode").to_pyarrow()
    engine.close()
    return table


def doesburg(folder: Path) -> pa.Table | None:
    """Sixty numbers on each of Doesburg's real streets; nothing where the real data is not at hand."""
    if not REAL.exists():
        return None
    ingest("bag", REAL, vault=folder / "doesburg", at=NOON)
    spaces = occurrences_on(open_vault(folder / "doesburg").table("public_spaces"), NOON.date())
    names = sorted(set(spaces.to_pyarrow()["name"].to_pylist()))
    rng = Random(5)
    rows: list[tuple[int, str, int, str, str, str, str]] = []
    for place, name in enumerate(names):
        for number in range(1, 61):
            code = place * 2 + number % 2
            postcode = f"{6980 + code // 300}{_LETTERS[code % 300 // 19]}{_LETTERS[code % 300 % 19]}"
            for part in rng.choices([s for _, s in _SPLITS], [w for w, _ in _SPLITS])[0]:
                letter = part[0] if part[:1] in {"A", "B"} else ""
                addition = part.removeprefix(letter)
                rows.append((_FIRST_OBJECT + len(rows), postcode, number, letter, addition, name, "Doesburg"))
    return pa.table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)))


def renamed(table: pa.Table, seed: int) -> dict[tuple[str, str], str]:
    """Some streets, by name and town, with the name they had before."""
    streets = sorted(set(zip(table["street"].to_pylist(), table["town"].to_pylist(), strict=True)))
    some = Random(seed).sample(streets, len(streets) // _RENAMED)
    parts = ("ka", "lo", "mi", "ve", "du", "ro", "ste", "ha", "wi", "no")
    return {
        street: f"{parts[place // 100 % 10].capitalize()}{parts[place // 10 % 10]}{parts[place % 10]}baan"
        for place, street in enumerate(some)
    }


def as_addresses(table: pa.Table, former: dict[tuple[str, str], str]) -> list[Address]:
    """Every address as what a line is written about."""
    rows = table.to_pylist()
    whole = {(row["street"], row["town"], row["number"], row["object_id"]) for row in rows}
    doors = Counter(key[:3] for key in whole)
    return [
        Address(
            row["object_id"],
            row["street"],
            row["number"],
            row["letter"] or "",
            row["addition"] or "",
            row["postcode"] or "",
            row["town"],
            doors[row["street"], row["town"], row["number"]] == 1,
            former.get((row["street"], row["town"]), ""),
        )
        for row in rows
    ]
