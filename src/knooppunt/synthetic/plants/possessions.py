"""Planted for VAS and MLD-01: who owns what, what it cost, and what is reported about it."""

from knooppunt.synthetic.plants.people import lived_in
from knooppunt.synthetic.plots import HOME
from knooppunt.synthetic.records import company_owner, person_owner
from knooppunt.synthetic.site import Site
from knooppunt.synthetic.truth import Planted

_COMPANY = 97_000_000
_PERSON = "999990020"
GARAGE, GARAGE_M2, BOXES = ("overige gebruiksfunctie",), 18, 10


def _owner(site: Site, number: int = 0) -> int:
    """The KVK number of a company that owns something in this street."""
    return _COMPANY + site.street.index * 10 + number


def resales(site: Site) -> None:
    """VAS-01: sold on in four months for half as much again; not in seven months, and not for a little more."""
    cases = (
        (("2026-01-10", 200_000), ("2026-05-10", 300_000), ""),
        (("2026-01-10", 200_000), ("2026-08-11", 300_000), "sold on after seven months"),
        (("2026-01-10", 200_000), ("2026-05-10", 240_000), "sold on for a fifth more"),
    )
    for first, second, why_not in cases:
        (home,) = lived_in(site)
        site.files.records.lot(home, owner=person_owner(_PERSON), since=second[0], sales=(first, second))
        if why_not:
            site.files.truth.must_not_find("VAS-01", home.id, why_not)
        else:
            site.files.truth.must_find(Planted("VAS-01", home.id, "quick resale", {"change": 50.0}))


def prices(site: Site) -> None:
    """VAS-02: sold for less than half its value; not for about its value."""
    for price, found in ((150_000, True), (330_000, False)):
        (home,) = lived_in(site)
        site.files.records.value(home, 350_000)
        sale = (("2025-09-01", price),)
        site.files.records.lot(home, owner=person_owner(_PERSON), since="2025-09-01", sales=sale)
        if found:
            site.files.truth.must_find(Planted("VAS-02", home.id, "price below value", {"price": price}))
        else:
            site.files.truth.must_not_find("VAS-02", home.id, "sold for about its value")


def purchases(site: Site) -> None:
    """VAS-03: a company bought without a mortgage; not with one, and not a person."""
    sale = (("2025-10-01", 310_000),)
    person, company = person_owner(_PERSON), company_owner(_owner(site))
    for owner, mortgage, why_not in (
        (company, "", ""),
        (company, "2025-10-01", "bought with a mortgage"),
        (person, "", "bought by a person"),
    ):
        (home,) = lived_in(site)
        site.files.records.lot(home, owner=owner, since="2025-10-01", sales=sale, mortgage=mortgage)
        if why_not:
            site.files.truth.must_not_find("VAS-03", home.id, why_not)
        else:
            site.files.truth.must_find(Planted("VAS-03", home.id, "company purchase", {"price": 310_000}))


def owners(site: Site) -> None:
    """VAS-04: an owner without a number, and one abroad; not an ordinary company."""
    cases = (
        (company_owner(0), ""),
        (company_owner(_owner(site, 1), land="Cyprus"), ""),
        (company_owner(_owner(site, 2)), "an ordinary company"),
    )
    for owner, why_not in cases:
        (home,) = lived_in(site)
        site.files.records.lot(home, owner=owner)
        if why_not:
            site.files.truth.must_not_find("VAS-04", home.id, why_not)
        else:
            site.files.truth.must_find(Planted("VAS-04", home.id, "owner out of reach", {"out_of_reach": 1}))


def growth(site: Site) -> None:
    """VAS-05: five objects in a year, told at the last; not four."""
    for number, found in ((5, True), (4, False)):
        homes = lived_in(site, number)
        for rank, home in enumerate(homes, start=1):
            owner = company_owner(_owner(site, 3 + number - 4))
            site.files.records.lot(home, owner=owner, since=f"2026-0{rank}-15")
        if found:
            site.files.truth.must_find(Planted("VAS-05", homes[-1].id, "fast growth", {"objects": 5}))
        else:
            site.files.truth.must_not_find("VAS-05", homes[-1].id, "four objects")


def closures(site: Site) -> None:
    """VAS-06: one owner of three closed premises, told at the last; not of two."""
    for number, found in ((3, True), (2, False)):
        homes = lived_in(site, number)
        for rank, home in enumerate(homes, start=1):
            site.files.records.lot(home, owner=company_owner(_owner(site, 5 + number - 2)))
            site.files.records.measure(home, f"2025-0{rank}-20")
        if found:
            site.files.truth.must_find(Planted("VAS-06", homes[-1].id, "closed premises", {"premises": 3}))
        else:
            site.files.truth.must_not_find("VAS-06", homes[-1].id, "two closed premises")


def garages(site: Site) -> None:
    """VAS-07: two reports about a row of ten garage boxes."""
    boxes = [site.take(*HOME) for _ in range(BOXES)]
    for box in boxes:
        box.uses, box.area = GARAGE, GARAGE_M2
    for box, source in zip(boxes, ("bewoner", "handhaver"), strict=False):
        site.files.records.report(box, "2026-06-15", source)
    values = {"boxes": BOXES, "reports": 2}
    site.files.truth.must_find(Planted("VAS-07", site.street.id, "garage boxes", values))


def reports(site: Site) -> None:
    """MLD-01: three reports of two kinds of source in one spot; not three of one kind."""
    (home,) = lived_in(site)
    far = site.take(*HOME, last=True)
    days = ("2026-07-01", "2026-08-01", "2026-09-01")
    for day, source in zip(days, ("bewoner", "bewoner", "meld misdaad anoniem"), strict=True):
        site.files.records.report(home, day, source)
        site.files.records.report(far, day, "bewoner")
    site.files.truth.must_find(Planted("MLD-01", home.id, "reports from two sides", {"reports": 3, "sources": 2}))
    site.files.truth.must_not_find("MLD-01", far.id, "three reports from one kind of source")
