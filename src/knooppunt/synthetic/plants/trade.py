"""Planted for BED-04 to BED-09, BUI-01, HOR and ZRG: businesses and their papers."""

from knooppunt.synthetic.kvk_json import Form
from knooppunt.synthetic.plots import HOME, SHOP, WORKS
from knooppunt.synthetic.site import Site
from knooppunt.synthetic.truth import Planted

_ELSEWHERE = 98_000_000  # KVK numbers of companies that are nowhere in the municipality
_DAYS = ("2026-03-04", "2026-05-12", "2026-07-21")


def _person(site: Site, number: int) -> str:
    """A BSN out of the range that nobody has, another for every street."""
    return f"9{site.street.index:04}{number:04}"


def cars(site: Site) -> None:
    """BED-04: a garage without a recognition; not one with it."""
    bare, proper = site.take(*WORKS, whole=True), site.take(*WORKS, whole=True)
    site.open(bare, sbi="4520", papers=False)
    site.open(proper, sbi="4520")
    site.files.truth.must_find(Planted("BED-04", bare.id, "garage without recognition", {"businesses": 1}))
    site.files.truth.must_not_find("BED-04", proper.id, "a garage with a recognition")


def farms(site: Site) -> None:
    """BUI-01: a large building whose farm stopped; not one that found another use."""
    empty, used = site.take(*WORKS, whole=True), site.take(*WORKS, whole=True)
    for shed in (empty, used):
        site.open(shed, sbi="0111", ended="20240701")
    site.open(used, sbi="5210")
    site.files.truth.must_find(Planted("BUI-01", empty.building_id, "farm that stopped", {}))
    site.files.truth.must_not_find("BUI-01", used.building_id, "a farm that became a store")


def recognitions(site: Site) -> None:
    """BED-05: a recognition at a home without a company; not with one."""
    left, kept = site.take(*HOME), site.take(*HOME)
    site.open(kept, sbi="7022")
    for home in (left, kept):
        site.files.records.recognition(home)
    site.files.truth.must_find(Planted("BED-05", left.id, "recognition left behind", {"recognitions": 1}))
    site.files.truth.must_not_find("BED-05", kept.id, "a recognition where a company is")


def in_turn(site: Site) -> None:
    """BED-06: three flower shops one after another; not two."""
    terms = (("20240101", "20250101"), ("20250101", "20260101"), ("20260101", ""))
    for number, found in ((3, True), (2, False)):
        shop = site.take(*HOME)
        for start, end in terms[-number:]:
            site.open(shop, sbi="4776", started=start, ended=end)
        if found:
            site.files.truth.must_find(Planted("BED-06", shop.id, "shops in turn", {"companies": 3, "ended": 2}))
        else:
            site.files.truth.must_not_find("BED-06", shop.id, "two shops in turn")


def directors(site: Site) -> None:
    """BED-07: four directors in turn, three changes; not three."""
    days = ("20200101", "20250115", "20250815", "20260315", "")
    for number, found in ((4, True), (3, False)):
        home = site.take(*HOME)
        company = site.open(home, sbi="7311")
        ends = [*days[1:number], ""]
        people = [_person(site, number * 10 + rank) for rank in range(number)]
        site.files.records.leads(company, list(zip(people, days[:number], ends, strict=True)))
        if found:
            site.files.truth.must_find(Planted("BED-07", home.id, "directors in turn", {"changes": 3}))
        else:
            site.files.truth.must_not_find("BED-07", home.id, "two changes")


def young_companies(site: Site) -> None:
    """BED-08: three limited companies of this year in a home; not two."""
    for number, found in ((3, True), (2, False)):
        home = site.take(*HOME)
        for _ in range(number):
            site.open(home, started="20260315", limited=True)
        if found:
            site.files.truth.must_find(Planted("BED-08", home.id, "young companies", {"companies": 3}))
        else:
            site.files.truth.must_not_find("BED-08", home.id, "two young companies")


def letterboxes(site: Site) -> None:
    """BED-09, and so BED-01: ten companies without workers on 90 m²; not nine."""
    for number, found in ((10, True), (9, False)):
        home = site.take(*HOME)
        home.area = 89
        for _ in range(number):
            site.open(home, form=Form.BAG_ID, workers=0)
        if found:
            for rule in ("BED-09", "BED-01"):
                site.files.truth.must_find(Planted(rule, home.id, "letterboxes", {"companies": 10}))
        else:
            site.files.truth.must_not_find("BED-09", home.id, "nine companies, one short")


def guests(site: Site) -> None:
    """HOR-01: a café without a permit. HOR-02: one with the permit of another. Not: one with its own."""
    bare, other, proper = (site.take(*SHOP) for _ in range(3))
    for cafe in (bare, other):
        site.open(cafe, sbi="5630", papers=False)
    site.open(proper, sbi="5630")
    site.files.records.permit(other, "exploitatievergunning", holder=_ELSEWHERE + site.street.index)
    site.files.records.permit(bare, "exploitatievergunning", status="geweigerd")
    site.files.truth.must_find(Planted("HOR-01", bare.id, "café without a permit", {"permits": 0}))
    site.files.truth.must_find(Planted("HOR-02", other.id, "permit of another", {"of_another": 1}))
    for rule in ("HOR-01", "HOR-02"):
        site.files.truth.must_not_find(rule, proper.id, "a café with its own permit")


def nobody_buys(site: Site) -> None:
    """HOR-03: no customers on three days; not on two, and not where one was supposed."""
    for days, facts, found in ((3, 3, True), (2, 2, False), (3, 2, False)):
        shop = site.take(*SHOP)
        site.open(shop)
        for rank, day in enumerate(_DAYS[:days]):
            site.files.records.observation(shop, day, fact="ja" if rank < facts else "nee")
        if found:
            site.files.truth.must_find(Planted("HOR-03", shop.id, "nobody buys", {"days": 3}))
        else:
            site.files.truth.must_not_find("HOR-03", shop.id, "seen without customers on two days")


def care(site: Site) -> None:
    """ZRG-01: paid for care and registered for advice. ZRG-02: one leadership at five addresses with care."""
    advice, carer = site.take(*HOME), site.take(*HOME)
    for home, sbi in ((advice, "7022"), (carer, "8810")):
        site.files.records.contract(site.open(home, sbi=sbi))
    site.files.truth.must_find(Planted("ZRG-01", advice.id, "care without care", {"with_care": 0}))
    site.files.truth.must_not_find("ZRG-01", carer.id, "registered for care")
    homes = [site.take(*HOME) for _ in range(5)]
    for home, sbi in zip(homes, ("8810", "8810", "8691", "8691", "8691"), strict=True):
        company = site.open(home, sbi=sbi)
        site.files.records.leads(company, [(_person(site, 99), "20220101", "")])
    first = min(home.id for home in homes)
    site.files.truth.must_find(Planted("ZRG-02", first, "one leadership", {"premises": 5, "companies": 5}))
