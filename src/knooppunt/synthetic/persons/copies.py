"""How other places write a person down: initials, call names, slips, moves, married names."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

import pyarrow as pa

from knooppunt.synthetic.persons.names import CALLED

RATES = {
    "initials": 0.18, "call_name": 0.12, "name_typo": 0.10, "by_ear": 0.06, "double_name": 0.05, "prefix": 0.25,
    "birth_missing": 0.10, "birth_swapped": 0.025, "birth_slip": 0.055, "moved": 0.12, "postcode_missing": 0.08,
    "postcode_wrong": 0.03,
}  # fmt: skip
"""Shares of records (of those with a tussenvoegsel for `prefix`); source: shared note on linkage, §3."""

_SOUNDS = (("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("au", "ou"), ("c", "k"), ("k", "c"), ("f", "v"), ("v", "f"),
           ("s", "z"), ("z", "s"), ("cht", "gt"), ("oo", "o"), ("aa", "a"), ("ee", "e"), ("ss", "s"))  # fmt: skip
_ALPHABET = "abcdefghijklmnoprstuvwz"


def _typo(name: str, rng: Random) -> str:
    place = rng.randrange(1, len(name)) if len(name) > 2 else 0
    if not place:
        return name
    draw = rng.random()
    if draw < 0.3:
        return name[:place] + name[place + 1 :]
    if draw < 0.55:
        return name[:place] + rng.choice(_ALPHABET) + name[place:]
    if draw < 0.8 and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + rng.choice(_ALPHABET) + name[place + 1 :]


def _by_ear(name: str, rng: Random) -> str:
    fitting = [(a, b) for a, b in _SOUNDS if a in name[1:]]
    if not fitting:
        return name
    one, other = rng.choice(fitting)
    return name[0] + name[1:].replace(one, other, 1)


def _slip(day: date, rng: Random) -> date | None:
    draw = rng.random()
    try:
        if draw < 0.4:
            return day.replace(year=day.year + rng.choice((-10, -1, 1, 10)))
        if draw < 0.7:
            return day.replace(month=1 + (day.month - 1 + rng.choice((-1, 1, 10))) % 12)
        return day.replace(day=1 + (day.day - 1 + rng.choice((-1, 1, 10))) % 28)
    except ValueError:
        return day


def _swap(day: date) -> date:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def _copy(row: dict[str, Any], others: list[dict[str, Any]], rng: Random) -> dict[str, Any]:
    """One record about one person."""
    out = dict(row)
    hit = {name: rng.random() < share for name, share in RATES.items()}
    if hit["call_name"] and row["given"] in CALLED:
        out["given"] = rng.choice(CALLED[row["given"]])
    if hit["name_typo"]:
        field = "surname" if rng.random() < 0.7 else "given"
        out[field] = _typo(out[field], rng)
    if hit["by_ear"]:
        out["surname"] = _by_ear(out["surname"], rng)
    if hit["initials"]:
        out["given"] = f"{out['given'][:1]}." if rng.random() < 0.7 else out["given"][:1]
    if hit["prefix"] and out["prefix"]:
        out["surname"] = (
            out["prefix"].replace(" ", "") + out["surname"].lower() if rng.random() < 0.5 else out["surname"]
        )
        out["prefix"] = ""
    if hit["double_name"]:
        other = rng.choice(others)["surname"]
        out["surname"] = f"{other}-{out['surname']}" if rng.random() < 0.5 else f"{out['surname']}-{other}"
    _dates_and_place(out, hit, others, rng)
    return out


def _dates_and_place(out: dict[str, Any], hit: dict[str, bool], others: list[dict[str, Any]], rng: Random) -> None:
    if hit["birth_missing"]:
        out["birth"] = None
    elif hit["birth_swapped"]:
        out["birth"] = _swap(out["birth"])
    elif hit["birth_slip"]:
        out["birth"] = _slip(out["birth"], rng)
    if hit["moved"]:
        elsewhere = rng.choice(others)
        out["postcode"], out["number"] = elsewhere["postcode"], elsewhere["number"]
    if hit["postcode_missing"]:
        out["postcode"] = None
    elif hit["postcode_wrong"]:
        code = out["postcode"]
        place = rng.randrange(4)
        out["postcode"] = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]


def copies(people: pa.Table, rows: Iterable[int], *, seed: int, with_number: float) -> pa.Table:
    """One record for each row of `people` in `rows`; a share `with_number` has the number that stands for a BSN."""
    rng = Random(seed)  # noqa: S311  fiction
    chosen = list(rows)
    whole = people.take(pa.array(chosen, pa.int64())).to_pylist()
    written = [_copy(row, whole, rng) for row in whole]
    columns = {
        name: [row[name] for row in written] for name in ("given", "prefix", "surname", "birth", "postcode", "number")
    }
    numbers = [row["person"] if rng.random() < with_number else None for row in whole]
    table = pa.table(columns | {"person": pa.array(numbers, pa.int64())})
    return table.set_column(3, "birth", table["birth"].cast(pa.date32()))
