"""Everyday reports from the streets of Zilverdam: three years with a summer in them, and one street where it went on.

The planted reports of the synthetic municipality are a handful; a look ahead by area needs years of ordinary ones.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

YEARS = 3
A_MONTH = 120  # in the whole municipality, in an average month: a quarter of a report a year for each resident
WEIGHTS = {"1": 3.0, "2": 2.2, "3": 1.0, "4": 0.6, "5": 0.05}  # of an address by urbanity: in a hamlet hardly any
MOST_A_DAY = 20
SUMMER = {6: 1.5, 7: 1.7, 8: 1.5, 12: 0.7, 1: 0.6, 2: 0.7}  # times the average
BUSY, BUSY_FROM, BUSY_SHARE = 30, timedelta(days=330), 0.12  # addresses round about one, since when, how many of all
URBANITY = "stedelijkheid_adressen_per_km2"
KINDS = ("Overlast", "Zwerfafval", "Geluid", "Verdachte situatie", "Parkeren")
SOURCE = "bewoner"  # one kind, so that no rule takes ordinary reports for a signal
REGISTER, DOORS, AREAS = "reports.csv", "areamap.csv", "areas.csv"
Door = tuple[str, str]


@dataclass(frozen=True)
class Doors:
    """Where reports come from: every address with how much comes from there (added up), and a few where it went on."""

    all: list[Door]
    up_to: list[float]
    busy: list[Door]

    def one(self, draw: random.Random, *, near: bool) -> Door:
        """An address by chance, or one of the few."""
        return draw.choice(self.busy) if near else draw.choices(self.all, cum_weights=self.up_to)[0]


def add_everyday_reports(deliveries: Path, *, on: date, seed: int) -> int:
    """Add rows to the delivery of reports, up to the day `on`. Returns how many; the same seed gives the same rows."""
    draw = random.Random(seed)  # noqa: S311  fiction that can be repeated, not a secret
    rows = list(_rows(draw, _doors(deliveries, draw), on))
    with (deliveries / REGISTER).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
    return len(rows)


def _doors(deliveries: Path, draw: random.Random) -> Doors:
    urbanity = {row["buurtcode"][2:]: row[URBANITY] for row in _table(deliveries / AREAS)}
    rows = _table(deliveries / DOORS)
    doors = [(row["PC6"], row["Huisnummer"]) for row in rows]
    middle = draw.randrange(len(doors))
    busy = [doors[(middle + step) % len(doors)] for step in range(-BUSY, BUSY + 1)]
    return Doors(doors, list(accumulate(WEIGHTS[urbanity[row["Buurt"]]] for row in rows)), busy)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _rows(draw: random.Random, doors: Doors, on: date) -> Iterator[str]:
    number, day = 0, on - timedelta(days=365 * YEARS + 31)
    while day < on:
        mean = A_MONTH / 30 * SUMMER.get(day.month, 1.0)
        for _each in range(sum(draw.random() < mean / MOST_A_DAY for _try in range(MOST_A_DAY))):
            postcode, house = doors.one(draw, near=day > on - BUSY_FROM and draw.random() < BUSY_SHARE)
            number += 1
            yield f"D{number:06};{day.isoformat()};{draw.choice(KINDS)};{SOURCE};;;{house};;;{postcode};;;"
        day += timedelta(days=1)
