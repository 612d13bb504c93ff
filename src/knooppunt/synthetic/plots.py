"""What stands along a street: buildings, and in them homes, shops and workplaces with their addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import NamedTuple

from knooppunt.synthetic.model import MUNICIPALITY_CODE, Building, Kind, Objects, Premises, Stamp, Street

HOME = ("woonfunctie",)
SHOP = ("winkelfunctie",)
OFFICE = ("kantoorfunctie",)
WORKS = ("industriefunctie",)

TYPE_CODES = {"premises": "01", "mooring": "02", "pitch": "03", "building": "10", "address": "20"}
"""Positions 5 and 6 of a BAG identification (Kadaster, catalogus BAG)."""


class Unit(NamedTuple):
    """One addressable part of a building, before it has a place."""

    letter: str
    addition: str
    uses: tuple[str, ...]
    least_area: int
    most_area: int


class Plot(NamedTuple):
    """One building: its front and depth in metres, and what is in it."""

    front: float
    depth: float
    units: tuple[Unit, ...]


def _home(letter: str = "", addition: str = "", least: int = 48, most: int = 92) -> Unit:
    return Unit(letter, addition, HOME, least, most)


_SPLIT_HOUSES = (
    Plot(7, 14, (Unit("", "", SHOP, 60, 180), _home("A"), _home("B"))),
    Plot(6, 12, (_home(), _home("", "bis"))),
    Plot(7, 14, (Unit("", "", OFFICE, 70, 160), _home("", "1"), _home("", "2"), _home("", "3"))),
    Plot(6, 12, (_home("", "H"), _home("", "I"), _home("", "II"))),
    Plot(7, 12, (_home(), _home("A", "1"), _home("A", "2"))),
)
_SHOPS = (
    Plot(8, 22, (Unit("", "", SHOP, 80, 320), _home("A"))),
    Plot(7, 20, (Unit("", "", SHOP, 60, 160), _home("", "bis"))),
    Plot(9, 24, (Unit("", "", (*SHOP, "bijeenkomstfunctie"), 90, 260), _home("", "1"), _home("", "2"))),
)
_HALLS = (
    Plot(26, 30, (Unit("", "", WORKS, 300, 2400),)),
    Plot(22, 16, (Unit("", "", OFFICE, 150, 900),)),
    Plot(30, 20, tuple(Unit("", str(unit), WORKS, 60, 140) for unit in range(1, 6))),
)
_ROW_HOUSE = Plot(6, 10, (_home("", "", 84, 142),))
_VILLA = Plot(10, 11, (_home("", "", 120, 260),))
_FLATS = Plot(34, 13, tuple(_home("", "", 52, 96) for _ in range(16)))


class Layout(NamedTuple):
    """How a kind of street is filled: plots on each side, taken in turn, and the room between them."""

    plots: tuple[Plot, ...]
    per_side: int
    pitch: float


LAYOUTS = {
    Kind.ROW: Layout((_ROW_HOUSE,), 24, 6.0),
    Kind.DETACHED: Layout((_VILLA,), 14, 20.0),
    Kind.FLATS: Layout((_FLATS,), 3, 60.0),
    Kind.CENTRE: Layout(_SPLIT_HOUSES, 15, 7.2),
    Kind.SHOPPING: Layout(_SHOPS, 20, 9.2),
    Kind.BUSINESS: Layout(_HALLS, 8, 34.0),
    Kind.QUAY: Layout((_ROW_HOUSE,), 8, 6.0),
    Kind.PITCHES: Layout((_ROW_HOUSE,), 8, 6.0),
}
PLACES = {Kind.QUAY: (Objects.MOORING, 12), Kind.PITCHES: (Objects.PITCH, 10)}
SHARED_NUMBERS = frozenset({Kind.CENTRE, Kind.SHOPPING, Kind.BUSINESS})
"""Streets where several addresses may have one number and differ by letter or addition."""
_SETBACK_M = 9.0


@dataclass(slots=True)
class Identities:
    """Hands out BAG identifications: municipality, type, ten digits."""

    _counters: dict[str, "count[int]"] = field(default_factory=dict)

    def next(self, kind: str) -> str:
        """The next identification of the type `kind` (a key of TYPE_CODES)."""
        counter = self._counters.setdefault(kind, count(1))
        return f"{MUNICIPALITY_CODE}{TYPE_CODES[kind]}{next(counter):010}"


def rectangle(street: Street, along: float, across: float, size: tuple[float, float], *, height: str = " 0.0") -> str:
    """The corners of a rectangle beside the street as a closed GML position list, counter-clockwise."""
    front, depth = size
    corners = ((0.0, 0.0), (front, 0.0), (front, depth), (0.0, depth), (0.0, 0.0))
    points = (street.point(along + right, across + up) for right, up in corners)
    return " ".join(f"{x:.3f} {y:.3f}{height}" for x, y in points)


def build(street: Street, ids: Identities, rng: Random) -> Iterator[tuple[Building, list[Premises]]]:
    """Every building along `street` with the premises in it, odd numbers on one side, even on the other."""
    layout = LAYOUTS[street.kind]
    for side in (0, 1):
        house_number = 1 + side
        for place in range(layout.per_side):
            plot = layout.plots[(place + side) % len(layout.plots)]
            along = 4 + place * layout.pitch + place // 6 * 4
            across = _SETBACK_M if side == 0 else -_SETBACK_M - plot.depth
            building = Building(
                id=ids.next("building"),
                outline=rectangle(street, along, across, (plot.front, plot.depth)),
                year=int(street.built.valid_from[:4]),
                stamp=street.built,
                street=street,
            )
            x, y = street.point(along + plot.front / 2, across + plot.depth / 2)
            step = 2 if street.kind is Kind.FLATS else 0
            units = [
                _premises(unit, building, (x, y), house_number + step * rank, ids=ids, rng=rng)
                for rank, unit in enumerate(plot.units)
            ]
            house_number = units[-1].number + 2
            yield building, units


def _premises(
    unit: Unit, building: Building, at: tuple[float, float], number: int, *, ids: Identities, rng: Random
) -> Premises:
    street = building.street
    area = unit.least_area + int(rng.random() * (unit.most_area - unit.least_area))
    return Premises(
        id=ids.next("premises"),
        address_id=ids.next("address"),
        building_id=building.id,
        street=street,
        postcode=street.postcodes[number % 2],
        number=number,
        letter=unit.letter,
        addition=unit.addition,
        x=at[0],
        y=at[1],
        uses=unit.uses,
        area=area,
        is_home=unit.uses == HOME,
        alone=street.kind not in SHARED_NUMBERS,
    )


def places(street: Street, ids: Identities) -> Iterator[Premises]:
    """The moorings or pitches of a street, if it has any, beyond its houses."""
    if street.kind not in PLACES:
        return
    kind, total = PLACES[street.kind]
    name = "mooring" if kind is Objects.MOORING else "pitch"
    for place in range(total):
        along = 75 + place * 18
        x, y = street.point(along + 7, -12)
        yield Premises(
            id=ids.next(name),
            address_id=ids.next("address"),
            building_id="",
            street=street,
            postcode=street.postcodes[0],
            number=102 + 2 * place,
            letter="",
            addition="",
            x=x,
            y=y,
            uses=(),
            area=0,
            object_kind=kind,
            outline=rectangle(street, along, -15, (14, 6), height=""),
        )


def renewed(street: Street, year: int) -> Stamp:
    """A stamp for something that began in the street in `year`."""
    day = f"{year}-03-{1 + street.index % 28:02}"
    return Stamp(valid_from=day, registered_at=f"{day}T11:15:00.000")
