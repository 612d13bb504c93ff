"""The other registers of the municipality: permits, recognitions, reports, owners, prices, directors, neighbourhoods.

Tables have the headings of the mappings that come along with `knooppunt`; the Kadaster, the WOZ and functions of
directors are JSON Lines as their readers take them.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from knooppunt.synthetic.kvk_json import Company
from knooppunt.synthetic.model import STAND_ON, Neighbourhood, Premises, Street

_PLACE = "BAG-id;Straat;Huisnummer;Huisletter;Toevoeging;Postcode;Plaats"
_HEADS = {
    "permits": f"Zaaknummer;Soort;Status;Begindatum;Einddatum;KVK-nummer;{_PLACE}",
    "rdw": "volgnummer,erkenning,straat,huisnummer,huisnummer_toevoeging"
    ",postcode_numeriek,postcode_alfanumeriek,plaats",
    "street": f"Nummer;Datum;Waarneming;Feit;{_PLACE};X;Y",
    "reports": f"Meldnummer;Datum;Categorie;Bron;{_PLACE};X;Y",
    "measures": f"Zaaknummer;Maatregel;Begindatum;Einddatum;{_PLACE}",
    "contracts": "Contractnummer;KVK-nummer;Wet;Begindatum;Einddatum",
    "areas": "buurtcode;buurtnaam;stedelijkheid_adressen_per_km2;aantal_inwoners;aantal_huishoudens",
    "areamap": "PC6;Huisnummer;Buurt",
    "brk": "",
    "woz": "",
    "hr": "",
}
FILES = {name: f"{name}.csv" if head else f"{name}.jsonl" for name, head in _HEADS.items()}
"""Register → file in the folder of the municipality."""


def place(premises: Premises, *, by_id: bool = True) -> str:
    """The columns that say where a record is: by BAG id, or by address as it would be typed."""
    if by_id:
        return f"{premises.id};;;;;;"
    written = (premises.street.name, premises.number, premises.letter, premises.addition, premises.postcode)
    return ";".join(["", *map(str, written), premises.street.town.name])


class Records:
    """The files, written as records come. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines = dict.fromkeys(FILES, 0)
        self._lots = 0
        self._lived: dict[Neighbourhood, list[int]] = {}

    def __enter__(self) -> Self:
        self._streams = {
            name: (self.folder / file).open("w", encoding="utf-8", newline="\n", buffering=1 << 16)
            for name, file in FILES.items()
        }
        for name, head in _HEADS.items():
            if head:
                self._streams[name].write(head + "\n")
        return self

    def _write(self, name: str, line: str) -> None:
        self.lines[name] += 1
        self._streams[name].write(line + "\n")

    def _next(self, name: str, letter: str) -> str:
        return f"{letter}{self.lines[name] + 1:06}"

    def permit(
        self, premises: Premises, kind: str, *, holder: int = 0, status: str = "verleend", until: str = ""
    ) -> None:
        """Add a permit (in the words of the shipped mapping); the holder is a KVK number."""
        number, held = self._next("permits", "V"), f"{holder:08}" if holder else ""
        where = place(premises, by_id=self.lines["permits"] % 2 == 0)
        self._write("permits", f"{number};{kind};{status};2021-03-01;{until};{held};{where}")

    def recognition(self, premises: Premises) -> None:
        """Add a recognition of RDW at an address; a letter goes before the addition, as RDW has one field for both."""
        written = (premises.street.name, premises.number, f"{premises.letter}{premises.addition}")
        code = premises.postcode
        cells = [self._next("rdw", "").lstrip("0"), "APK Lichte voertuigen", *map(str, written)]
        self._write("rdw", ",".join([*cells, code[:4], code[4:], premises.street.town.name]))

    def observation(self, premises: Premises, day: str, what: str = "geen klanten", *, fact: str = "ja") -> None:
        """Add something an enforcement officer saw, at a point in front of the object."""
        point = f"{premises.x:.1f};{premises.y:.1f}"
        self._write("street", f"{self._next('street', 'W')};{day};{what};{fact};{place(premises)};{point}")

    def report(self, premises: Premises, day: str, source: str, about: str = "Overlast") -> None:
        """Add a report."""
        self._write("reports", f"{self._next('reports', 'M')};{day};{about};{source};{place(premises)};;")

    def measure(self, premises: Premises, day: str, kind: str = "sluiting") -> None:
        """Add a closure."""
        self._write("measures", f"{self._next('measures', 'B')};{kind};{day};;{place(premises)}")

    def contract(self, provider: Company, law: str = "wmo") -> None:
        """Add a contract with a care provider."""
        self._write("contracts", f"{self._next('contracts', 'C')};{provider.kvk:08};{law};2024-01-01;")

    def leads(self, company: Company, terms: Iterable[tuple[str, str, str]]) -> None:
        """Add who led a company: (BSN of a fictitious person, from, until), dates `YYYYMMDD`."""
        functions = [
            {"functie": "Bestuurder", "datumAanvang": start, "natuurlijkPersoon": {"bsn": person}}
            | ({"datumEinde": end} if end else {})
            for person, start, end in terms
        ]
        self._write("hr", json.dumps({"kvkNummer": f"{company.kvk:08}", "functievervullingen": functions}))

    def value(self, premises: Premises, value: int, valued_on: str = "2025-01-01") -> None:
        """Add the taxed value of an object."""
        waarde = {"vastgesteldeWaarde": value, "waardepeildatum": valued_on, "ingangsdatum": f"{STAND_ON[:4]}-01-01"}
        number = f"9900{self.lines['woz'] + 1:08}"
        found = {"identificatie": number, "adresseerbaarObjectIdentificaties": [premises.id], "waarden": [waarde]}
        self._write("woz", json.dumps(found))

    def lot(
        self,
        premises: Premises,
        *,
        owner: dict[str, Any],
        since: str = "2019-06-01",
        sales: Iterable[tuple[str, int]] = (),
        mortgage: str = "",
    ) -> None:
        """Add a lot with one owner (see `company_owner`), its sales (day, price) and the day of a mortgage."""
        self._lots += 1
        right = {"type": {"waarde": "eigendom"}, "aanvangsdatum": since, "persoon": owner}
        deeds = [
            {"identificatie": f"HYP4-{self._lots}-{rank}", "datumAanbieding": day, "koopsom": str(price)}
            for rank, (day, price) in enumerate(sales)
        ]
        found = {
            "identificatie": f"9900{self._lots:011}",
            "adressen": [{"adresseerbaarObjectIdentificatie": premises.id}],
            "zakelijkGerechtigden": [right],
            "hypotheken": [{"aanvangsdatum": mortgage}] if mortgage else [],
            "stukken": deeds,
        }
        self._write("brk", json.dumps(found))

    def neighbourhood(self, street: Street, premises: Iterable[Premises], *, people: int) -> None:
        """Say of every address in a street in which neighbourhood it lies, and count who lives there."""
        here = street.neighbourhood
        those = list(premises)
        lived = self._lived.setdefault(here, [0, 0])
        lived[0] += people
        lived[1] += sum(one.is_home for one in those)
        for postcode, number in sorted({(one.postcode, one.number) for one in those}):
            self._write("areamap", f"{postcode};{number};{here.code}")

    def neighbourhoods(self) -> list[Neighbourhood]:
        """Name every neighbourhood in the register, with who lives there, now that all streets are there."""
        known = sorted(self._lived.items(), key=lambda item: item[0].code)
        for here, (people, homes) in known:
            self._write("areas", f"BU{here.code};{here.name};{here.urbanity};{people};{homes}")
        return [here for here, _lived in known]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._streams.values():
            stream.close()


def company_owner(kvk: int, *, land: str = "Nederland") -> dict[str, Any]:
    """A company as owner; 0 for one without a number."""
    number = {"kvkNummer": f"{kvk:08}"} if kvk else {"identificatie": "NL.IMKAD.Persoon.1"}
    return {"type": "niet_natuurlijk_persoon", "land": land, **number}


def person_owner(bsn: str) -> dict[str, Any]:
    """A fictitious person as owner."""
    return {"type": "natuurlijk_persoon", "burgerservicenummer": bsn}
