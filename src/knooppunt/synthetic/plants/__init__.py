"""What is planted in the fictional municipality: findings, near misses, and innocent look-alikes.

Each plant is one function that fills premises of a street and tells the truth file what a rule must
make of it. There is one file per finding; the plan here says how many come, and in which streets.
"""

from collections.abc import Callable
from typing import NamedTuple

from knooppunt.synthetic.model import Kind
from knooppunt.synthetic.plants import housing, possessions, trade
from knooppunt.synthetic.plants.many_companies import (
    concern_stack,
    exactly_ten,
    many_companies,
    multi_tenant_building,
    nine_and_ended_ones,
    nine_companies,
    uncertain_links,
)
from knooppunt.synthetic.plants.over_occupation import (
    care_institution,
    close_to_over_occupied,
    moved_out,
    not_residents,
    over_occupied,
    rebuilt,
    split_up,
)
from knooppunt.synthetic.plants.same_branch import (
    clothing_street,
    common_branch,
    could_be_chance,
    same_branch,
    three_of_a_branch,
)
from knooppunt.synthetic.site import Site


class Plant(NamedTuple):
    """A plant, the streets it fits in, and for how many residents there is one (at least `least`)."""

    sow: Callable[[Site], None]
    kinds: frozenset[Kind]
    per_residents: int
    least: int = 1
    chooses_branch: bool = False  # such a plant comes first, so that others in the street avoid its branch


_HOMES = frozenset({Kind.ROW, Kind.FLATS, Kind.DETACHED})
_MIXED = frozenset({Kind.CENTRE, Kind.SHOPPING})
_ROWS = frozenset({Kind.ROW})


def _together(*sowers: Callable[[Site], None]) -> Callable[[Site], None]:
    """Several plants in one street: there are more kinds of plants than streets in a small municipality."""

    def sow(site: Site) -> None:
        for one in sowers:
            one(site)

    return sow


CATALOGUE = (
    Plant(many_companies, _MIXED | {Kind.BUSINESS, Kind.ROW}, 12_000, least=2),
    Plant(exactly_ten, _HOMES, 30_000),
    Plant(multi_tenant_building, frozenset({Kind.BUSINESS}), 50_000),
    Plant(nine_companies, _HOMES, 30_000),
    Plant(nine_and_ended_ones, _HOMES, 50_000),
    Plant(uncertain_links, _ROWS, 30_000),
    Plant(concern_stack, _HOMES, 40_000),
    Plant(same_branch, _ROWS, 12_000, least=2, chooses_branch=True),
    Plant(clothing_street, frozenset({Kind.SHOPPING}), 100_000, chooses_branch=True),
    Plant(three_of_a_branch, _ROWS, 30_000, chooses_branch=True),
    Plant(common_branch, frozenset({Kind.FLATS}), 30_000, chooses_branch=True),
    Plant(could_be_chance, frozenset({Kind.SHOPPING}), 50_000, chooses_branch=True),
    Plant(over_occupied, _HOMES, 8_000, least=3),
    Plant(split_up, _HOMES, 40_000),
    Plant(rebuilt, _HOMES, 40_000),
    Plant(moved_out, _HOMES, 40_000),
    Plant(care_institution, _HOMES, 50_000),
    Plant(close_to_over_occupied, _HOMES, 40_000),
    Plant(not_residents, _HOMES, 40_000),
    Plant(_together(housing.empty_homes, housing.coming_and_going, housing.left_to_nowhere), _ROWS, 20_000),
    Plant(_together(housing.postal_addresses, housing.lodgings, housing.rooms, housing.out_of_use), _ROWS, 20_000),
    Plant(_together(trade.cars, trade.farms), frozenset({Kind.BUSINESS}), 40_000),
    Plant(_together(trade.recognitions, trade.in_turn, trade.directors), _ROWS, 20_000),
    Plant(_together(trade.young_companies, trade.letterboxes), _ROWS, 40_000),
    Plant(_together(trade.guests, trade.nobody_buys), frozenset({Kind.SHOPPING}), 20_000),
    Plant(trade.care, _ROWS, 20_000, chooses_branch=True),
    Plant(_together(possessions.resales, possessions.prices, possessions.purchases, possessions.owners), _ROWS, 20_000),
    Plant(_together(possessions.growth, possessions.closures), _ROWS, 40_000),
    Plant(possessions.garages, frozenset({Kind.DETACHED}), 40_000),
    Plant(possessions.reports, _ROWS, 20_000),
)

_MOST_PER_STREET = 2
_SOWN_BY = 0.75  # of the residents, so that the last plants still meet a fitting street


class Plan:
    """Which plant is due when: spread evenly over the first three quarters of the municipality."""

    def __init__(self, residents: int) -> None:
        due = [
            (residents * _SOWN_BY * rank / number, place, plant)
            for place, plant in enumerate(CATALOGUE)
            for number in (max(plant.least, residents // plant.per_residents),)
            for rank in range(number)
        ]
        self._waiting = [(moment, plant) for moment, _, plant in sorted(due, key=lambda item: item[:2])]

    @property
    def done(self) -> bool:
        """Whether everything has been planted."""
        return not self._waiting

    def due(self, site: Site, living: int) -> list[Plant]:
        """Take the plants that are due and fit this street, at most two, none twice."""
        chosen: list[Plant] = []
        for item in list(self._waiting):
            moment, plant = item
            if moment > living or len(chosen) == _MOST_PER_STREET:
                break
            if site.street.kind in plant.kinds and plant not in chosen:
                self._waiting.remove(item)
                chosen.append(plant)
        return sorted(chosen, key=lambda plant: not plant.chooses_branch)
