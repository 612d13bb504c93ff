"""Days and moments in words, in both languages."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.translation import override

from bolwerk.ui.dates import day_in_words, days_left_in_words, moment_in_words, short_moment
from bolwerk.ui.templatetags.ui_dates import short_beside

MONDAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def test_a_moment_in_full() -> None:
    with override("nl"):
        assert moment_in_words(MOMENT) == "maandag 23 november 2026, 14.05 uur"
    with override("en"):
        assert moment_in_words(MOMENT) == "Monday 23 November 2026, 14:05"


def test_a_day_is_the_one_that_people_here_live_in() -> None:
    with override("nl"):
        assert day_in_words(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "donderdag 2 juli 2026"


@time_machine.travel(MOMENT, tick=False)
def test_a_period_over_a_new_year_says_both_years() -> None:
    begins, ends = date(2026, 3, 22), date(2027, 3, 22)
    with override("en"):
        assert (short_beside(begins, ends), short_beside(ends, begins)) == ("22 March 2026", "22 March 2027")
        assert short_beside(begins, date(2026, 6, 1)) == "22 March"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (MOMENT, "vandaag 14.05"),
        (datetime(2026, 11, 22, 8, 12, tzinfo=UTC), "gisteren 9.12"),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "1 maart"),
        (datetime(2025, 3, 1, 8, 0, tzinfo=UTC), "1 maart 2025"),
    ],
)
def test_a_moment_as_short_as_a_list_wants(moment: datetime, text: str) -> None:
    with override("nl"):
        assert short_moment(moment, on=MONDAY).replace("09.", "9.") == text


@pytest.mark.parametrize(
    ("working_days", "last_day", "text"),
    [
        (2, date(2026, 11, 25), "nog 2 werkdagen (tot en met woensdag)"),
        (1, date(2026, 11, 24), "nog 1 werkdag (tot en met dinsdag)"),
        (9, date(2026, 12, 4), "nog 9 werkdagen (tot en met vrijdag 4 december)"),
        (0, date(2026, 11, 28), "uiterlijk zaterdag"),
        (0, MONDAY, "vandaag is de laatste dag"),
        (-1, date(2026, 11, 20), "1 werkdag te laat"),
        (0, date(2026, 11, 22), "de laatste dag is voorbij"),
    ],
)
def test_what_is_left_of_a_term(working_days: int, last_day: date, text: str) -> None:
    with override("nl"):
        assert days_left_in_words(working_days, last_day=last_day, on=MONDAY) == text
