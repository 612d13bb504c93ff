"""Terms end when people expect: over weekends, holidays, clock changes, year ends and leap days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.deadlines.rules import (
    END_OF_DAY,
    GOOD_FRIDAY,
    LIBERATION_DAY,
    ZONE,
    Term,
    Unit,
    WorkingCalendar,
    add_months,
    due,
    part_of,
    term_from,
    working_days_between,
)

moments = st.integers(1_577_836_800, 2_082_758_399).map(lambda second: datetime.fromtimestamp(second, UTC))  # 2020-2035
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def local(text: str) -> datetime:
    """A moment in the Netherlands."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def ends_on(start: str, amount: int, unit: Unit, *, statutory: bool = False) -> str:
    """The last day of a term that starts at noon."""
    return due(local(f"{start}T12:00"), Term(amount, unit, statutory=statutory)).date().isoformat()


def test_hours_run_through_a_weekend() -> None:
    assert due(local("2026-11-20T16:30"), Term(72, Unit.HOURS)) == local("2026-11-23T16:30")


def test_a_day_of_hours_has_24_real_hours_when_the_clock_changes() -> None:
    assert due(local("2026-03-28T12:00"), Term(24, Unit.HOURS)) == local("2026-03-29T13:00")
    assert due(local("2026-10-24T12:00"), Term(24, Unit.HOURS)) == local("2026-10-25T11:00")


def test_days_end_at_the_end_of_the_day_when_the_clock_changes() -> None:
    end = due(local("2026-03-22T12:00"), Term(1, Unit.WEEKS))
    assert end == local("2026-03-29T23:59:59")
    assert end.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2026-11-20", 1, Unit.WORKING_DAYS, "2026-11-23"),  # from Friday to Monday
        ("2026-12-24", 1, Unit.WORKING_DAYS, "2026-12-28"),  # Christmas on Friday and Saturday
        ("2026-12-31", 1, Unit.WORKING_DAYS, "2027-01-04"),  # over the year's end
        ("2026-04-02", 2, Unit.WORKING_DAYS, "2026-04-08"),  # Good Friday and Easter
        ("2026-04-24", 1, Unit.WORKING_DAYS, "2026-04-28"),  # King's Day on a Monday
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),  # a leap day
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2025-11-30", 3, Unit.MONTHS, "2026-02-28"),
        ("2024-02-28", 1, Unit.DAYS, "2024-02-29"),
        ("2026-11-23", 6, Unit.WEEKS, "2027-01-04"),
    ],
)
def test_a_term_ends_on_the_day_people_expect(start: str, amount: int, unit: Unit, end: str) -> None:
    assert ends_on(start, amount, unit) == end


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2026-11-16", 5, Unit.DAYS, "2026-11-23"),  # Saturday moves to Monday (article 1)
        ("2026-12-11", 2, Unit.WEEKS, "2026-12-28"),  # Christmas on a Friday
        ("2026-12-24", 3, Unit.DAYS, "2026-12-29"),  # three days hold two working days (article 2)
        ("2026-05-04", 1, Unit.DAYS, "2026-05-06"),  # 5 May is closed by law every year (article 3)
        ("2026-01-03", 4, Unit.MONTHS, "2026-05-03"),  # longer than three months: the law leaves it (article 4)
    ],
)
def test_a_statutory_term_follows_the_algemene_termijnenwet(start: str, amount: int, unit: Unit, end: str) -> None:
    assert ends_on(start, amount, unit, statutory=True) == end


def test_statutory_hours_stay_hours() -> None:
    assert due(local("2026-11-20T12:00"), Term(24, Unit.HOURS, statutory=True)) == local("2026-11-21T12:00")


def test_working_hours_wait_for_the_office_to_open() -> None:
    assert due(local("2026-11-20T16:00"), Term(2, Unit.WORKING_HOURS)) == local("2026-11-23T10:00")
    assert due(local("2026-11-21T03:00"), Term(9, Unit.WORKING_HOURS)) == local("2026-11-24T10:00")
    assert due(local("2026-11-20T20:00"), Term(1, Unit.WORKING_HOURS)) == local("2026-11-23T10:00")


def test_a_municipality_has_closing_days_and_holidays_on_which_it_works() -> None:
    own = WorkingCalendar(closed=frozenset({date(2026, 5, 15)}), worked=frozenset({LIBERATION_DAY, GOOD_FRIDAY}))
    assert not own.is_working_day(date(2026, 5, 15))
    assert own.is_working_day(date(2026, 5, 5))
    assert own.is_working_day(date(2026, 4, 3))
    assert not own.is_working_day(date(2026, 5, 14))
    assert not WorkingCalendar().is_working_day(date(2026, 5, 5))


def test_a_term_without_length_or_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        due(local("2026-11-20T12:00"), Term(0, Unit.DAYS))
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 20), Term(1, Unit.DAYS))  # noqa: DTZ001  a naive moment is the case


@given(start=moments, amount=st.integers(1, 400))
def test_hours_are_exact_whatever_the_clock_does(start: datetime, amount: int) -> None:
    assert due(start, Term(amount, Unit.HOURS)) - start == timedelta(hours=amount)


@given(start=moments, amount=st.integers(1, 60))
def test_working_days_end_on_a_working_day_with_that_many_in_between(start: datetime, amount: int) -> None:
    end, calendar = due(start, Term(amount, Unit.WORKING_DAYS)), WorkingCalendar()
    assert calendar.is_working_day(end.date())
    assert working_days_between(start.astimezone(ZONE).date(), end.date()) == amount
    assert end.time() == END_OF_DAY


@given(start=moments, amount=st.integers(1, 24), unit=st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
def test_a_longer_term_never_ends_earlier(start: datetime, amount: int, unit: Unit) -> None:
    assert start < due(start, Term(amount, unit)) <= due(start, Term(amount + 1, unit))


@given(start=moments, amount=st.integers(1, 89))
def test_the_law_only_lengthens_a_term_and_ends_it_on_a_working_day(start: datetime, amount: int) -> None:
    by_law = due(start, Term(amount, Unit.DAYS, statutory=True))
    assert by_law >= due(start, Term(amount, Unit.DAYS))
    assert WorkingCalendar().is_working_day(by_law.date())


@given(start=moments, amount=st.integers(1, 30))
def test_working_hours_end_in_office_hours(start: datetime, amount: int) -> None:
    end = due(start, Term(amount, Unit.WORKING_HOURS)).astimezone(ZONE)
    assert WorkingCalendar().is_working_day(end.date())
    assert 9 <= end.hour <= 17
    assert end - start >= timedelta(hours=amount)


@given(day=days, months=st.integers(1, 48))
def test_months_keep_the_day_or_take_the_last_of_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(first=days, distance=st.integers(0, 60))
def test_counting_back_is_counting_forward_negated(first: date, distance: int) -> None:
    last = first + timedelta(days=distance)
    assert working_days_between(first, last) == -working_days_between(last, first)


@given(start=moments, hours=st.integers(1, 2000), percent=st.integers(0, 100))
def test_a_part_of_a_term_lies_within_it(start: datetime, hours: int, percent: int) -> None:
    end = start + timedelta(hours=hours)
    assert start <= part_of(start, end, percent) <= end


def test_a_term_survives_being_kept_as_data() -> None:
    term = Term(7, Unit.DAYS, "Wet bescherming klokkenluiders, art. 2", statutory=True)
    assert term_from(term.as_data()) == term
