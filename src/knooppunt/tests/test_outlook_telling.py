"""The gate for months: what is told of a series lets nobody work out a small month, whatever else is asked."""

import json
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.cli import main
from knooppunt.findings.export import Purpose
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.outlook import AreaTables, Forecast, Series, export_areas, forecast, told_ahead, told_series
from knooppunt.outlook.forecast import Area
from knooppunt.outlook.series import MINIMUM_CELL, TOGETHER, months_until
from knooppunt.outlook.telling import Between
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

NOW = date(2026, 11, 15)
ALL = months_until(NOW, 48)
WINDOWS = [(date(2025 + month // 12, month % 12 + 1, 3), back) for month in range(6, 23, 4) for back in (2, 12, 36)]
SMALL = range(MINIMUM_CELL)

counted = st.lists(st.integers(0, 30) | st.integers(0, 12), min_size=48, max_size=48)


def series(counts: Iterable[int], *, on: date = NOW, back: int = 48, name: str = "Noord") -> Series:
    """What is seen of 48 months by who looks back so many months from a day."""
    months = months_until(on, back)
    known = dict(zip(ALL, counts, strict=True))
    row = [known.get(month, 0) for month in months]
    return Series("reports", (name,), months, np.array([row], np.int64), ("BU1",))


def everything_told(counts: list[int]) -> list[Any]:
    """All that somebody is told who asks on many days and looks back in many ways."""
    return [told_series(series(counts, on=on, back=back)) for on, back in WINDOWS]


def other_world(counts: list[int], place: int, number: int) -> list[list[int]]:
    """Worlds in which the month at `place` had `number`, and only months of its year that are not told differ."""
    year = [at for at, month in enumerate(ALL) if month.year == ALL[place].year and counts[at] < MINIMUM_CELL]
    others = [at for at in year if at != place]
    worlds = []
    for wanted in {
        sum(counts[at] for at in year),
        0,
        *range(9, 9 * len(year) + 1, 9),
        *range(9 * len(year) - 9, 9 * len(year) + 1),
    }:
        left = wanted - number
        if not 0 <= left <= 9 * len(others):
            continue
        world = list(counts)
        world[place] = number
        for at in others:
            world[at] = min(9, left)
            left -= world[at]
        worlds.append(world)
    return worlds


@settings(max_examples=25, deadline=None)
@given(counted, st.integers(0, 10**6))
def test_no_number_of_a_small_month_can_be_excluded_by_asking_again_and_again(counts: list[int], seed: int) -> None:
    hidden = [at for at, count in enumerate(counts) if count < MINIMUM_CELL]
    told = everything_told(counts)
    for place in random.Random(seed).sample(hidden, min(1, len(hidden))):
        for number in SMALL:
            assert any(everything_told(world) == told for world in other_world(counts, place, number)), (
                ALL[place], number, counts,
            )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(counted)
def test_what_is_said_of_a_month_or_a_whole_year_does_not_depend_on_the_question(counts: list[int]) -> None:
    months: dict[date, set[int | None]] = {}
    years: dict[int, set[int]] = {}
    for told in everything_told(counts):
        for area in told.areas:
            for month, number in zip(told.months, area.months, strict=True):
                months.setdefault(month, set()).add(number)
            for year, said in area.years.items():
                if said.exact is not None and sum(month.year == year for month in told.months) == 12:
                    years.setdefault(year, set()).add(said.exact)
    assert all(len(numbers) == 1 for numbers in months.values())
    assert all(len(numbers) == 1 for numbers in years.values())
    assert all(number is None or number >= MINIMUM_CELL for numbers in months.values() for number in numbers)


@settings(max_examples=100, deadline=None)
@given(counted)
def test_bounds_hold_the_number_and_never_give_one_month_away(counts: list[int]) -> None:
    for area in told_series(series(counts)).areas:
        for year, said in area.years.items():
            own = [count for month, count in zip(ALL, counts, strict=True) if month.year == year]
            assert said.low <= sum(own) <= said.high
            if sum(count < MINIMUM_CELL for count in own) == 1:
                assert said.exact is None  # the total less eleven months would be that month
        assert area.total.low <= sum(counts)  # whole years are a part of it


@pytest.mark.parametrize(
    ("year", "told"),
    [
        ([20] * 12, Between(240, 240)),
        ([20] * 11 + [4], Between(220, 229)),  # eleven told: the total would say the twelfth
        ([20] * 10 + [8, 7], Between(200, 218)),  # fifteen in two: each would be six at least
        ([20] * 10 + [5, 4], Between(209, 209)),  # nine in two: each may be anything from nought to nine
        ([4] * 12, Between(48, 48)),
        ([0] * 11 + [9], Between(0, 108)),  # a year with fewer than ten is small itself
        ([9] * 12, Between(0, 108)),
    ],
)
def test_a_year_is_told_where_its_small_months_stay_unknown(year: list[int], told: Between) -> None:
    months = tuple(date(2025, month, 1) for month in range(1, 13))
    both = [year, [30] * 12]
    said = told_series(Series("x", ("a", "b"), months, np.array(both, np.int64)))
    found = {area.name: area.years[2025] for area in said.areas}
    assert found["b"] == Between(360, 360)
    assert found.get("a") in (told, None) and ("a" in found) is bool(told.exact or max(year) >= MINIMUM_CELL)


def test_of_part_of_a_year_and_of_small_areas_together_nothing_is_added_up() -> None:
    months = months_until(NOW, 14)  # September 2025 up to and including October 2026
    counts = np.array([[4] * 14, [12] * 14], np.int64)
    said = told_series(Series("x", (TOGETHER, "b"), months, counts))
    assert [area.name for area in said.areas] == ["b"]
    few = told_series(Series("x", ("a",), months, counts[:1]))
    assert few.areas == ()  # of 2025 and 2026 there are only parts


def test_who_expects_few_is_told_no_more_than_that() -> None:
    def told(expected: float) -> Any:
        areas = [Area("a", expected, expected / 2, expected + 4, expected), Area("b", 22.4, 14.6, 30.2, 21.0)]
        return told_ahead(Forecast("x", date(2026, 12, 1), "no_better", tuple(areas)), frozenset("ab"))

    assert {told(expected) for expected in (0.0, 3.0, 9.4)} == {told(7.0)}
    few, many = told(7.0)
    assert (few.expected, few.last_year, few.low, few.high) == (None, None, 0, 15)
    assert (many.expected, many.low, many.high, many.last_year) == (22, 14, 31, 21)
    assert [one.name for one in told_ahead(forecast(series([12] * 48)), frozenset())] == []


def test_a_look_ahead_is_worked_out_on_all_months(tmp_path: Path) -> None:
    counts = [6 + at % 7 for at in range(48)]
    assert forecast(series(counts)).areas[0].expected > 0
    assert None in told_series(series(counts)).areas[0].months


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with four years of reports: in the middle many a month, elsewhere few."""
    folder = tmp_path_factory.mktemp("telling")
    synthesise(residents=3_000, seed=5, out=folder)
    doors = [line.split(";") for line in (folder / "areamap.csv").read_text(encoding="utf-8").splitlines()[1:]]
    draw = random.Random(3)
    weighed = [1.0 if at < len(doors) // 5 else 0.12 for at in range(len(doors))]
    head = "Meldnummer;Datum;Categorie;Bron;BAG-id;Straat;Huisnummer;Huisletter;Toevoeging;Postcode;Plaats;X;Y"
    rows = [
        f"D{number};{date.fromordinal(NOW.toordinal() - draw.randrange(1_400))};Overlast;bewoner;;;{house};;;{code};;;"
        for number, (code, house, _area) in enumerate(draw.choices(doors, weighed, k=1_500))
    ]
    (folder / "reports.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    for register in ("bag.zip", "reports.csv", "areas.csv", "areamap.csv", "boundaries.gpkg"):
        name = register.partition(".")[0]
        ingest(name, folder / register, vault=folder / "vault", at=NOON, as_of=None if name == "bag" else NOW)
    link(open_vault(folder / "vault"), at=NOON)
    return folder / "vault"


def areas_of(vault: Path, file: Path, on: str, months: int) -> dict[str, Any]:
    """What the file of a look ahead says of each area, by code."""
    asked = ["forecast", "--vault", str(vault), "--as-of", on, "--months", str(months), "--geojson", str(file)]
    asked += ["--svg", str(file.with_suffix(".svg")), "--reason", "Differencing, to see whether it helps", "--json"]
    ran = CliRunner().invoke(main, asked)
    assert ran.exit_code == 0, ran.output
    made = json.loads(file.read_text(encoding="utf-8"))
    assert made["export"]["fewer_than"] == MINIMUM_CELL
    ahead = {one["name"]: one for one in json.loads(ran.stdout)["areas"]}
    shown = {one["id"]: one["properties"] for one in made["features"] if one["properties"]["shown"]}
    assert set(ahead) <= {one["name"] for one in shown.values()}
    for one in [*ahead.values(), *(one.get("ahead", {}) for one in shown.values())]:
        assert all(one.get(name) is None or one[name] >= MINIMUM_CELL for name in ("expected", "last_year"))
    return shown


def test_files_of_two_days_and_two_lengths_say_no_more_than_one(vault: Path, tmp_path: Path) -> None:
    asked = [("2026-11-15", 36), ("2026-10-15", 36), ("2026-11-15", 35)]
    files = [areas_of(vault, tmp_path / f"{n}.geojson", *one) for n, one in enumerate(asked)]
    told: dict[tuple[str, str], set[int | None]] = {}
    for file in files:
        for code, area in file.items():
            for period, number in [*area["months"].items(), *area["years"].items()]:
                told.setdefault((code, period), set()).add(number)
            if area["total"] is not None and area["years"]:
                assert area["total"] == sum(area["years"].values())  # of whole years, and of nothing else
    assert all(len(said) == 1 for said in told.values())
    numbers = [number for said in told.values() for number in said]
    assert None in numbers and all(number is None or number >= MINIMUM_CELL for number in numbers)
    drawn = (tmp_path / "0.svg").read_text(encoding="utf-8")
    assert "&lt;10" in drawn and "other areas" not in drawn


def test_the_file_has_no_sum_of_a_part_of_a_year_with_a_small_month(vault: Path) -> None:
    counts = [30] * 46 + [3, 30]
    tables = AreaTables(NOW, series(counts), forecast(series(counts)))
    made = json.loads(export_areas(open_vault(vault), tables, Purpose("Differencing once more", NOON)))
    (area,) = (one["properties"] for one in made["features"] if one["properties"].get("name") == "Noord")
    assert area["months"]["2026-09"] is None and area["months"]["2026-10"] == 30
    assert area["years"] == {"2023": 360, "2024": 360, "2025": 360} and area["total"] == 1080
    assert (made["export"]["total_from"], made["export"]["total_until"]) == ("2023-01", "2025-12")
