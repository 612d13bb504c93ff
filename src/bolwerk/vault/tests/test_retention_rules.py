"""Periods: to the second, over summer and winter time, leap days and month ends; and the codes of the real list."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.vault.rules.retention import (
    BadPeriodError,
    Period,
    TermsCrossError,
    began_before,
    check_periods,
    last_day,
    over_at,
    period_from,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROOT = Path(__file__).resolve().parents[4]
CONTENT = Path(__file__).resolve().parent.parent / "content" / "retention.nl.yaml"
REAL_LIST = ROOT.parent / "shared" / "data" / "retention" / "selectielijst_2020.json"
PERIODS = st.builds(Period, st.integers(0, 120), st.integers(0, 30), st.integers(0, 800))
SECONDS = st.integers(10 * 31_536_000, 90 * 31_536_000)  # from 1980 to 2060
MOMENTS = st.builds(datetime.fromtimestamp, SECONDS, st.just(UTC))


def local(text: str) -> datetime:
    """A moment on the clock of the town hall."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("began", "period", "over"),
    [
        ("2026-03-03 00:00:00", "P5Y", "2031-03-04 00:00:00"),
        ("2026-03-03 23:59:59", "P5Y", "2031-03-04 00:00:00"),
        ("2024-02-29 12:00:00", "P1Y", "2025-03-01 00:00:00"),
        ("2026-01-31 12:00:00", "P1M", "2026-03-01 00:00:00"),
        ("2026-02-28 10:00:00", "P28D", "2026-03-29 00:00:00"),  # the night in which summer time begins
        ("2026-09-27 10:00:00", "P28D", "2026-10-26 00:00:00"),  # the night after it ended
        ("2025-12-31 23:30:00", "P1Y6M", "2027-07-01 00:00:00"),
        ("2026-03-03 10:00:00", "P0D", "2026-03-04 00:00:00"),
    ],
)
def test_a_period_is_over_at_the_first_second_after_its_last_day(began: str, period: str, over: str) -> None:
    end = over_at(local(began), period_from(period), zone=AMSTERDAM)
    assert end == local(over)
    second = timedelta(seconds=1)
    assert local(began) < began_before(end, period_from(period), zone=AMSTERDAM)
    before = (end.astimezone(UTC) - second).astimezone(AMSTERDAM)
    assert not local(began) < began_before(before, period_from(period), zone=AMSTERDAM)


@given(began=MOMENTS, at=MOMENTS, period=PERIODS)
def test_the_database_and_the_calendar_agree(began: datetime, at: datetime, period: Period) -> None:
    over = over_at(began, period, zone=AMSTERDAM) <= at
    assert (began < began_before(at, period, zone=AMSTERDAM)) is over


def test_a_day_of_the_town_hall_is_not_a_day_of_greenwich() -> None:
    late_evening = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 2 July 00:30 in the town hall
    assert over_at(late_evening, Period(days=1), zone=AMSTERDAM) == local("2026-07-04 00:00:00")


@given(period=PERIODS)
def test_a_period_reads_as_it_is_written(period: Period) -> None:
    assert period_from(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "P", "5Y", "P5", "PT5H", "P-1Y", "P5Y6", "P1.5Y", "P9999Y", "p5y", "P6M5Y", " P5Y"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriodError):
        period_from(text)


def test_the_end_of_time_is_no_error() -> None:
    assert last_day(date(9990, 1, 1), Period(years=999)) < date.max
    assert began_before(datetime(2026, 1, 1, tzinfo=UTC), Period(years=999), zone=AMSTERDAM).year < 1100


def test_personal_data_does_not_outlive_its_record() -> None:
    check_periods(Period(years=2), Period(years=5))
    check_periods(Period(months=12), Period(years=1))
    check_periods(Period(years=99), None)
    check_periods(None, Period(days=1))
    with pytest.raises(TermsCrossError):
        check_periods(Period(months=13), Period(years=1))


def test_the_codes_are_those_of_the_real_selection_list() -> None:
    if not REAL_LIST.exists():
        pytest.skip(f"the selection list itself is not at hand ({REAL_LIST})")
    rows = json.loads(REAL_LIST.read_text(encoding="utf-8"))
    processes = {row["pk"]: row["fields"] for row in rows if row["model"].endswith("procestype")}
    results = {row["pk"]: row["fields"] for row in rows if row["model"].endswith("resultaat")}
    real = {}
    for row in results.values():
        process, general = processes[row["proces_type"]], results.get(row["generiek_resultaat"])
        numbers = [process["nummer"], *([general["nummer"]] if general else []), row["nummer"]]
        term = row["bewaartermijn"] if row["waardering"] == "vernietigen" else "keep"
        about = " ".join(row["omschrijving"].split())
        real[".".join(map(str, numbers))] = (process["naam"].strip(), row["naam"].strip(), about, term)
    ours = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["codes"]
    written = {code: (one["process"], one["result"], one.get("about", ""), one["term"]) for code, one in ours.items()}
    assert written == {code: real[code] for code in written}
