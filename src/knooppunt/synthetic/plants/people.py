"""Putting people and papers in planted premises."""

from knooppunt.synthetic.brp_csv import Resident, Stay
from knooppunt.synthetic.households import resident, stay
from knooppunt.synthetic.model import Premises
from knooppunt.synthetic.plots import HOME
from knooppunt.synthetic.site import Site

LONG_AGO = "20170301"


def adults(site: Site, premises: Premises, *since: str) -> None:
    """One adult who came on each of these days and lives there still."""
    site.move_in([(resident(site.rng, adult=True), [stay(premises, day)]) for day in since])


def gone_person(site: Site, stays: list[Stay], *, suspended_on: str) -> tuple[Resident, list[Stay]]:
    """Somebody who left the municipality on a day."""
    left = resident(site.rng, adult=True)._replace(suspension="E", suspended_on=suspended_on)
    return left, stays


def lived_in(site: Site, number: int = 1) -> list[Premises]:
    """Ordinary homes with a household in them, set apart for something planted."""
    homes = [site.take(*HOME) for _ in range(number)]
    for home in homes:
        adults(site, home, LONG_AGO, LONG_AGO)
    return homes
