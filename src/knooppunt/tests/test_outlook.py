"""A look ahead that is honest: it beats last year or says that it does not; chance makes no hot spot."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.cli import main
from knooppunt.findings import MissingRegisterError
from knooppunt.ingest import ingest
from knooppunt.linkage import current_links, link
from knooppunt.outlook import report_series, rule_series
from knooppunt.outlook.forecast import COVER, LEAST_MONTHS, forecast
from knooppunt.outlook.hotspots import CELL, LEAST_CASES, Floats, grid_of, hot_spots
from knooppunt.outlook.series import MINIMUM_CELL, TOGETHER, Series, months_until, series_of
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

NOW = date(2026, 11, 15)


def made(counts: np.ndarray) -> Series:
    months = months_until(NOW, counts.shape[1])
    return Series("reports", tuple(f"Buurt {row}" for row in range(counts.shape[0])), months, counts.astype(np.int64))


def poisson(rate: np.ndarray, seed: int) -> Series:
    return made(np.random.default_rng(seed).poisson(rate))


def test_months_are_whole_and_end_before_the_day() -> None:
    assert months_until(date(2026, 1, 31), 3) == (date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1))


def test_small_areas_are_taken_together_and_smaller_still_left_out() -> None:
    months = months_until(NOW, 6)
    small = [("Zuid", months[1])] * 6 + [("West", months[2])] * 5 + [("Oost", months[2])] * 2
    seen = [("Noord", months[0])] * 20 + small + [("", NOW)] * 9
    told = series_of("reports", months, seen, {"Noord": "BU1", "Zuid": "BU2"})
    assert told.areas == ("Noord", TOGETHER) and told.counts.sum(axis=1).tolist() == [20, 13]
    assert told.codes == ("BU1", "")
    few = series_of("reports", months, [("Noord", months[0])] * 20 + [("Zuid", months[1])] * 4)
    assert few.areas == ("Noord",)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 14), min_size=1))
def test_a_reader_who_counts_the_areas_that_are_together_learns_the_least_of_none(totals: dict[str, int]) -> None:
    months = months_until(NOW, 3)
    told = series_of("x", months, [(area, months[0]) for area, total in totals.items() for _one in range(total)])
    together = [total for area, total in totals.items() if area not in told.areas]
    if TOGETHER in told.areas:
        most_of_others = (MINIMUM_CELL - 1) * (len(together) - 1)  # 9 and 9 make 18: then both would be known
        assert MINIMUM_CELL <= sum(together) <= most_of_others


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.integers(0, 400)), max_size=80))
def test_no_area_is_shown_with_a_small_number(seen: list[tuple[str, int]]) -> None:
    months = months_until(NOW, 12)
    told = series_of("x", months, [(area, date.fromordinal(months[0].toordinal() + day)) for area, day in seen])
    assert all(total >= MINIMUM_CELL for total in told.counts.sum(axis=1))


def test_noise_around_a_level_is_forecast_better_than_by_last_years_noise() -> None:
    told = forecast(poisson(np.full((8, 48), 12.0), 3))
    assert told.verdict == "better" and told.gain_low > 0
    assert told.error < told.error_last_year
    assert all(9 < area.expected < 15 for area in told.areas)


def test_where_last_year_is_all_there_is_to_know_it_says_so() -> None:
    """Each area has a pattern of its own that comes back every year: last year is exactly right."""
    pattern = np.random.default_rng(4).integers(0, 60, (6, 12))
    told = forecast(made(np.tile(pattern, 4)))
    assert told.verdict == "no_better" and told.gain < 0
    assert [area.expected for area in told.areas] == [area.last_year for area in told.areas]


@pytest.mark.parametrize("seed", range(4))
def test_intervals_cover_what_they_say(seed: int) -> None:
    """Months that were never seen lie within the interval about as often as is said."""
    rate = np.random.default_rng(seed).uniform(3, 40, (12, 1)) * (1 + 0.3 * np.sin(np.arange(49) * np.pi / 6))
    counts = np.random.default_rng(seed + 100).poisson(rate)
    hits = []
    for end in range(40, 49):
        told = forecast(made(counts[:, :end]))
        hits += [a.low <= truth <= a.high for a, truth in zip(told.areas, counts[:, end], strict=True)]
        assert abs(told.covered - COVER) < 0.1
    assert abs(np.mean(hits) - COVER) < 0.12


def test_a_short_series_gets_no_forecast() -> None:
    told = forecast(poisson(np.full((3, LEAST_MONTHS - 1), 5.0), 1))
    assert (told.verdict, told.areas) == ("too_short", ())
    assert forecast(made(np.zeros((0, 40)))).verdict == "too_short"


def test_a_forecast_uses_no_later_month() -> None:
    counts = np.random.default_rng(5).poisson(10, (4, 40))
    later = counts.copy()
    later[:, 30:] += 1000
    assert forecast(made(counts[:, :30])) == forecast(made(later[:, :30]))


def town(seed: int) -> Floats:
    """Addresses, denser in the middle."""
    return np.random.default_rng(seed).normal(10_000, 900, (4_000, 2))


def test_a_planted_spot_is_found_where_it_is() -> None:
    addresses = town(1)
    random = np.random.default_rng(2)
    spread = addresses[random.integers(0, len(addresses), 150)]
    centre = np.array([10_600.0, 10_500.0])
    spot = addresses[np.argsort(np.hypot(*(addresses - centre).T))[:60]]
    found = hot_spots(np.vstack([spread, spot]), addresses, maps=199)
    assert found and found[0].chance <= 0.05
    assert np.hypot(found[0].x - centre[0], found[0].y - centre[1]) < 2.5 * CELL
    assert found[0].cases > 3 * found[0].expected and found[0].cases >= LEAST_CASES


@pytest.mark.drill  # statistics: 25 maps, each beside 99 by chance
def test_chance_makes_a_hot_spot_about_as_often_as_is_said() -> None:
    addresses = town(3)
    random = np.random.default_rng(9)
    maps = [addresses[random.integers(0, len(addresses), 200)] for _ in range(25)]
    false = sum(bool(hot_spots(cases, addresses, maps=99, seed=turn)) for turn, cases in enumerate(maps))
    assert false <= 5  # of 25 at 5%: more has a chance below 1 in 100


def test_spots_do_not_overlap_and_come_again_the_same() -> None:
    addresses = town(1)
    centres = np.array([[9_300.0, 9_300.0], [10_900.0, 10_700.0]])
    cases = np.vstack([addresses[np.argsort(np.hypot(*(addresses - c).T))[:50]] for c in centres])
    found = hot_spots(cases, addresses, maps=99)
    assert len(found) >= 2 and found == hot_spots(cases, addresses, maps=99)
    for place, one in enumerate(found):
        for other in found[:place]:
            assert (one.x, one.y) != (other.x, other.y)


def test_few_cases_and_cases_in_the_sea_make_no_spot() -> None:
    addresses = town(1)
    assert hot_spots(addresses[:5], addresses) == []
    sea = np.full((50, 2), 90_000.0)
    assert grid_of(sea, addresses).cases.sum() == 0 and hot_spots(sea, addresses) == []


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with three years of reports: everywhere a few, and many around one object in the last months."""
    folder = tmp_path_factory.mktemp("outlook")
    synthesise(residents=3_000, seed=5, out=folder)
    for register, file in (("bag", "bag.zip"), ("brp", "brp.csv"), ("kvk", "kvk.jsonl")):
        ingest(register, folder / file, vault=folder / "vault", at=NOON, as_of=None if register == "bag" else NOW)
    link(open_vault(folder / "vault"), at=NOON)
    objects = pq.read_table(current_links(open_vault(folder / "vault")).table_path("addressable")).to_pylist()
    objects = sorted((row for row in objects if row["x"]), key=lambda row: (row["x"], row["y"]))
    random = np.random.default_rng(1)
    around = sorted(objects, key=lambda row: (row["x"] - objects[0]["x"]) ** 2 + (row["y"] - objects[0]["y"]) ** 2)[:25]
    picked = [(objects[int(n)], int(day)) for n, day in zip(
        random.integers(0, len(objects), 700), random.integers(0, 1_090, 700), strict=True)]  # fmt: skip
    picked += [(row, day) for row in around for day in (10, 40)]
    lines = ["Meldnummer;Datum;Categorie;Bron;BAG-id;Straat;Huisnummer;Huisletter;Toevoeging;Postcode;Plaats;X;Y"]
    lines += [
        f"M{number:06};{NOW - timedelta(days=day)};Overlast;bewoner;{row['object_id']:016};;;;;;;;"
        for number, (row, day) in enumerate(picked)
    ]
    (folder / "reports.csv").write_text("\n".join(lines), encoding="utf-8")
    ingest("reports", folder / "reports.csv", vault=folder / "vault", at=NOON, as_of=NOW)
    return folder / "vault"


def test_reports_of_a_vault_become_a_series_and_a_forecast(vault: Path) -> None:
    series = report_series(open_vault(vault), on=NOW, months=36)
    assert len(series.months) == 36 and 600 < series.counts.sum() < 750
    ran = CliRunner().invoke(main, ["forecast", "--vault", str(vault), "--as-of", str(NOW), "--json"])
    told = json.loads(ran.stdout)
    assert told["month"] == "2026-11-01" and told["tested_months"] == 24 and told["verdict"] in ("better", "no_better")
    shown = CliRunner().invoke(main, ["forecast", "--vault", str(vault), "--as-of", str(NOW)]).stdout
    assert "Tested on 24 months" in shown


def test_the_spot_in_a_vault_is_found(vault: Path) -> None:
    arguments = ["hotspots", "--vault", str(vault), "--as-of", str(NOW), "--months", "12"]
    found = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)
    assert found and found[0]["cases"] >= 30 and found[0]["chance"] <= 0.05
    assert "hot spots of reports" in CliRunner().invoke(main, arguments).stdout


def test_spots_are_taken_along_with_a_reason_that_the_log_keeps(vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "spots.geojson"
    asked = ["hotspots", "--vault", str(vault), "--as-of", str(NOW), "--geojson", str(file), "--json"]
    for reason in ([], ["--reason", "omdat"]):
        refused = CliRunner().invoke(main, [*asked, *reason])
        assert refused.exit_code == 1 and "why these figures leave" in refused.stderr and not file.exists()
    told = CliRunner().invoke(main, [*asked, "--reason", "Meeting of the team", "--by", "Iris"])
    made, shown = json.loads(file.read_text(encoding="utf-8")), json.loads(told.stdout)
    header = {name: made["export"][name] for name in ("reason", "by", "what", "as_of", "months")}
    assert header == {
        "reason": "Meeting of the team", "by": "Iris", "what": "reports", "as_of": str(NOW), "months": 12,
    }  # fmt: skip
    assert [one["properties"]["cases"] for one in made["features"]] == [one["cases"] for one in shown]
    assert all(one["properties"]["cases"] >= LEAST_CASES and one["geometry"] for one in made["features"])
    assert all(one["properties"].keys() >= {"radius", "expected", "chance"} for one in made["features"])
    last = json.loads((vault / "vault.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["areas"], last["spots"]) == ("export", 0, len(shown))
    assert (last["reason"], last["by"]) == ("Meeting of the team", "Iris")


def test_findings_of_a_rule_are_asked_month_by_month(vault: Path) -> None:
    steps: list[int] = []
    told = rule_series(open_vault(vault), "WON-03", on=NOW, months=3, progress=lambda done, _all: steps.append(done))
    assert told.what == "WON-03" and told.counts.shape[1] == 3 and steps == [0, 1, 2]
    short = CliRunner().invoke(main, ["forecast", "--vault", str(vault), "--rule", "WON-03", "--as-of", str(NOW),
                                      "--months", "2"])  # fmt: skip
    assert "No forecast" in short.stdout


def test_without_reports_it_says_so(tmp_path: Path) -> None:
    synthesise(residents=3_000, seed=5, out=tmp_path)
    ingest("bag", tmp_path / "bag.zip", vault=tmp_path / "vault", at=NOON)
    with pytest.raises(MissingRegisterError, match="REPORTS"):
        report_series(open_vault(tmp_path / "vault"), on=NOW)
