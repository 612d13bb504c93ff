"""Planted for WON-01, over-occupation. The rule's bounds: five adults, less than 8 m² a person."""

from collections.abc import Callable

from knooppunt.synthetic.brp_csv import Stay
from knooppunt.synthetic.households import resident, stay
from knooppunt.synthetic.model import Premises
from knooppunt.synthetic.plots import HOME, OFFICE
from knooppunt.synthetic.site import Site
from knooppunt.synthetic.truth import Planted

_LONG_AGO = "20170301"
_MOVED_OUT = "20250401"


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
