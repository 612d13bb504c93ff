"""Rates: exact intervals beside those of scipy, rounding taken along, and that nothing is called changed by chance."""

import pytest
from scipy import stats

from bolwerk.overview.safety.rules import Change, Count, change_of, poisson_interval, rate_of, ratio_interval


@pytest.mark.parametrize("count", [0, 1, 5, 24, 160, 1200])
def test_the_interval_of_a_count_is_that_of_garwood(count: int) -> None:
    low, high = poisson_interval(count, count)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0, abs=1e-6)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-6)


@pytest.mark.parametrize(("one", "other"), [(12, 30), (40, 41), (90, 20)])
def test_the_interval_of_a_ratio_is_that_of_clopper_and_pearson(one: int, other: int) -> None:
    found = ratio_interval(Count(one, one, one), 2.0, Count(other, other, other), 1.0)
    share = stats.binomtest(one, one + other).proportion_ci(0.95, "exact")
    assert found.low == pytest.approx(share.low / (1 - share.low) / 2, rel=1e-6)
    assert found.high == pytest.approx(share.high / (1 - share.high) / 2, rel=1e-6)


def test_rounding_widens_an_interval_and_never_narrows_it() -> None:
    exact, rounded = poisson_interval(25, 25), poisson_interval(23, 27)
    assert rounded[0] < exact[0] < exact[1] < rounded[1]


def test_a_rate_is_per_hundred_full_time_jobs_and_whole_year() -> None:
    rate = rate_of(Count(15, 13, 17), fte=40, years=0.75)
    assert rate is not None
    assert rate.value == pytest.approx(50)
    assert rate_of(Count(15, 13, 17), fte=0, years=1) is None


def test_what_can_be_chance_is_no_change() -> None:
    before = Count(25, 23, 27)
    for figure, change in ((30, Change.NOT_SHOWN), (70, Change.HIGHER), (14, Change.NOT_SHOWN)):
        assert change_of(ratio_interval(Count(figure, figure, figure), 1, before, 1)) is change
    assert change_of(ratio_interval(Count(10, 10, 12), 1, Count(60, 58, 62), 1)) is Change.LOWER
