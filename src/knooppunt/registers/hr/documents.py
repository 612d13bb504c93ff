"""One company's functions, out of JSON or out of the XML of the HR Dataservice.

JSON: {"kvkNummer": "…", "functievervullingen": [{"functie": "Bestuurder", "datumAanvang": "20200101",
"datumEinde": "…", "natuurlijkPersoon": {"bsn": "…"} or "rechtspersoon": {"kvkNummer": "…"}}]}
XML: maatschappelijkeActiviteit with heeftAlsEigenaar/…/heeft/<function>/door/natuurlijkPersoon or rechtspersoon.
"""

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from knooppunt.registers.documents import child_text
from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.inscriptions import COMPANY
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.parts import Json, part, parts

Row = dict[str, Any]
Hash = Callable[..., str]
KINDS = {
    "bestuurder": "director",
    "eigenaar": "owner",
    "vennoot": "partner",
    "beherend vennoot": "partner",
    "maat": "partner",
    "gevolmachtigde": "authorised",
}
_OWNED = f"{{*}}isEigenaarVan/{COMPANY}"  # of a legal person: under it is its KVK number
_PERSON = ("natuurlijkPersoon", "rechtspersoon", "naamPersoon", "samenwerkingsverband", "buitenlandseVennootschap")


def functions_in_json(found: Any, hashed: Hash) -> Iterator[Row]:
    """The functions of one company in JSON. Raises FactRefusedError."""
    if not isinstance(found, dict):
        raise FactRefusedError("is not a company but something else in JSON")
    kvk = values.number(found.get("kvkNummer"), "kvkNummer", 8)
    if not kvk:
        raise FactRefusedError("has no kvkNummer")
    for one in parts(found, "functievervullingen"):
        holder: Json = {}
        for name in _PERSON:
            holder = holder or part(one, name)
        yield _row(kvk, {**one, "door": holder}, hashed)


def functions_in_xml(company: etree._Element, hashed: Hash) -> Iterator[Row]:
    """The functions at one maatschappelijkeActiviteit. Raises FactRefusedError."""
    kvk = values.number(child_text(company, "kvkNummer"), "kvkNummer", 8)
    if not kvk:
        raise FactRefusedError("has no kvkNummer")
    for element in company.iter("{*}door"):
        function = element.getparent()
        person = next((child for child in element if etree.QName(child).localname in _PERSON), None)
        if function is None or person is None or next(element.iterancestors(COMPANY)) is not company:
            continue  # of the company of a director, which comes along
        registration = function.find("{*}registratie")
        holder = {name: child_text(person, name) for name in ("bsn", "rsin", "volledigeNaam")}
        holder["kvkNummer"] = child_text(person, "kvkNummer") or child_text(person.find(_OWNED), "kvkNummer")
        yield _row(
            kvk,
            {
                "functie": child_text(function.find("{*}functie"), "omschrijving") or child_text(function, "functie"),
                "datumAanvang": child_text(registration, "datumAanvang") if registration is not None else None,
                "datumEinde": child_text(registration, "datumEinde") if registration is not None else None,
                "door": holder | {"geboren": _birth(person)},
            },
            hashed,
        )


def _birth(person: etree._Element) -> str | None:
    """The dataservice gives the birth date as the day the registration of the person begins; only for the hash."""
    registration = person.find("{*}registratie")
    return child_text(registration, "datumAanvang") if registration is not None else None


def _row(kvk: int, one: Json, hashed: Hash) -> Row:
    holder = one["door"]
    company = values.number(holder.get("kvkNummer"), "kvkNummer", 8)
    known = [str(holder[name]) for name in ("bsn", "rsin") if holder.get(name)]
    if company:
        told = ("company", f"{company:08}")
    elif known:
        told = ("number", known[0])
    elif holder.get("volledigeNaam"):
        told = ("name", f"{holder['volledigeNaam']} {holder.get('geboren') or ''}")
    else:
        raise FactRefusedError("has a function that nobody holds")
    function = str(one.get("functie") or "").strip().lower()
    return {
        "kvk": kvk,
        "holder": hashed(*told),
        "holder_kvk": company,
        "kind": KINDS.get(function, "other"),
        "started_on": values.day(one.get("datumAanvang"), "datumAanvang"),
        "ended_on": values.day(one.get("datumEinde"), "datumEinde"),
    }
