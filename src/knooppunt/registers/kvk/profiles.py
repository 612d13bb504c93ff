"""KVK API profiles (Basisprofiel v1, Vestigingsprofiel v1) → canonical establishments."""

from datetime import date
from typing import Any

from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.values import FactRefusedError

Json = dict[str, Any]
_VISIT = "bezoekadres"  # the only address that says where a company is
_KVK_DIGITS, _ESTABLISHMENT_DIGITS = 8, 12


def is_base_profile(profile: Json) -> bool:
    """Say whether this is a Basisprofiel (a company); otherwise it is a Vestigingsprofiel."""
    return "vestigingsnummer" not in profile


def read_profile(profile: Any, as_of: date | None) -> Json:
    """Return one canonical row without its source. Raises FactRefusedError with the reason."""
    if not isinstance(profile, dict):
        raise FactRefusedError("is not a profile but something else in JSON")
    if is_base_profile(profile):
        return _company(profile, as_of)
    return _establishment(profile, profile, as_of)


def _company(profile: Json, as_of: date | None) -> Json:
    """Read a company and the main establishment it carries with it, if any."""
    embedded = _part(profile, "_embedded")
    row = _establishment(_part(embedded, "hoofdvestiging"), profile, as_of)
    owner = _part(embedded, "eigenaar")
    row["shielded"] = row["shielded"] or _is_shielded(owner)
    row["legal_form"] = values.text(owner.get("rechtsvorm"), "rechtsvorm")
    if row["establishment"] is not None:
        row["main"] = True
    return row


def _establishment(profile: Json, company: Json, as_of: date | None) -> Json:
    kvk = values.number(company.get("kvkNummer"), "kvkNummer", _KVK_DIGITS)
    if not kvk:
        raise FactRefusedError("has no kvkNummer")
    registration = _part(profile, "materieleRegistratie") or _part(company, "materieleRegistratie")
    code, version = values.sbi(_main_activity(profile) or _main_activity(company), "sbiCode", as_of)
    started = values.day(registration.get("datumAanvang"), "datumAanvang")
    name = profile.get("eersteHandelsnaam") or company.get("naam") or company.get("statutaireNaam")
    return {
        "kvk": kvk,
        "establishment": values.number(profile.get("vestigingsnummer"), "vestigingsnummer", _ESTABLISHMENT_DIGITS),
        "concern": values.number(company.get("concern"), "concern", _ESTABLISHMENT_DIGITS),
        "name": values.text(name, "eersteHandelsnaam"),
        "legal_form": None,
        "main": values.yes(profile.get("indHoofdvestiging"), "indHoofdvestiging"),
        "sbi": code,
        "sbi_version": version,
        "started_on": started or values.day(company.get("formeleRegistratiedatum"), "formeleRegistratiedatum"),
        "ended_on": values.day(registration.get("datumEinde"), "datumEinde"),
        "workers": values.number(profile.get("totaalWerkzamePersonen"), "totaalWerkzamePersonen", 7),
        **_address(profile),
    }


def _part(whole: Json, name: str) -> Json:
    part = whole.get(name)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise FactRefusedError(f"{name} is not an object")
    return part


def _parts(whole: Json, name: str) -> list[Json]:
    parts = whole.get(name)
    if parts is None:
        return []
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise FactRefusedError(f"{name} is not a list of objects")
    return parts


def _main_activity(profile: Json) -> Any:
    activities = _parts(profile, "sbiActiviteiten")
    main = [own for own in activities if values.yes(own.get("indHoofdactiviteit"), "indHoofdactiviteit")]
    return next((own.get("sbiCode") for own in main or activities), None)


def _address(profile: Json) -> Json:
    visited = [own for own in _parts(profile, "adressen") if own.get("type") == _VISIT]
    address = visited[0] if visited else {}
    place = _part(address, "geoData")
    return {
        "street": values.text(address.get("straatnaam"), "straatnaam"),
        "house_number": values.number(address.get("huisnummer"), "huisnummer", 5),
        "house_letter": values.text(address.get("huisletter"), "huisletter"),
        "addition": values.text(address.get("huisnummerToevoeging"), "huisnummerToevoeging"),
        "postcode": values.postcode(address.get("postcode"), "postcode"),
        "town": values.text(address.get("plaats"), "plaats"),
        "object_id": values.identifier(place.get("addresseerbaarObjectId"), "addresseerbaarObjectId"),
        "address_id": values.identifier(place.get("nummerAanduidingId"), "nummerAanduidingId"),
        "shielded": _is_shielded(profile),
    }


def _is_shielded(part: Json) -> bool:
    """Whether an establishment or an owner shields one of its addresses: it may be the same as another one."""
    shielded = [values.yes(own.get("indAfgeschermd"), "indAfgeschermd") for own in _parts(part, "adressen")]
    return any(shielded)
