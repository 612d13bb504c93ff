"""Planted for BED-02, one branch concentrated in a street.

The rule's bounds: four of a branch, three times the expected number, and too many for chance.
"""

from typing import Any

from knooppunt.synthetic.kvk_json import GOOD_FORMS
from knooppunt.synthetic.plots import HOME, SHOP
from knooppunt.synthetic.site import Site, group_of
from knooppunt.synthetic.truth import Planted

_RARE_TRADES = ("9604", "7711", "4742", "7911")


def _cluster(site: Site, sbi: str, number: int, uses: tuple[str, ...]) -> None:
    for rank in range(number):
        site.open(site.take(*uses), sbi=sbi, form=GOOD_FORMS[rank % len(GOOD_FORMS)])


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
    _cluster(site, "8553", 3, HOME)
    site.files.truth.must_not_find("BED-02", site.street.id, "three of a branch, one short")


def common_branch(site: Site) -> None:
    """BED-02, not: six of a branch that is common everywhere."""
    _cluster(site, "7022", 6, HOME)
    site.files.truth.must_not_find("BED-02", site.street.id, "six of a common branch, less than three times expected")


def could_be_chance(site: Site) -> None:
    """BED-02, not: four restaurants in a long shopping street, which chance explains."""
    _cluster(site, "5610", 4, SHOP)
    site.files.truth.must_not_find("BED-02", site.street.id, "four of a branch that chance explains")
