"""Planted for BED-01, many companies at one address. The rule's bound is ten companies."""

from knooppunt.synthetic.kvk_json import GOOD_FORMS, Form
from knooppunt.synthetic.model import Premises
from knooppunt.synthetic.plots import HOME, OFFICE, SHOP
from knooppunt.synthetic.site import Site
from knooppunt.synthetic.truth import Planted


def _companies(site: Site, premises: Premises, number: int, *, ended: str = "") -> None:
    for rank in range(number):
        # The third is shielded: it counts, and must never be shown.
        site.open(premises, form=GOOD_FORMS[rank % len(GOOD_FORMS)], ended=ended, shielded=rank == 2)


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
