"""An inscription of the HR Dataservice in XML (maatschappelijkeActiviteit) → profiles as the KVK API gives them.

Elements are known by their local name. Held against the anonymised answers of catalogue 2015/02 that B3Partners
published with its loader (brmo). Who owns or leads a company is read by the register `hr`, and by nothing here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from knooppunt.registers.documents import child_text
from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.values import FactRefusedError

Element = etree._Element
COMPANY = "{*}maatschappelijkeActiviteit"
_ESTABLISHMENTS = ("commercieleVestiging", "nietCommercieleVestiging")


def companies_of(root: Element) -> Iterator[Element]:
    """The companies an answer is about; one inside another is a holder's, with its number only."""
    for company in root.iter(COMPANY):
        if next(company.iterancestors(COMPANY), None) is None:
            yield company


def asked_on(root: Element) -> date | None:
    """The day an answer is of (`peilmoment`), by which one knows of which SBI its codes are."""
    for one in root.iter("{*}ophalenInschrijvingResponse"):
        try:
            return values.day(str(one.get("peilmoment") or "")[:8], "peilmoment")
        except FactRefusedError:
            return None
    return None


def profiles_of(company: Element) -> Iterator[tuple[Element, dict[str, Any]]]:
    """A profile for each establishment, or one for the company when it has none, with where it stands."""
    led_from = child_text(company.find("{*}wordtGeleidVanuit/{*}*"), "vestigingsnummer")
    establishments: dict[str, Element] = {}
    for one in company.iter(*(f"{{*}}{name}" for name in _ESTABLISHMENTS)):
        number = child_text(one, "vestigingsnummer")
        if number and next(one.iterancestors(COMPANY)) is company:
            establishments.setdefault(number, one)
    shared = _company(company)
    for number, one in establishments.items():
        yield one, shared | _place(one) | {"vestigingsnummer": number, "indHoofdvestiging": number == led_from}
    if not establishments:
        yield company, shared | _place(company) | {"vestigingsnummer": None}


def _company(company: Element) -> dict[str, Any]:
    enterprise = company.find("{*}manifesteertZichAls/{*}onderneming")
    owners = (one for one in company.iterfind("{*}heeftAlsEigenaar/{*}*") if child_text(one, "persoonRechtsvorm"))
    return {
        "kvkNummer": child_text(company, "kvkNummer"),
        "naam": child_text(company, "naam"),
        "rechtsvorm": child_text(next(owners, None), "persoonRechtsvorm"),
        "sbiActiviteiten": _activities(enterprise if enterprise is not None else company),
        "materieleRegistratie": _registration(company),
    }


def _place(one: Element) -> dict[str, Any]:
    """What is of one establishment, as far as it says so itself."""
    told = {
        "eersteHandelsnaam": child_text(one, "eersteHandelsnaam") or child_text(one, "naam"),
        "totaalWerkzamePersonen": child_text(one, "totaalWerkzamePersonen"),
        "sbiActiviteiten": _activities(one.find("{*}activiteiten")) or None,
        "materieleRegistratie": _registration(one),
        "adressen": [_address(place) for place in one.iterfind("{*}bezoekLocatie")],
    }
    return {name: value for name, value in told.items() if value is not None}


def _registration(one: Element) -> dict[str, Any] | None:
    registration = one.find("{*}registratie")
    if registration is None:
        return None
    return {name: child_text(registration, name) for name in ("datumAanvang", "datumEinde")}


def _activities(holder: Element | None) -> list[dict[str, Any]]:
    found = holder.iterfind("{*}sbiActiviteit") if holder is not None else iter(())
    return [
        {
            "sbiCode": child_text(one.find("{*}sbiCode"), "code"),
            "indHoofdactiviteit": child_text(one.find("{*}isHoofdactiviteit"), "code"),
        }
        for one in found
        if child_text(one.find("{*}registratie"), "datumEinde") is None
    ]


def _address(place: Element) -> dict[str, Any]:
    here = place.find("{*}adres/{*}binnenlandsAdres")
    postcode, ids = (here.find(f"{{*}}{name}") if here is not None else None for name in ("postcode", "bagId"))
    digits, letters = child_text(postcode, "cijfercombinatie"), child_text(postcode, "lettercombinatie")
    return {
        "type": "bezoekadres",
        "indAfgeschermd": child_text(place.find("{*}afgeschermd"), "code"),
        **{name: child_text(here, name) for name in ("straatnaam", "huisnummer", "huisletter", "plaats")},
        "huisnummerToevoeging": child_text(here, "huisnummerToevoeging"),
        "postcode": f"{digits}{letters}" if digits and letters else None,
        "geoData": {
            "addresseerbaarObjectId": child_text(ids, "identificatieAdresseerbaarObject"),
            "nummerAanduidingId": child_text(ids, "identificatieNummeraanduiding"),
        },
    }
