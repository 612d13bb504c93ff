"""Planted for WON-03 to WON-08 and BAG-01: who lives where, and how long."""

from knooppunt.synthetic.brp_csv import gone
from knooppunt.synthetic.households import resident, stay
from knooppunt.synthetic.plants.people import LONG_AGO, adults, gone_person, lived_in
from knooppunt.synthetic.plots import HOME
from knooppunt.synthetic.site import OUT_OF_USE, Site
from knooppunt.synthetic.truth import Planted

_CAME = ("20250110", "20250310", "20250510", "20250710", "20250910", "20251110")
_WENT = ("20250301", "20250501", "20250701", "20250901")
_ABROAD = "5010"
ROOMS_LET_ON = ("20190101", "20210101", "20230101")
"""Days on which tenants came. Every adult who is made up is of age by the first; a child who grew up there is none."""


def empty_homes(site: Site) -> None:
    """WON-03: a home left a year ago; not one that was left in the summer."""
    for left_on, found in (("20251015", True), ("20260815", False)):
        home = site.take(*HOME)
        site.move_in([gone_person(site, [stay(home, LONG_AGO)], suspended_on=left_on)], counted=False)
        if not found:
            site.files.truth.must_not_find("WON-03", home.id, "empty since August, less than half a year")
    lived_in(site)


def coming_and_going(site: Site) -> None:
    """WON-04: ten moving days in two years; not seven."""
    for came, went, found in ((_CAME, _WENT, True), (_CAME[:4], _WENT[:3], False)):
        home = site.take(*HOME)
        leaving = zip(came, went, strict=False)
        site.move_in([gone_person(site, [stay(home, day)], suspended_on=last) for day, last in leaving], counted=False)
        adults(site, home, *came[len(went) :])
        if found:
            site.files.truth.must_find(Planted("WON-04", home.id, "coming and going", {"moves": len(came) + len(went)}))
        else:
            site.files.truth.must_not_find("WON-04", home.id, "seven moving days, one short")


def left_to_nowhere(site: Site) -> None:
    """WON-05: two left to nobody knows where; not one of two."""
    for countries, found in ((("0000", "0000"), True), (("0000", _ABROAD), False)):
        (home,) = lived_in(site)
        people = [
            (resident(site.rng, adult=True), [gone("20260110", country), stay(home, LONG_AGO)]) for country in countries
        ]
        site.move_in(people, counted=False)
        if found:
            site.files.truth.must_find(Planted("WON-05", home.id, "left to nowhere", {"left_unknown": 2}))
        else:
            site.files.truth.must_not_find("WON-05", home.id, "one left to nowhere, one to a known country")


def postal_addresses(site: Site) -> None:
    """WON-06: four postal addresses; not three."""
    for number, found in ((4, True), (3, False)):
        (home,) = lived_in(site)
        people = [(resident(site.rng, adult=True), [stay(home, LONG_AGO, function="B")]) for _ in range(number)]
        site.move_in(people, counted=False)
        if found:
            site.files.truth.must_find(Planted("WON-06", home.id, "postal addresses", {"postal": number}))
        else:
            site.files.truth.must_not_find("WON-06", home.id, "three postal addresses, one short")


def lodgings(site: Site) -> None:
    """WON-07: people in a holiday home; not an empty one."""
    lived, empty = site.take(*HOME), site.take(*HOME)
    lived.uses = empty.uses = ("logiesfunctie",)
    adults(site, lived, LONG_AGO, LONG_AGO)
    site.files.truth.must_find(Planted("WON-07", lived.id, "people in a holiday home", {"residents": 2}))
    site.files.truth.must_not_find("WON-07", empty.id, "a holiday home without residents")


def rooms(site: Site) -> None:
    """WON-08: three who came on different days and no permit; not with a permit, and not two."""
    let, allowed, small = (site.take(*HOME) for _ in range(3))
    for home in (let, allowed):
        adults(site, home, *ROOMS_LET_ON)
    adults(site, small, *ROOMS_LET_ON[:2])
    site.files.records.permit(allowed, "omzettingsvergunning")
    site.files.truth.must_find(Planted("WON-08", let.id, "rooms without a permit", {"households": 3}))
    site.files.truth.must_not_find("WON-08", allowed.id, "three households with a permit")
    site.files.truth.must_not_find("WON-08", small.id, "two households")


def out_of_use(site: Site) -> None:
    """BAG-01: a home out of use that is lived in; not one that stands empty."""
    for number in (2, 0):
        home = site.take(*HOME)
        home.status = OUT_OF_USE
        adults(site, home, *[LONG_AGO] * number)
        if not number:
            site.files.truth.must_not_find("BAG-01", home.id, "out of use and empty")
