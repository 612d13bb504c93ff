"""How long somebody waits: pure sums."""

from datetime import UTC, datetime, timedelta

import pytest

from bolwerk.accounts.signin.rules import ACCOUNTS_AT_ADDRESS, FAILURES_OVERALL, Failures, Pressure, ended_because, wait

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTHING = Failures()


def pressure(
    here: Failures = NOTHING, elsewhere: Failures = NOTHING, address: Failures = NOTHING, overall: int = 0
) -> Pressure:
    return Pressure(here=here, elsewhere=elsewhere, address=address, overall=overall)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (10_000, 900)]
)
def test_the_wait_on_one_account_from_one_place_doubles_up_to_a_quarter_of_an_hour(count: int, seconds: int) -> None:
    assert wait(pressure(here=Failures(count, AT)), known_device=False, at=AT) == timedelta(seconds=seconds)


def test_what_passed_since_the_last_failure_counts() -> None:
    earlier = Failures(10, AT - timedelta(seconds=30))
    assert wait(pressure(here=earlier), known_device=False, at=AT) == timedelta(seconds=2)
    long_ago = Failures(10, AT - timedelta(seconds=33))
    assert not wait(pressure(here=long_ago), known_device=False, at=AT)


def test_a_known_device_answers_for_its_own_mistakes_only() -> None:
    storm = pressure(elsewhere=Failures(5000, AT), address=Failures(70, AT), overall=FAILURES_OVERALL)
    assert wait(storm, known_device=False, at=AT) > timedelta()
    assert not wait(storm, known_device=True, at=AT)
    assert wait(pressure(here=Failures(6, AT)), known_device=True, at=AT) == timedelta(seconds=2)


def test_a_whole_office_may_mistype_in_the_morning() -> None:
    office = Failures(ACCOUNTS_AT_ADDRESS - 1, AT)
    assert not wait(pressure(address=office), known_device=False, at=AT)


def test_an_address_that_tries_many_accounts_never_waits_longer_than_half_a_minute() -> None:
    spray = Failures(ACCOUNTS_AT_ADDRESS + 20, AT)
    assert wait(pressure(address=spray), known_device=False, at=AT) == timedelta(seconds=30)


def test_under_a_storm_the_limits_are_tighter_but_a_clean_address_gets_in() -> None:
    some = Failures(10, AT)
    assert not wait(pressure(address=some), known_device=False, at=AT)
    assert wait(pressure(address=some, overall=FAILURES_OVERALL), known_device=False, at=AT)
    assert not wait(pressure(overall=10 * FAILURES_OVERALL), known_device=False, at=AT)


@pytest.mark.parametrize(
    ("age", "rest", "why"),
    [(0, 0, ""), (719, 29, ""), (60, 30, "idle"), (60, 31, "idle"), (720, 1, "absolute"), (720, 30, "absolute")],
)
def test_a_session_ends_after_rest_or_age(age: int, rest: int, why: str) -> None:
    ended = ended_because(
        age=timedelta(minutes=age),
        rest=timedelta(minutes=rest),
        idle=timedelta(minutes=30),
        absolute=timedelta(hours=12),
    )
    assert ended == why
