"""Where the streets of the fictional municipality lie: side by side in their neighbourhood, turned as it is turned.

Its middle is in the water of the Markermeer (EPSG:28992), where nobody lives; a town stays within it.
"""

import math
from collections.abc import Iterator
from random import Random

from knooppunt.synthetic.division import Division
from knooppunt.synthetic.model import MUNICIPALITY_CODE, Kind, Stamp, Street, Town
from knooppunt.synthetic.names import number_of_towns, postcode, street_name, town_of
from knooppunt.synthetic.street_kinds import STREETS_IN_BLOCK, street_kind

POSTCODES_PER_STREET = 2


def _built(index: int, rng: Random) -> Stamp:
    """When the street was built; what stood before 2010 was registered when the BAG began."""
    year = 1920 + int(rng.random() * 95)
    if street_kind(index) in (Kind.SHOPPING, Kind.CENTRE):
        year = 1890 + int(rng.random() * 90)
    day = f"{year}-{1 + int(rng.random() * 12):02}-{1 + int(rng.random() * 28):02}"
    registered = f"{max(day, '2010-06-15')}T10:{index % 60:02}:00.000"
    return Stamp(valid_from=day, registered_at=registered)


def _postcodes(index: int) -> tuple[str, ...]:
    first = index * POSTCODES_PER_STREET
    return tuple(postcode(first + place) for place in range(POSTCODES_PER_STREET))


def chance(seed: int, index: int) -> Random:
    """The source of chance for one street: the same for a seed, whatever the other streets did."""
    return Random((seed << 32) + index)  # noqa: S311 (fiction, no secrets)


def streets(division: Division, residents: int, *, seed: int) -> Iterator[Street]:
    """Every street, one after the other, as many as were planned; take as many as the residents need."""
    towns = number_of_towns(residents)
    named: dict[str, int] = {}
    for index in range(division.planned):
        town = town_of(index // STREETS_IN_BLOCK, towns)
        place_in_town = named.get(town.id, 0)
        named[town.id] = place_in_town + 1
        yield _street(index, division, town, street_name(place_in_town), chance(seed, -1 - index))


def _street(index: int, division: Division, town: Town, name: str, rng: Random) -> Street:
    neighbourhood = division.of(index)
    cosine, sine = math.cos(neighbourhood.turn), math.sin(neighbourhood.turn)
    along, across = division.place(index)
    return Street(
        index=index,
        id=f"{MUNICIPALITY_CODE}30{index + 1:010}",
        name=name,
        kind=street_kind(index),
        town=town,
        neighbourhood=neighbourhood,
        postcodes=_postcodes(index),
        x=neighbourhood.x + along * cosine - across * sine,
        y=neighbourhood.y + along * sine + across * cosine,
        cosine=cosine,
        sine=sine,
        built=_built(index, rng),
    )
