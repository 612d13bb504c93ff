"""Who lives where: households of a plausible size and age, and where some of them lived before."""

from collections import deque
from random import Random
from typing import NamedTuple

from knooppunt.synthetic.brp_csv import Resident, Stay
from knooppunt.synthetic.model import Premises
from knooppunt.synthetic.names import GIVEN_NAMES, SURNAMES

_SIZES = (0.03, 0.41, 0.74, 0.86, 0.96, 1.0)
"""Running share of homes with 0, 1, … 5 residents (about 2 on average, as CBS counts households)."""

ROOM_PER_PERSON_M2 = 16
"""No ordinary household here lives closer than this, twice the bound of finding WON-01."""

_MOVED_WITHIN = 0.15  # share of households that came from another home in the municipality
_MOST_REMEMBERED = 500  # homes whose earlier residents may still turn up in a later street


class Left(NamedTuple):
    """A home that stood free of its present household before a day; somebody else may have lived there."""

    premises: Premises
    since: str


def household_size(rng: Random, premises: Premises) -> int:
    """How many people live in an ordinary home; 0 when it stands empty."""
    draw = rng.random()
    size = next(size for size, bound in enumerate(_SIZES) if draw < bound)
    return size if not premises.area else min(size, premises.area // ROOM_PER_PERSON_M2)


def resident(rng: Random, *, adult: bool, surname: str = "") -> Resident:
    """Somebody who does not exist; an adult was born before 2001, a child after 2012."""
    draw = rng.random()
    year = 1940 + int(draw * 60) if adult else 2013 + int(draw * 12)
    return Resident(
        given_name=GIVEN_NAMES[int(rng.random() * len(GIVEN_NAMES))],
        surname=surname or SURNAMES[int(rng.random() * len(SURNAMES))],
        born=f"{year}{1 + int(draw * 997) % 12:02}{1 + int(draw * 9973) % 28:02}",
        gender="M" if draw * 1009 % 1 < 0.5 else "V",
    )


def stay(premises: Premises, since: str, *, function: str = "W", declaration: str = "I") -> Stay:
    """A stay at this address from `since` (`YYYYMMDD`)."""
    street = premises.street
    return Stay(
        since=since,
        street=street.name,
        number=premises.number,
        letter=premises.letter,
        addition=premises.addition,
        postcode=premises.postcode,
        town=street.town.name,
        object_id=premises.id,
        address_id=premises.address_id,
        function=function,
        declaration=declaration,
    )


class Homes:
    """Fills homes with households, and lets some come from a home they left in another street."""

    def __init__(self) -> None:
        self._left: deque[Left] = deque(maxlen=_MOST_REMEMBERED)

    def fill(self, rng: Random, premises: Premises, size: int) -> list[tuple[Resident, list[Stay]]]:
        """The household of a home: every resident with the stays from now back in time."""
        since = self._day(rng, int(premises.street.built.valid_from[:4]))
        stays = [stay(premises, since)]
        if rng.random() < _MOVED_WITHIN and self._left:
            stays.extend(self._earlier(rng, since))
        self._left.append(Left(premises, since))
        surname = SURNAMES[int(rng.random() * len(SURNAMES))]
        adults = 1 if size == 1 else 2
        return [(resident(rng, adult=rank < adults, surname=surname), stays) for rank in range(size)]

    def _earlier(self, rng: Random, since: str) -> list[Stay]:
        left = self._left.popleft()
        if left.since < since or left.premises.is_home is False:
            return []  # the home they would have left was taken by then
        year = max(int(since[:4]) - 1 - int(rng.random() * 8), int(left.premises.street.built.valid_from[:4]) + 1)
        start = f"{year}0115"
        return [stay(left.premises, start)] if start < since else []

    @staticmethod
    def _day(rng: Random, built: int) -> str:
        draw = rng.random()
        year = max(built + 1, 2026 - int(draw * draw * 40))
        month = 1 + int(rng.random() * (10 if year == 2026 else 12))
        return f"{year}{month:02}{1 + int(draw * 997) % 28:02}"
