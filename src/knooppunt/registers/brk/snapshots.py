"""A KadastraalObjectSnapshot of BRK levering 2.0 in XML → the same plain values as the API gives.

Elements are known by their local name and joined by their references (`xlink:href="#…"`), inside one snapshot. Held
against the anonymised deliveries of schema v20211119 that B3Partners published with its loader (brmo). Such a delivery
holds no mortgages, and a number may be withheld (`xsi:nil`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from knooppunt.registers.documents import child_text
from knooppunt.registers.parts import Json
from knooppunt.registers.refusal import RefusedError

_HREF = "{http://www.w3.org/1999/xlink}href"
_LOTS = ("Perceel", "Appartementsrecht", "Leidingnetwerk")
_ADDRESSABLE = ("Verblijfsobject", "Ligplaats", "Standplaats")
Element = etree._Element


def snapshots_of(root: Element, file: str) -> Iterator[Element]:
    """The snapshots of a delivery of the whole (stand). Raises RefusedError for one of what changed (mutatie)."""
    if _local(root) == "Mutatie":
        raise RefusedError(file, None, "holds a change (mutatie) of the Kadaster; give the whole (stand)")
    yield from root.iter("{*}KadastraalObjectSnapshot")


def told_of(root: Element, name: str) -> str | None:
    """What a delivery says of itself under `name`: Peildatum, Gemeentenummer."""
    for one in root.iterfind("{*}productSpecificatie"):
        if child_text(one, "kenmerknaam") == name:
            return child_text(one, "kenmerkwaarde")
    return None


def lot_of(snapshot: Element) -> Json:
    """The lot in a snapshot with its rights, deeds and mortgages."""
    everything = list(snapshot.iter("{*}*"))
    by_id = {str(value): one for one in everything for name, value in one.attrib.items() if _is_id(str(name))}
    lot = next((one for one in everything if _local(one) in _LOTS), snapshot)
    here = _Here(snapshot, by_id, _days(snapshot))
    return {
        "identificatie": child_text(lot, "identificatie"),
        "kadastraleGrootte": {"waarde": _text(lot, "waarde", below="kadastraleGrootte")},
        "adressen": here.addresses(),
        "zakelijkGerechtigden": [here.holder(one) for one in _all(snapshot, "Tenaamstelling")],
        "hypotheken": [{"aanvangsdatum": here.day(one)} for one in _all(snapshot, "Hypotheek")],
        "stukken": here.deeds(lot),
    }


@dataclass(frozen=True)
class _Here:
    """A snapshot with its elements by their id, and the day of the deed that each part of a deed is in."""

    snapshot: Element
    by_id: dict[str, Element]
    days: dict[str, str]

    def addresses(self) -> list[Json]:
        """The BAG numbers of the lot itself; where its owners live is an address too, and is left alone."""
        found = []
        for place in _all(self.snapshot, "LocatieKadastraalObject"):
            for address in self._targets(place, "betreft"):
                number = next(iter(_all(address, "Nummeraanduiding")), None)
                owner = next((one for one in address.iter("{*}*") if _local(one) in _ADDRESSABLE), None)
                names = {"adresseerbaarObjectIdentificatie": owner, "nummeraanduidingIdentificatie": number}
                ids = {name: child_text(one, "identificatie") for name, one in names.items()}
                found.append({name: one for name, one in ids.items() if one})
        return [one for one in found if one]

    def holder(self, one: Element) -> Json:
        right = next(self._targets(one, "van"), None)
        person = next(self._targets(one, "tenNameVan"), None)
        return {
            "type": {"waarde": _text(right, "waarde", below="aard")},
            "aanvangsdatum": self.day(one),
            "persoon": self._person(person) if person is not None else None,
        }

    def _person(self, person: Element) -> Json:
        natural = _local(person) == "NatuurlijkPersoon"
        registered = person.find("{*}betreft/{*}*")  # as the BRP or the Handelsregister knows it
        return {
            "identificatie": child_text(person, "identificatie"),
            "type": "natuurlijk_persoon" if natural else "niet_natuurlijk_persoon",
            "burgerservicenummer": child_text(registered, "bsn"),
            "rsin": child_text(registered, "rsin"),
            "kvkNummer": child_text(registered, "kvkNummer"),
            "land": next((_seat(place) for place in self._targets(person, "woonlocatie")), None),
        }

    def day(self, one: Element) -> str | None:
        """The day of the last deed that something is based on."""
        keys = [_key(ref) for ref in one.iterfind("{*}isGebaseerdOp/{*}*")]
        return max((self.days[key] for key in keys if key in self.days), default=None)

    def deeds(self, lot: Element) -> list[Json]:
        """The deeds with a price and a day; what the lot says of its own price tells whether it is for more lots."""
        several = (_text(lot, "indicatieMeerObjecten", below="koopsom") or "").lower() in ("true", "j", "1")
        deeds = []
        for deed in _all(self.snapshot, "TerInschrijvingAangebodenStuk"):
            for ref in deed.iterfind("{*}omvat/{*}*"):
                price = _text(self.by_id.get(_key(ref)), "som", below="bedragTransactiesomLevering")
                if price and (day := self.days.get(_key(ref))):
                    deeds.append(
                        {
                            "identificatie": child_text(deed, "identificatie"),
                            "datumAanbieding": day,
                            "koopsom": price.partition(".")[0],
                            "indicatieMetMeerObjectenVerkregen": several,
                        }
                    )
        return deeds

    def _targets(self, element: Element, name: str) -> Iterator[Element]:
        """What the references inside `name` point to, as far as it is in the snapshot."""
        for ref in element.iterfind(f"{{*}}{name}/{{*}}*"):
            if (found := self.by_id.get(_key(ref))) is not None:
                yield found


def _days(snapshot: Element) -> dict[str, str]:
    """For the id of each part of a deed the day the deed was offered, where that is known."""
    found: dict[str, str] = {}
    for deed in _all(snapshot, "TerInschrijvingAangebodenStuk"):
        moment = deed.find("{*}tijdstipAanbieding")
        day = child_text(moment, "datum")
        if day:
            found |= {_key(ref): day for ref in deed.iterfind("{*}omvat/{*}*")}
    return found


def _seat(place: Element) -> str | None:
    """The country of an address; none is said of one in the Netherlands."""
    if _local(place) != "ObjectlocatieBuitenland":
        return None
    return _text(place, "waarde", below="land") or "buitenland"


def _key(ref: Element) -> str:
    return str(ref.get(_HREF) or "").removeprefix("#")


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith("}id")


def _local(element: Element) -> str:
    return etree.QName(element).localname


def _all(element: Element, name: str) -> list[Element]:
    return list(element.iter(f"{{*}}{name}"))


def _text(element: Element | None, name: str, *, below: str) -> str | None:
    start = element.find(f".//{{*}}{below}") if element is not None else None
    found = start.find(f".//{{*}}{name}") if start is not None else None
    return found.text if found is not None else None
