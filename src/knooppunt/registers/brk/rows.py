"""One lot with its rights, deeds and mortgages, as plain values → rows of the canonical tables."""

from collections.abc import Callable
from typing import Any

from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.parts import Json, part, parts

Rows = dict[str, list[dict[str, Any]]]
Hash = Callable[..., str]
HOME = ("", "nederland", "nl", "6030", "nld")  # how a seat in the Netherlands is written


def lot_number(found: Json) -> int:
    """The identification of a lot. Raises FactRefusedError."""
    number = values.number(found.get("identificatie"), "identificatie", 15)
    if not number:
        raise FactRefusedError("has no identificatie")
    return number


def rows_of(found: Any, hashed: Hash) -> Rows:
    """The rows of one kadastraalOnroerendeZaak in JSON, with what belongs to it inside. Raises FactRefusedError."""
    if not isinstance(found, dict):
        raise FactRefusedError("is not a lot but something else in JSON")
    lot = lot_number(found)
    rights = [_right(lot, one, hashed) for one in parts(found, "zakelijkGerechtigden")]
    return {
        "lots": _places(lot, found),
        "rights": rights,
        "deeds": [_deed(lot, one, rights) for one in parts(found, "stukken")],
        "mortgages": [
            {
                "lot": lot,
                "started_on": values.day(one.get("aanvangsdatum"), "aanvangsdatum"),
                "ended_on": values.day(one.get("einddatum"), "einddatum"),
            }
            for one in parts(found, "hypotheken")
        ],
    }


def _places(lot: int, found: Json) -> list[dict[str, Any]]:
    area = values.number(part(found, "kadastraleGrootte").get("waarde"), "kadastraleGrootte", 12)
    places = [
        {
            "lot": lot,
            "object_id": values.identifier(
                one.get("adresseerbaarObjectIdentificatie"), "adresseerbaarObjectIdentificatie"
            ),
            "address_id": values.identifier(one.get("nummeraanduidingIdentificatie"), "nummeraanduidingIdentificatie"),
            "area": area,
        }
        for one in parts(found, "adressen")
    ]
    return places or [{"lot": lot, "object_id": None, "address_id": None, "area": area}]


def _right(lot: int, one: Json, hashed: Hash) -> dict[str, Any]:
    person = part(one, "persoon")
    company = values.number(person.get("kvkNummer"), "kvkNummer", 8)
    natural = str(person.get("type") or "").startswith("natuurlijk")
    number = person.get("burgerservicenummer") if natural else person.get("rsin")
    known = bool(company or number)
    told = [str(company or number)] if known else [str(person.get("identificatie") or ""), f"lot {lot}"]
    seat = str(person.get("land") or "").strip().lower()
    return {
        "lot": lot,
        "right": values.text(part(one, "type").get("waarde"), "type") or "eigendom",
        "holder": hashed(*told),
        "holder_kind": "natural" if natural else "legal" if person else "unknown",
        "holder_kvk": None if natural else company,
        "holder_known": known,
        "seat_abroad": not natural and seat not in HOME,
        "started_on": values.day(one.get("aanvangsdatum"), "aanvangsdatum"),
        "ended_on": values.day(one.get("einddatum"), "einddatum"),
    }


def _deed(lot: int, one: Json, rights: list[dict[str, Any]]) -> dict[str, Any]:
    delivered_on = values.day(one.get("datumAanbieding"), "datumAanbieding")
    deed = values.text(one.get("identificatie"), "identificatie")
    if delivered_on is None or deed is None:
        raise FactRefusedError("has a deed without datumAanbieding or identificatie")
    return {
        "lot": lot,
        "deed": deed,
        "delivered_on": delivered_on,
        "price": values.number(one.get("koopsom"), "koopsom", 12),
        "several_lots": bool(values.yes(one.get("indicatieMetMeerObjectenVerkregen"), "indicatieMeerObjecten")),
        "buyer_kind": next((row["holder_kind"] for row in rights if row["started_on"] == delivered_on), None),
    }
