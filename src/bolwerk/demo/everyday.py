"""Everyday reports from the streets of Zilverdam: three years with a summer in them, and one street where it went on.

The planted reports of the synthetic municipality are a handful; a look ahead by area needs years of ordinary ones.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

YEARS = 3
A_MONTH = 46  # in the whole municipality, in an average month
SUMMER = {6: 1.5, 7: 1.7, 8: 1.5, 12: 0.7, 1: 0.6, 2: 0.7}  # times the average
BUSY, BUSY_FROM, BUSY_SHARE = 30, timedelta(days=330), 0.12  # addresses round about one, since when, how many of all
KINDS = ("Overlast", "Zwerfafval", "Geluid", "Verdachte situatie", "Parkeren")
SOURCE = "bewoner"  # one kind, so that no rule takes ordinary reports for a signal
REGISTER, DOORS = "reports.csv", "areamap.csv"


def add_everyday_reports(deliveries: Path, *, on: date, seed: int) -> int:
    """Add rows to the delivery of reports, up to the day `on`. Returns how many; the same seed gives the same rows."""
    draw = random.Random(seed)  # noqa: S311  fiction that can be repeated, not a secret
    with (deliveries / DOORS).open(encoding="utf-8") as file:
        doors = [(row["PC6"], row["Huisnummer"]) for row in csv.DictReader(file, delimiter=";")]
    middle = draw.randrange(len(doors))
    busy = [doors[(middle + step) % len(doors)] for step in range(-BUSY, BUSY + 1)]
    rows = list(_rows(draw, doors, busy, on))
    with (deliveries / REGISTER).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
    return len(rows)


def _rows(draw: random.Random, doors: list[tuple[str, str]], busy: list[tuple[str, str]], on: date) -> Iterator[str]:
    number, day = 0, on - timedelta(days=365 * YEARS + 31)
    while day < on:
        mean = A_MONTH / 30 * SUMMER.get(day.month, 1.0)
        for _each in range(sum(draw.random() < mean / 6 for _try in range(6))):
            near = day > on - BUSY_FROM and draw.random() < BUSY_SHARE
            postcode, house = draw.choice(busy if near else doors)
            number += 1
            yield f"D{number:06};{day.isoformat()};{draw.choice(KINDS)};{SOURCE};;;{house};;;{postcode};;;"
        day += timedelta(days=1)
