"""An inscription of the HR Dataservice in XML (maatschappelijkeActiviteit) → profiles as the KVK API gives them.

Elements are known by their local name. Held against the anonymised answers of catalogue 2015/02 that B3Partners
published with its loader (brmo). Who owns or leads a company is read by the register `hr`, and by nothing here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.values import FactRefusedError

Element = etree._Element
_COMPANY = "maatschappelijkeActiviteit"
_ESTABLISHMENTS = ("commercieleVestiging", "nietCommercieleVestiging")


def companies_of(root: Element) -> Iterator[Element]:
    """The companies an answer is about; one inside another belongs to somebody with a function in it."""
    for company in root.iter(f"{{*}}{_COMPANY}"):
        if next(company.iterancestors(f"{{*}}{_COMPANY}"), None) is None:
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
    led_from = _text(company.find("{*}wordtGeleidVanuit/{*}*"), "vestigingsnummer")
    establishments: dict[str, Element] = {}
    for one in company.iter(*(f"{{*}}{name}" for name in _ESTABLISHMENTS)):
        number = _text(one, "vestigingsnummer")
        if number and next(one.iterancestors(f"{{*}}{_COMPANY}")) is company:
            establishments.setdefault(number, one)
    shared = _company(company)
    for number, one in establishments.items():
        yield one, shared | _place(one) | {"vestigingsnummer": number, "indHoofdvestiging": number == led_from}
    if not establishments:
        yield company, shared | _place(company) | {"vestigingsnummer": None}


def _company(company: Element) -> dict[str, Any]:
    enterprise = company.find("{*}manifesteertZichAls/{*}onderneming")
    owners = (one for one in company.iterfind("{*}heeftAlsEigenaar/{*}*") if _text(one, "persoonRechtsvorm"))
    return {
        "kvkNummer": _text(company, "kvkNummer"),
        "naam": _text(company, "naam"),
        "rechtsvorm": _text(next(owners, None), "persoonRechtsvorm"),
        "sbiActiviteiten": _activities(enterprise if enterprise is not None else company),
        "materieleRegistratie": _registration(company),
    }


def _place(one: Element) -> dict[str, Any]:
    """What is of one establishment, as far as it says so itself."""
    told = {
        "eersteHandelsnaam": _text(one, "eersteHandelsnaam") or _text(one, "naam"),
        "totaalWerkzamePersonen": _text(one, "totaalWerkzamePersonen"),
        "sbiActiviteiten": _activities(one.find("{*}activiteiten")) or None,
        "materieleRegistratie": _registration(one),
        "adressen": [_address(place) for place in one.iterfind("{*}bezoekLocatie")],
    }
    return {name: value for name, value in told.items() if value is not None}


def _registration(one: Element) -> dict[str, Any] | None:
    registration = one.find("{*}registratie")
    if registration is None:
        return None
    return {name: _text(registration, name) for name in ("datumAanvang", "datumEinde")}


def _activities(holder: Element | None) -> list[dict[str, Any]]:
    found = holder.iterfind("{*}sbiActiviteit") if holder is not None else iter(())
    return [
        {
            "sbiCode": _text(one.find("{*}sbiCode"), "code"),
            "indHoofdactiviteit": _text(one.find("{*}isHoofdactiviteit"), "code"),
        }
        for one in found
        if _text(one.find("{*}registratie"), "datumEinde") is None
    ]


def _address(place: Element) -> dict[str, Any]:
    here = place.find("{*}adres/{*}binnenlandsAdres")
    postcode, ids = (here.find(f"{{*}}{name}") if here is not None else None for name in ("postcode", "bagId"))
    digits, letters = _text(postcode, "cijfercombinatie"), _text(postcode, "lettercombinatie")
    return {
        "type": "bezoekadres",
        "indAfgeschermd": _text(place.find("{*}afgeschermd"), "code"),
        **{name: _text(here, name) for name in ("straatnaam", "huisnummer", "huisletter", "plaats")},
        "huisnummerToevoeging": _text(here, "huisnummerToevoeging"),
        "postcode": f"{digits}{letters}" if digits and letters else None,
        "geoData": {
            "addresseerbaarObjectId": _text(ids, "identificatieAdresseerbaarObject"),
            "nummerAanduidingId": _text(ids, "identificatieNummeraanduiding"),
        },
    }


def _text(element: Element | None, name: str) -> str | None:
    found = element.find(f"{{*}}{name}") if element is not None else None
    return found.text if found is not None else None
