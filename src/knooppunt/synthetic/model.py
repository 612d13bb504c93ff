"""What a fictional municipality is made of, as plain values.

Dates are ISO text (`YYYY-MM-DD`) and moments ISO text with milliseconds, because they go
straight into the exchange files; lengths are metres and areas square metres, coordinates EPSG:28992.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

STAND_ON = "2026-11-01"
"""The day the registers were delivered. Fixed, so that a seed gives the same bytes for ever."""

MUNICIPALITY_CODE = "9900"
"""No Dutch municipality has a code above 1999 (CBS list), so nothing here can be taken for real."""

MUNICIPALITY_NAME = "Rijnderhout"


class Kind(StrEnum):
    """What a street mainly is; decides its plots, its uses and its businesses."""

    ROW = "row houses"
    DETACHED = "detached houses"
    FLATS = "flats"
    CENTRE = "centre"
    SHOPPING = "shopping street"
    BUSINESS = "business park"
    QUAY = "quay with moorings"
    PITCHES = "yard with pitches"


class Stamp(NamedTuple):
    """When one occurrence was true, and when the register knew it."""

    valid_from: str
    registered_at: str
    valid_to: str = ""
    registered_until: str = ""
    inactive_at: str = ""


class Town(NamedTuple):
    """A town (woonplaats)."""

    id: str
    name: str


class Neighbourhood(NamedTuple):
    """A neighbourhood (buurt): its code of eight digits and its class of urbanity as CBS gives them, and its middle."""

    code: str
    name: str
    urbanity: int
    x: float
    y: float
    turn: float  # of its streets, in radians
    streets: int


@dataclass(slots=True)
class Street:
    """A street (openbare ruimte) and where it lies."""

    index: int
    id: str
    name: str
    kind: Kind
    town: Town
    neighbourhood: Neighbourhood
    postcodes: tuple[str, ...]
    x: float
    y: float
    cosine: float
    sine: float
    built: Stamp

    def point(self, along: float, across: float) -> tuple[float, float]:
        """RD coordinates of a spot `along` the street and `across` from its axis, in metres."""
        return (
            self.x + along * self.cosine - across * self.sine,
            self.y + along * self.sine + across * self.cosine,
        )


class Objects(StrEnum):
    """The three kinds of addressable object, by their name in the BAG."""

    PREMISES = "Verblijfsobject"
    MOORING = "Ligplaats"
    PITCH = "Standplaats"


@dataclass(slots=True)
class Premises:
    """An addressable object with its main address; a mooring and a pitch have no uses and no area."""

    id: str
    address_id: str
    building_id: str
    street: Street
    postcode: str
    number: int
    letter: str
    addition: str
    x: float
    y: float
    uses: tuple[str, ...]
    area: int
    status: str = "Verblijfsobject in gebruik"
    object_kind: Objects = Objects.PREMISES
    extra_address_id: str = ""
    outline: str = ""
    is_home: bool = True
    alone: bool = True  # no other address has this street and number
    planted: bool = False
    area_before: int = 0  # where the floor area changed in the year `changed_in`
    changed_in: int = 0


@dataclass(slots=True)
class Building:
    """A building (pand) with its outline as a GML position list."""

    id: str
    outline: str
    year: int
    stamp: Stamp
    street: Street = field(repr=False)
