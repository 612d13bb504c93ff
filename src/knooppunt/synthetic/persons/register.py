"""A population of households: couples, children, twins now and then, some twenty addresses to a postcode."""

from random import Random

import numpy as np
import pyarrow as pa

from knooppunt.synthetic.persons.names import GIVEN, surnames

_LETTERS = "ABCDEGHJKLNPRSTVWXZ"
_SIZES = (0.38, 0.71, 0.83, 0.95, 1.0)  # running shares of households of one to five (CBS)
_TWINS = 0.015
_PER_POSTCODE = 20
FIRST_NUMBER = 990_000_000
"""Numbers that stand for a BSN are counted from here; none of them is one."""


def _postcode(place: int) -> str:
    return f"{1000 + place // 361 % 9000}{_LETTERS[place // 19 % 19]}{_LETTERS[place % 19]}"


def _born(rng: Random, year: int, rank: int, last: int) -> int:
    """A day of birth (YYYYMMDD): parents of about an age, children 22 to 40 years later, now and then twins."""
    if rank > 2 and rng.random() < _TWINS * 4:
        return last
    own = year + int(rng.random() * 9) - 4 if rank < 2 else min(2026, max(1950, year + 22 + int(rng.random() * 18)))
    return own * 10_000 + (1 + int(rng.random() * 12)) * 100 + 1 + int(rng.random() * 28)


def population(people: int, *, seed: int) -> pa.Table:
    """`people` persons: number, given, prefix, surname, birth (date), postcode, house number, household."""
    rng = Random(seed)  # noqa: S311  fiction
    names = surnames(seed)
    shares = 1 / (np.arange(len(names)) + 12.0) ** 0.85  # the most common name has about half a per cent
    draws = iter(np.random.default_rng(seed).choice(len(names), people + 10, p=shares / shares.sum()).tolist())
    numpy = np.random.default_rng(seed + 1)
    given_shares = 1 / (np.arange(len(GIVEN)) + 8.0)
    given_draws = iter(numpy.choice(len(GIVEN), people * 2, p=given_shares / given_shares.sum()).tolist())
    chances = iter(numpy.random((people + 10) * 4).tolist())
    rows: list[tuple[int, str, str, str, int, str, int, int]] = []
    household = 0
    while len(rows) < people:
        draw = next(chances)
        size = 1 + next(place for place, bound in enumerate(_SIZES) if draw < bound)
        family = names[next(draws)]
        postcode, number = _postcode(household // _PER_POSTCODE), 1 + household % _PER_POSTCODE * 2
        year, last, taken = 1935 + int(next(chances) * 68), 0, set[int]()
        for rank in range(size):
            own = family
            if rank == 1 and rng.random() < 0.45:
                own = names[min(int(rng.expovariate(1 / 900)), len(names) - 1)]  # kept the own name
            birth = _born(rng, year, rank, last)
            given = next(g for g in given_draws if g not in taken)
            taken.add(given)
            last = birth
            rows.append((FIRST_NUMBER + len(rows), GIVEN[given], *own, birth, postcode, number, household))
        household += 1
    columns = list(zip(*rows[:people], strict=True))
    days = pa.array([f"{d // 10_000}-{d // 100 % 100:02}-{d % 100:02}" for d in columns[4]]).cast(pa.date32())
    return pa.table(
        {
            "person": pa.array(columns[0], pa.int64()),
            "given": columns[1],
            "prefix": columns[2],
            "surname": columns[3],
            "birth": days,
            "postcode": columns[5],
            "number": pa.array(columns[6], pa.int32()),
            "household": pa.array(columns[7], pa.int32()),
        }
    )
