"""What the records and comparisons of a finding are called on screen, in Dutch and in English.

The names in the vault are those of its tables and columns; who reads why an object was found reads words.
"""

import re
from datetime import date
from typing import Any

from knooppunt.findings.branches import branch_name
from knooppunt.findings.riec import KINDS_NL
from knooppunt.words import decimal

_PLACE = {"nl": 0, "en": 1}
_KINDS_EN = {
    "premises": "premises", "moorings": "mooring", "pitches": "pitch", "stays": "registration at an address",
    "establishments": "establishment", "functions": "function in a company", "buildings": "building",
    "addresses": "address", "investigations": "BAG investigation", "lots": "lot", "rights": "right", "deeds": "deed",
    "mortgages": "mortgage", "valuations": "taxed value", "permits": "permit", "recognitions": "RDW recognition",
    "observations": "observation in the street", "reports": "report", "measures": "measure",
    "contracts": "care contract", "figures": "figure", "neighbourhoods": "neighbourhood",
}  # fmt: skip
_PEERS = {
    "use": ("vergeleken met gebruik", "compared with use"),
    "compared": ("zoveel zijn er vergeleken", "how many are compared"),
    "median": ("gebruikelijk (mediaan)", "usual (median)"),
    "p99": ("hoogstens, bij 99 van de 100", "at most, at 99 in 100"),
    "p1": ("minstens, bij 99 van de 100", "at least, at 99 in 100"),
    "alike": ("zoveel lijken hierop", "how many are like this"),
    "streets_with_as_many": ("andere straten met evenveel", "other streets with as many"),
}
_NAMES = {
    "id": ("nummer", "number"), "object_id": ("object", "object"), "kvk": ("KVK-nummer", "KVK number"),
    "establishment": ("nummer", "number"), "number": ("nummer", "number"), "lot": ("perceel", "lot"),
    "branch": ("branche", "branch"), "step": ("gekoppeld door", "linked by"),
    "floor_area": ("oppervlakte (m²)", "floor area (m²)"), "status": ("status", "status"),
    "use": ("gebruik", "use"), "sbi": ("SBI", "SBI"), "started_on": ("sinds", "since"),
    "ended_on": ("tot", "until"), "errors": ("fouten in de koppeling", "errors in the link"),
    "residents": ("bewoners", "residents"), "adults": ("volwassenen", "adults"),
    "possible_residents": ("mogelijke bewoners", "possible residents"),
    "postal": ("briefadressen", "postal addresses"), "moved_in": ("dagen met komst", "days of arrival"),
    "moved_out": ("dagen met vertrek", "days of leaving"),
    "left_unknown": ("vertrokken onbekend waarheen", "gone to nobody knows where"),
    "arrivals": ("dagen van aankomst", "days of arrival"),
    "recent": ("in het laatste half jaar", "in the last half year"),
    "kind": ("soort", "kind"), "category": ("categorie", "category"), "source": ("bron", "source"),
    "seen_on": ("gezien op", "seen on"), "reported_on": ("gemeld op", "reported on"),
    "delivered_on": ("geleverd op", "delivered on"), "price": ("koopsom (€)", "price (€)"),
    "valued_on": ("waardepeildatum", "valued on"), "value": ("waarde (€)", "value (€)"), "right": ("recht", "right"),
    "owner_kind": ("eigenaar", "owner"), "built_year": ("bouwjaar", "built in"),
    "footprint": ("grondvlak (m²)", "ground covered (m²)"), "inhabitants": ("inwoners", "inhabitants"),
    "households": ("huishoudens", "households"), "urbanity": ("stedelijkheid", "urbanity"), "code": ("code", "code"),
    "established": ("geconstateerd", "established"), "holder_kvk": ("KVK-nummer houder", "KVK number of the holder"),
    "legal_form": ("rechtsvorm", "legal form"), "workers": ("werkzame personen", "workers"),
}  # fmt: skip
_WORDS = {
    "legal": ("rechtspersoon", "legal person"), "natural": ("mens", "person"), "unknown": ("onbekend", "unknown"),
    "bag_id": ("BAG-nummer", "BAG id"), "exact": ("zelfde adres", "same address"),
    "addition": ("andere toevoeging", "other addition"), "nearest_object": ("dichtstbijzijnd object", "nearest object"),
}  # fmt: skip
_AS_IS = frozenset({"built_year", "sbi", "code"})  # written with digits, and no amounts
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def kind_of(table: str, lang: str) -> str:
    """What a record of a table is."""
    return (KINDS_NL if lang == "nl" else _KINDS_EN).get(table, table.replace("_", " "))


def peer_of(name: str, lang: str) -> str | None:
    """What a comparison is called; None for one that is there for machines."""
    return _PEERS[name][_PLACE[lang]] if name in _PEERS else None


def told(name: str, value: Any, lang: str) -> str:
    """A fact of a record as words."""
    names = _NAMES.get(name)
    if name == "branch":
        value = branch_name(str(value), "nl" if lang == "nl" else "en")
    return f"{names[_PLACE[lang]] if names else name.replace('_', ' ')} {written(value, lang, as_is=name in _AS_IS)}"


def written(value: Any, lang: str, *, as_is: bool = False) -> str:
    """A value as its language writes it."""
    if isinstance(value, bool):
        return ("ja" if value else "nee") if lang == "nl" else "yes" if value else "no"
    if isinstance(value, int | float) and not as_is:
        return decimal(value, 0 if value == round(value) else 2, "nl" if lang == "nl" else "en")
    if str(value) in _WORDS:
        return _WORDS[str(value)][_PLACE[lang]]
    if lang == "nl" and _DAY.fullmatch(str(value)):
        day = date.fromisoformat(str(value))
        return f"{day.day}-{day.month}-{day.year}"
    return str(value)
