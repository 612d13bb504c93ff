"""A KadastraalObjectSnapshot of BRK levering 2.0 in XML → the same plain values as the API gives.

Elements are known by their local name and joined by their references (`xlink:href="#…"`). Written from the schema as
public mappings describe it; no anonymised delivery was at hand to read it against, so the first real one decides.
"""

from typing import Any

from lxml import etree

from knooppunt.registers.parts import Json

_HREF = "{http://www.w3.org/1999/xlink}href"
_LOTS = ("Perceel", "Appartementsrecht", "Leidingnetwerk")
_ADDRESSABLE = ("Verblijfsobject", "Ligplaats", "Standplaats")


def lot_of(snapshot: etree._Element) -> Json:
    """The lot in a snapshot with its rights, deeds and mortgages."""
    by_id = {value: one for one in snapshot.iter("{*}*") for name, value in one.attrib.items() if _is_id(str(name))}
    lot = next((one for one in snapshot.iter("{*}*") if _local(one) in _LOTS), snapshot)
    return {
        "identificatie": _text(lot, "identificatie"),
        "kadastraleGrootte": {"waarde": _text(lot, "waarde", below="kadastraleGrootte")},
        "adressen": _addresses(snapshot),
        "zakelijkGerechtigden": [_holder(one, by_id) for one in _all(snapshot, "Tenaamstelling")],
        "hypotheken": [{"aanvangsdatum": _day(_document(one, by_id))} for one in _all(snapshot, "Hypotheek")],
        "stukken": _deeds(snapshot, lot),
    }


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith("}id")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.iter(f"{{*}}{name}"))


def _text(element: etree._Element | None, name: str, below: str = "") -> str | None:
    if element is None:
        return None
    start = element.find(f".//{{*}}{below}") if below else element
    found = start.find(f".//{{*}}{name}") if start is not None else None
    return found.text if found is not None else None


def _addresses(snapshot: etree._Element) -> list[Json]:
    """The BAG numbers in a snapshot, told apart by their domain."""
    found = []
    for one in _all(snapshot, "identificatie"):
        domain = str(one.get("domein") or "")
        if domain.endswith(tuple(f"IMBAG.{kind}" for kind in _ADDRESSABLE)):
            found.append({"adresseerbaarObjectIdentificatie": one.text})
        elif domain.endswith("IMBAG.Nummeraanduiding"):
            found.append({"nummeraanduidingIdentificatie": one.text})
    return found


def _target(element: etree._Element, name: str, by_id: dict[Any, etree._Element]) -> etree._Element | None:
    """What a reference inside `name` points to."""
    for holder in _all(element, name):
        for one in holder.iter("{*}*"):
            if (href := one.get(_HREF)) is not None:
                return by_id.get(str(href).removeprefix("#"))
    return None


def _document(element: etree._Element, by_id: dict[Any, etree._Element]) -> etree._Element | None:
    """The deed that something is based on, through the part of it that is referred to."""
    piece = _target(element, "isGebaseerdOp", by_id)
    if piece is None:
        return None
    key = next((str(value) for name, value in piece.attrib.items() if _is_id(str(name))), "")
    for deed in piece.getroottree().iter("{*}TerInschrijvingAangebodenStuk"):
        if any(one.get(_HREF) == f"#{key}" for one in deed.iter("{*}*")):
            return deed
    return None


def _day(deed: etree._Element | None) -> str | None:
    moment = _text(deed, "tijdstipAanbieding")
    return moment[:10] if moment else None


def _holder(one: etree._Element, by_id: dict[Any, etree._Element]) -> Json:
    person = _target(one, "tenNameVan", by_id)
    right = _target(one, "van", by_id)
    natural = person is not None and "Natuurlijk" in _local(person) and not _local(person).startswith("NietNat")
    return {
        "type": {"waarde": _text(right, "waarde", below="aard")},
        "aanvangsdatum": _day(_document(one, by_id)),
        "persoon": {
            "identificatie": _text(person, "identificatie"),
            "type": "natuurlijk_persoon" if natural else "niet_natuurlijk_persoon",
            "burgerservicenummer": _text(person, "BSN"),
            "rsin": _text(person, "rsin"),
            "kvkNummer": _text(person, "kvkNummer"),
            "land": _text(person, "waarde", below="land"),
        }
        if person is not None
        else None,
    }


def _deeds(snapshot: etree._Element, lot: etree._Element) -> list[Json]:
    """The deeds with a price; what the lot itself says of its price tells whether it is for more lots."""
    several = (_text(lot, "indicatieMeerObjecten", below="koopsom") or "").lower() in ("true", "j", "1")
    deeds = []
    for deed in _all(snapshot, "TerInschrijvingAangebodenStuk"):
        keys = {str(one.get(_HREF)).removeprefix("#") for one in deed.iter("{*}*") if one.get(_HREF)}
        for piece in _all(snapshot, "Stukdeel"):
            key = next((str(value) for name, value in piece.attrib.items() if _is_id(str(name))), "")
            price = _text(piece, "som", below="bedragTransactiesomLevering")
            if key in keys and price:
                deeds.append(
                    {
                        "identificatie": _text(deed, "identificatie"),
                        "datumAanbieding": _day(deed),
                        "koopsom": price.partition(".")[0],
                        "indicatieMetMeerObjectenVerkregen": several,
                    }
                )
    return deeds
