"""Where the streets of the fictional municipality lie: neighbourhoods in a spiral, 22 streets in each.

A neighbourhood is a square of 760 m with two columns of eleven streets of 300 m, turned a little, so
that the map shows blocks with green between them. The municipality lies in the water of
the Markermeer in EPSG:28992, where nobody lives.
"""

import math
from collections.abc import Iterator
from itertools import count
from random import Random

from knooppunt.synthetic.model import MUNICIPALITY_CODE, Kind, Stamp, Street, Town
from knooppunt.synthetic.names import number_of_towns, postcode, street_name, town_of

CENTRE = (143_000.0, 506_000.0)  # RD metres
NEIGHBOURHOOD_M = 760.0
STREETS_PER_NEIGHBOURHOOD = 22
STREET_M = 300.0
_STREET_PITCH_M = 56.0
_ROWS = 11
_MOST_TURN = 0.17  # radians; more and neighbouring squares would touch
POSTCODES_PER_STREET = 2

_FIRST = (
    Kind.SHOPPING, Kind.CENTRE, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.ROW, Kind.QUAY, Kind.PITCHES, Kind.CENTRE,
    Kind.ROW, Kind.FLATS, Kind.SHOPPING, Kind.DETACHED, Kind.ROW, Kind.CENTRE, Kind.BUSINESS, Kind.FLATS, Kind.ROW,
    Kind.CENTRE, Kind.ROW, Kind.FLATS, Kind.DETACHED,
)  # fmt: skip
_USUAL = (
    Kind.ROW, Kind.ROW, Kind.FLATS, Kind.ROW, Kind.DETACHED, Kind.ROW, Kind.SHOPPING, Kind.ROW, Kind.FLATS, Kind.ROW,
    Kind.CENTRE, Kind.ROW, Kind.DETACHED, Kind.ROW, Kind.FLATS, Kind.ROW, Kind.QUAY, Kind.DETACHED, Kind.ROW,
    Kind.FLATS, Kind.ROW, Kind.ROW,
)  # fmt: skip
_WORKING = (Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.ROW,
    Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.ROW, Kind.ROW, Kind.BUSINESS, Kind.ROW, Kind.BUSINESS,
    Kind.PITCHES, Kind.ROW, Kind.ROW, Kind.FLATS, Kind.ROW,
)  # fmt: skip
_WORKING_EVERY = 6  # each sixth neighbourhood has a business park


def street_kind(index: int) -> Kind:
    """What the `index`-th street of the municipality mainly is."""
    neighbourhood, place = divmod(index, STREETS_PER_NEIGHBOURHOOD)
    if neighbourhood == 0:
        return _FIRST[place]
    return _WORKING[place] if neighbourhood % _WORKING_EVERY == 0 else _USUAL[place]


def spiral(index: int) -> tuple[int, int]:
    """The `index`-th cell of a square spiral round (0, 0)."""
    if index == 0:
        return 0, 0
    ring = (math.isqrt(index) + 1) // 2
    side, place = divmod(index - (2 * ring - 1) ** 2, 2 * ring)
    return (
        (ring, place - ring + 1),
        (ring - place - 1, ring),
        (-ring, ring - place - 1),
        (place - ring + 1, -ring),
    )[side]


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


def streets(residents: int, *, seed: int) -> Iterator[Street]:
    """Every street, one after the other, without end; take as many as the residents need."""
    towns = number_of_towns(residents)
    named: dict[str, int] = {}
    for index in count():
        town = town_of(index // STREETS_PER_NEIGHBOURHOOD, towns)
        place_in_town = named.get(town.id, 0)
        named[town.id] = place_in_town + 1
        yield _street(index, town, street_name(place_in_town), chance(seed, -1 - index))


def _street(index: int, town: Town, name: str, rng: Random) -> Street:
    neighbourhood, place = divmod(index, STREETS_PER_NEIGHBOURHOOD)
    column, row = divmod(place, _ROWS)
    cell_x, cell_y = spiral(neighbourhood)
    angle = _MOST_TURN * math.sin(neighbourhood * 1.7)
    cosine, sine = math.cos(angle), math.sin(angle)
    along = (column - 1) * (STREET_M + 20)
    across = (row - (_ROWS - 1) / 2) * _STREET_PITCH_M
    return Street(
        index=index,
        id=f"{MUNICIPALITY_CODE}30{index + 1:010}",
        name=name,
        kind=street_kind(index),
        town=town,
        postcodes=_postcodes(index),
        x=CENTRE[0] + cell_x * NEIGHBOURHOOD_M + along * cosine - across * sine,
        y=CENTRE[1] + cell_y * NEIGHBOURHOOD_M + along * sine + across * cosine,
        cosine=cosine,
        sine=sine,
        built=_built(index, rng),
    )
