"""What is planted in the fictional municipality: findings, near misses, and innocent look-alikes.

Each plant is one function that fills premises of a street and tells the truth file what a rule must
make of it. The numbers come from the rules' own bounds (domain rules BED-01, BED-02, WON-01): ten
companies; four of a branch, three times the expected number; five adults below 8 m² a person.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from knooppunt.synthetic.brp_csv import Stay
from knooppunt.synthetic.households import resident, stay
from knooppunt.synthetic.kvk_json import Form
from knooppunt.synthetic.model import Kind, Premises
from knooppunt.synthetic.plots import HOME, OFFICE, SHOP
from knooppunt.synthetic.site import Site, group_of
from knooppunt.synthetic.truth import Planted

_GOOD_FORMS = (Form.BAG_ID, Form.EXACT, Form.VARIANT, Form.BAG_ID)
_RARE_TRADES = ("9604", "7711", "4742", "7911")
_LONG_AGO = "20170301"
_MOVED_OUT = "20250401"


def _companies(site: Site, premises: Premises, number: int, *, ended: str = "") -> None:
    for rank in range(number):
        site.open(premises, form=_GOOD_FORMS[rank % len(_GOOD_FORMS)], ended=ended)


def many_companies(site: Site) -> None:
    """BED-01: eleven to sixteen companies in a shop, an office or above one."""
    uses = SHOP if site.has(SHOP) else OFFICE if site.has(OFFICE) else HOME
    premises = site.take(*uses)
    number = 11 + site.street.index % 6
    _companies(site, premises, number)
    site.files.truth.must_find(Planted("BED-01", premises.id, "many companies", {"companies": number}))


def exactly_ten(site: Site) -> None:
    """BED-01: ten companies, the bound itself."""
    premises = site.take(*HOME)
    _companies(site, premises, 10)
    site.files.truth.must_find(Planted("BED-01", premises.id, "exactly ten", {"companies": 10}))


def multi_tenant_building(site: Site) -> None:
    """BED-01, innocent: a business centre with fourteen tenants behind one address."""
    premises = site.take(*OFFICE)
    premises.area = 1400
    _companies(site, premises, 14)
    planted = Planted("BED-01", premises.id, "business centre", {"companies": 14}, innocent="bedrijfsverzamelgebouw")
    site.files.truth.must_find(planted)


def nine_companies(site: Site) -> None:
    """BED-01, not: nine companies."""
    premises = site.take(*HOME)
    _companies(site, premises, 9)
    site.files.truth.must_not_find("BED-01", premises.id, "nine companies, one short")


def nine_and_ended_ones(site: Site) -> None:
    """BED-01, not any more: nine companies now, thirteen until four stopped in 2025."""
    premises = site.take(*HOME)
    _companies(site, premises, 9)
    _companies(site, premises, 4, ended="20250701")
    site.files.truth.must_not_find("BED-01", premises.id, "nine active companies, four ended in 2025")
    site.files.truth.must_find(Planted("BED-01", premises.id, "thirteen until 2025", {"companies": 13}, now=False))


def uncertain_links(site: Site) -> None:
    """BED-01, not: eight well-linked companies and five whose address has two or three errors."""
    premises = site.take(*HOME)
    _companies(site, premises, 8)
    for form in (Form.NO_POSTCODE, Form.WRONG_POSTCODE, Form.UNKNOWN_ADDITION, Form.NO_POSTCODE, Form.WRONG_POSTCODE):
        site.open(premises, form=form)
    site.files.truth.must_not_find("BED-01", premises.id, "thirteen companies, five of them linked with 2 or 3 errors")


def concern_stack(site: Site) -> None:
    """BED-01, not: twelve companies of two concerns; a concern counts once."""
    premises = site.take(*HOME)
    for rank in range(12):
        site.open(premises, form=Form.BAG_ID, concern=1 + site.street.index * 2 + rank % 2)
    site.files.truth.must_not_find("BED-01", premises.id, "twelve companies of two concerns")


def _cluster(site: Site, sbi: str, number: int, uses: tuple[str, ...]) -> None:
    for rank in range(number):
        site.open(site.take(*uses), sbi=sbi, form=_GOOD_FORMS[rank % len(_GOOD_FORMS)])


def same_branch(site: Site) -> None:
    """BED-02: six to eight of one uncommon branch in a street of homes."""
    sbi = _RARE_TRADES[site.street.index % len(_RARE_TRADES)]
    number = 6 + site.street.index % 3
    _cluster(site, sbi, number, HOME)
    values: dict[str, Any] = {"branch": group_of(sbi), "establishments": number}
    site.clusters.append(values)
    site.files.truth.must_find(Planted("BED-02", site.street.id, "same branch", values))


def clothing_street(site: Site) -> None:
    """BED-02, innocent: a real fashion street."""
    _cluster(site, "4771", 10, SHOP)
    values: dict[str, Any] = {"branch": group_of("4771"), "establishments": 10}
    site.clusters.append(values)
    planted = Planted("BED-02", site.street.id, "fashion street", values, innocent="bestaande winkelconcentratie")
    site.files.truth.must_find(planted)


def three_of_a_branch(site: Site) -> None:
    """BED-02, not: three of an uncommon branch, however unusual."""
    _cluster(site, "7911", 3, HOME)
    site.files.truth.must_not_find("BED-02", site.street.id, "three of a branch, one short")


def common_branch(site: Site) -> None:
    """BED-02, not: six of a branch that is common everywhere."""
    _cluster(site, "7022", 6, HOME)
    site.files.truth.must_not_find("BED-02", site.street.id, "six of a common branch, less than three times expected")


def could_be_chance(site: Site) -> None:
    """BED-02, not: four restaurants in a long shopping street, which chance explains."""
    _cluster(site, "56101", 4, SHOP)
    site.files.truth.must_not_find("BED-02", site.street.id, "four of a branch that chance explains")


def _live(site: Site, premises: Premises, adults: int, children: int = 0, *, since: str = _LONG_AGO) -> None:
    people = [resident(site.rng, adult=rank < adults) for rank in range(adults + children)]
    site.move_in([(person, [stay(premises, since)]) for person in people])


def _home(site: Site, area: int) -> Premises:
    premises = site.take(*HOME)
    premises.area = area
    return premises


def over_occupied(site: Site) -> None:
    """WON-01: RvIG's example of six adults on 40 m², or more people with children on a little more."""
    adults, children, area = ((6, 0, 40), (7, 2, 60), (5, 1, 45), (9, 0, 71))[site.street.index % 4]
    premises = _home(site, area)
    _live(site, premises, adults, children)
    values = {"residents": adults + children, "adults": adults, "floor_area": area}
    site.files.truth.must_find(Planted("WON-01", premises.id, "over-occupied", values))


def split_up(site: Site) -> None:
    """WON-01 now, not then: a home of 120 m² that was split up in 2025 and kept 44 m²."""
    premises = _home(site, 44)
    premises.area_before, premises.changed_in = 120, 2025
    _live(site, premises, 6)
    values = {"residents": 6, "adults": 6, "floor_area": 44}
    site.files.truth.must_find(Planted("WON-01", premises.id, "split up in 2025", values, then=False))


def rebuilt(site: Site) -> None:
    """WON-01 then, not now: a home of 42 m² that grew to 118 m² in 2025."""
    premises = _home(site, 118)
    premises.area_before, premises.changed_in = 42, 2025
    _live(site, premises, 6)
    values = {"residents": 6, "adults": 6, "floor_area": 42}
    site.files.truth.must_find(Planted("WON-01", premises.id, "extended in 2025", values, now=False))
    site.files.truth.must_not_find("WON-01", premises.id, "large enough since a rebuild in 2025")


def moved_out(site: Site) -> None:
    """WON-01 then, not now: five of seven adults moved to other homes in the street in 2025."""
    premises = _home(site, 50)
    _live(site, premises, 2)
    for _ in range(5):
        other = _home(site, 70)
        person = resident(site.rng, adult=True)
        site.move_in([(person, [stay(other, _MOVED_OUT), stay(premises, _LONG_AGO)])])
    values = {"residents": 7, "adults": 7, "floor_area": 50}
    site.files.truth.must_find(Planted("WON-01", premises.id, "moved out in 2025", values, now=False))
    site.files.truth.must_not_find("WON-01", premises.id, "five of seven adults moved out in 2025")


def care_institution(site: Site) -> None:
    """WON-01, innocent: a small care home registered as one home."""
    premises = _home(site, 95)
    premises.uses = (*HOME, "gezondheidszorgfunctie")
    _live(site, premises, 14)
    values = {"residents": 14, "adults": 14, "floor_area": 95}
    planted = Planted("WON-01", premises.id, "care institution", values, innocent="zorginstelling")
    site.files.truth.must_find(planted)


def close_to_over_occupied(site: Site) -> None:
    """WON-01, not: seven homes that each miss one condition."""
    cases: tuple[tuple[str, int, int, int, str, tuple[str, ...]], ...] = (
        ("exactly 8 m² a person", 40, 5, 0, "", HOME),
        ("four adults and three children", 40, 4, 3, "", HOME),
        ("area 9 m², too small to be true", 9, 6, 0, "", HOME),
        ("area 9999 m², a placeholder", 9999, 6, 0, "", HOME),
        ("a workplace, no home", 40, 6, 0, "", OFFICE),
        ("out of use", 40, 6, 0, "Verblijfsobject buiten gebruik", HOME),
    )
    for why, area, adults, children, status, uses in cases:
        premises = _home(site, area)
        premises.status = status or premises.status
        premises.uses = uses
        _live(site, premises, adults, children)
        site.files.truth.must_not_find("WON-01", premises.id, why)


def not_residents(site: Site) -> None:
    """WON-01, not: four who live there, and others who only seem to."""
    cases: tuple[tuple[str, Callable[[Premises], list[Stay]]], ...] = (
        ("three with a postal address only", lambda home: [stay(home, _LONG_AGO, function="B")]),
        ("three who may have moved in by now, or not", lambda home: [stay(home, "20261100")]),
    )
    for why, stays in cases:
        premises = _home(site, 40)
        _live(site, premises, 4)
        people = [(resident(site.rng, adult=True), stays(premises)) for _ in range(3)]
        site.move_in(people, counted=False)
        site.files.truth.must_not_find("WON-01", premises.id, f"four adults, and {why}")
    premises = _home(site, 40)
    _live(site, premises, 4)
    dead = [resident(site.rng, adult=True)._replace(suspension="O", suspended_on="20240315") for _ in range(3)]
    site.move_in([(person, [stay(premises, _LONG_AGO)]) for person in dead], counted=False)
    site.files.truth.must_not_find("WON-01", premises.id, "four adults, and three who died")


class Plant(NamedTuple):
    """A plant, the streets it fits in, and for how many residents there is one (at least `least`)."""

    sow: Callable[[Site], None]
    kinds: frozenset[Kind]
    per_residents: int
    least: int = 1


_HOMES = frozenset({Kind.ROW, Kind.FLATS, Kind.DETACHED})
_MIXED = frozenset({Kind.CENTRE, Kind.SHOPPING})
_ROWS = frozenset({Kind.ROW})

CATALOGUE = (
    Plant(many_companies, _MIXED | {Kind.BUSINESS, Kind.ROW}, 12_000, least=2),
    Plant(exactly_ten, _HOMES, 30_000),
    Plant(multi_tenant_building, frozenset({Kind.BUSINESS}), 50_000),
    Plant(nine_companies, _HOMES, 30_000),
    Plant(nine_and_ended_ones, _HOMES, 50_000),
    Plant(uncertain_links, _ROWS, 30_000),
    Plant(concern_stack, _HOMES, 40_000),
    Plant(same_branch, _ROWS, 12_000, least=2),
    Plant(clothing_street, frozenset({Kind.SHOPPING}), 100_000),
    Plant(three_of_a_branch, _ROWS, 30_000),
    Plant(common_branch, frozenset({Kind.FLATS}), 30_000),
    Plant(could_be_chance, frozenset({Kind.SHOPPING}), 50_000),
    Plant(over_occupied, _HOMES, 8_000, least=3),
    Plant(split_up, _HOMES, 40_000),
    Plant(rebuilt, _HOMES, 40_000),
    Plant(moved_out, _HOMES, 40_000),
    Plant(care_institution, _HOMES, 50_000),
    Plant(close_to_over_occupied, _HOMES, 40_000),
    Plant(not_residents, _HOMES, 40_000),
)

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
        """Take the plants for this street: the first one due for each rule family, at most two."""
        chosen: list[Plant] = []
        for item in list(self._waiting):
            moment, plant = item
            if moment > living or len(chosen) == _MOST_PER_STREET:
                break
            if site.street.kind in plant.kinds and plant not in chosen:
                self._waiting.remove(item)
                chosen.append(plant)
        return chosen


_MOST_PER_STREET = 2
