"""What an object of each BAG type looks like in the extract: path → column, and how to read the value.

This table is the one place that knows element names. The fast scanner and the strict lxml reader
both follow it, so they cannot disagree about what a field is called.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import pyarrow as pa

from knooppunt.registers.bag import codes, schemas


class Value(Enum):
    """How the text of an element becomes a value."""

    IDENTIFIER = "identifier"  # 16 digits with the type in digits 5 and 6
    TOWN = "town"  # the identification of a town: 4 digits
    NUMBER = "number"
    DAY = "day"  # 2020-09-15
    MOMENT = "moment"  # 2020-09-15T11:34:47.000
    TEXT = "text"
    WORD = "word"  # one of a code list
    FLAG = "flag"  # J or N


@dataclass(frozen=True)
class Field:
    """One leaf element: its column and how its text is read."""

    column: str
    value: Value
    required: bool = True
    many: bool = False
    domain: str = ""  # the attribute domein of an identification: NL.IMBAG.<domain>
    words: tuple[str, ...] = ()
    pattern: str = ""  # a regular expression the whole text must match; ASCII only
    maximum: int = 0  # of a number; its minimum is 1

    def matches(self, text: str) -> bool:
        """Say whether `text` fits the pattern, if there is one."""
        return not self.pattern or re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True)
class Kind:
    """One type of record in the extract."""

    code: str  # LIG NUM OPR PND STA VBO WPL
    element: str
    wrapper: str  # what stands between sl:stand and the element
    table: str
    fields: dict[str, Field]  # path below the element → field
    geometry: frozenset[str] = frozenset()  # paths of gml:Point and gml:Polygon that are allowed
    part_of_stand: bool = True

    @cached_property
    def schema(self) -> pa.Schema:
        """The canonical schema of its table."""
        return schemas.TABLES[self.table]

    @cached_property
    def types(self) -> dict[str, pa.DataType]:
        """The types of its columns."""
        return {column.name: column.type for column in self.schema}


# Digits 5 and 6 of a 16-digit identification. Source: BAG catalogue 2018, "Objectidentificatie".
TYPE_DIGITS = {
    "Verblijfsobject": 1,
    "Ligplaats": 2,
    "Standplaats": 3,
    "Pand": 10,
    "Nummeraanduiding": 20,
    "Openbareruimte": 30,
}
TOWN = "Woonplaats"  # the only domain whose identifications have four digits

_O = "Objecten:"
_VOORKOMEN = "Objecten:voorkomen/Historie:Voorkomen/Historie:"
_LV = _VOORKOMEN + "BeschikbaarLV/Historie:"


def _identifier(column: str, domain: str, *, required: bool = True, many: bool = False) -> Field:
    value = Value.TOWN if domain == TOWN else Value.IDENTIFIER
    return Field(column, value, required=required, many=many, domain=domain)


def _common(domain: str, statuses: tuple[str, ...]) -> dict[str, Field]:
    return {
        _O + "identificatie": _identifier("id", domain),
        _O + "status": Field("status", Value.WORD, words=statuses),
        _O + "geconstateerd": Field("established", Value.FLAG),
        _O + "documentdatum": Field("document_on", Value.DAY),
        _O + "documentnummer": Field("document_number", Value.TEXT),
        _VOORKOMEN + "voorkomenidentificatie": Field("occurrence", Value.NUMBER, maximum=99_999),
        _VOORKOMEN + "beginGeldigheid": Field("valid_from", Value.DAY),
        _VOORKOMEN + "eindGeldigheid": Field("valid_to", Value.DAY, required=False),
        _VOORKOMEN + "tijdstipRegistratie": Field("registered_at", Value.MOMENT),
        _VOORKOMEN + "eindRegistratie": Field("registered_until", Value.MOMENT, required=False),
        _VOORKOMEN + "tijdstipInactief": Field("inactive_at", Value.MOMENT, required=False),
        _LV + "tijdstipRegistratieLV": Field("available_at", Value.MOMENT),
        _LV + "tijdstipEindRegistratieLV": Field("available_until", Value.MOMENT, required=False),
        _LV + "tijdstipInactiefLV": Field("inactive_available_at", Value.MOMENT, required=False),
        _LV + "tijdstipNietBagLV": Field("not_bag_at", Value.MOMENT, required=False),
    }


_ADDRESSED = {
    _O + "heeftAlsHoofdadres/Objecten-ref:NummeraanduidingRef": _identifier("main_address", "Nummeraanduiding"),
    _O + "heeftAlsNevenadres/Objecten-ref:NummeraanduidingRef": _identifier(
        "side_addresses", "Nummeraanduiding", required=False, many=True
    ),
}
_POINT, _AREA, _PLAIN = (
    _O + "geometrie/Objecten:punt/gml:Point",
    _O + "geometrie/Objecten:vlak/gml:Polygon",
    _O + "geometrie/gml:Polygon",
)
_MULTI = _O + "geometrie/Objecten:multivlak/gml:MultiSurface"


def _object(code: str, element: str, table: str, fields: dict[str, Field], *geometry: str) -> Kind:
    return Kind(code, _O + element, "sl-bag-extract:bagObject", table, fields, frozenset(geometry))


OBJECTS = (
    _object(
        "VBO",
        "Verblijfsobject",
        "premises",
        _common("Verblijfsobject", codes.STATUS_PREMISES)
        | _ADDRESSED
        | {
            _O + "gebruiksdoel": Field("uses", Value.WORD, many=True, words=codes.USES),
            _O + "oppervlakte": Field("floor_area", Value.NUMBER, maximum=999_999),
            _O + "maaktDeelUitVan/Objecten-ref:PandRef": _identifier("buildings", "Pand", many=True),
        },
        _POINT,
        _AREA,
    ),
    _object("LIG", "Ligplaats", "moorings", _common("Ligplaats", codes.STATUS_PLACE) | _ADDRESSED, _PLAIN),
    _object("STA", "Standplaats", "pitches", _common("Standplaats", codes.STATUS_PLACE) | _ADDRESSED, _PLAIN),
    _object(
        "PND",
        "Pand",
        "buildings",
        _common("Pand", codes.STATUS_BUILDING)
        | {_O + "oorspronkelijkBouwjaar": Field("built_year", Value.NUMBER, maximum=9999)},
        _PLAIN,
    ),
    _object(
        "NUM",
        "Nummeraanduiding",
        "addresses",
        _common("Nummeraanduiding", codes.STATUS_NAMING)
        | {
            _O + "huisnummer": Field("house_number", Value.NUMBER, maximum=99_999),
            _O + "huisletter": Field("house_letter", Value.TEXT, required=False, pattern="[A-Za-z]"),
            _O + "huisnummertoevoeging": Field("addition", Value.TEXT, required=False, pattern="[0-9A-Za-z]{1,4}"),
            _O + "postcode": Field("postcode", Value.TEXT, required=False, pattern="[1-9][0-9]{3}[A-Z]{2}"),
            _O + "typeAdresseerbaarObject": Field("kind", Value.WORD, words=codes.ADDRESSED_KINDS),
            _O + "ligtAan/Objecten-ref:OpenbareRuimteRef": _identifier("public_space", "Openbareruimte"),
            _O + "ligtIn/Objecten-ref:WoonplaatsRef": _identifier("town", TOWN, required=False),
        },
    ),
    _object(
        "OPR",
        "OpenbareRuimte",
        "public_spaces",
        _common("Openbareruimte", codes.STATUS_NAMING)
        | {
            _O + "naam": Field("name", Value.TEXT),
            _O + "verkorteNaam/nen5825:VerkorteNaamOpenbareRuimte/nen5825:verkorteNaam": Field(
                "short_name", Value.TEXT, required=False
            ),
            _O + "type": Field("kind", Value.WORD, words=codes.PUBLIC_SPACE_KINDS),
            _O + "ligtIn/Objecten-ref:WoonplaatsRef": _identifier("town", TOWN),
        },
    ),
    _object(
        "WPL",
        "Woonplaats",
        "towns",
        _common(TOWN, codes.STATUS_TOWN) | {_O + "naam": Field("name", Value.TEXT)},
        _AREA,
        _MULTI,
    ),
)

_K = "KenmerkInOnderzoek:"
_DOUBT = _K + "historieInOnderzoek/Historie:HistorieInOnderzoek/Historie:"
_DOUBT_LV = _DOUBT + "BeschikbaarLVInOnderzoek/Historie:"


def _investigation(code: str, name: str, domain: str) -> Kind:
    fields = {
        _K + "identificatieVan" + name: _identifier("id", domain),
        _K + "kenmerk": Field("attribute", Value.TEXT),
        _K + "inOnderzoek": Field("under_investigation", Value.FLAG),
        _K + "documentdatum": Field("document_on", Value.DAY),
        _K + "documentnummer": Field("document_number", Value.TEXT),
        _DOUBT + "beginGeldigheid": Field("valid_from", Value.DAY),
        _DOUBT + "eindGeldigheid": Field("valid_to", Value.DAY, required=False),
        _DOUBT + "tijdstipRegistratie": Field("registered_at", Value.MOMENT),
        _DOUBT + "eindRegistratie": Field("registered_until", Value.MOMENT, required=False),
        _DOUBT_LV + "tijdstipRegistratieLV": Field("available_at", Value.MOMENT),
        _DOUBT_LV + "tijdstipEindRegistratieLV": Field("available_until", Value.MOMENT, required=False),
    }
    element = f"{_K}Kenmerk{name}InOnderzoek"
    return Kind(code, element, "sl-bag-extract:kenmerkInOnderzoek", "investigations", fields, part_of_stand=False)


INVESTIGATIONS = (
    _investigation("VBO", "Verblijfsobject", "Verblijfsobject"),
    _investigation("LIG", "Ligplaats", "Ligplaats"),
    _investigation("STA", "Standplaats", "Standplaats"),
    _investigation("PND", "Pand", "Pand"),
    _investigation("NUM", "Nummeraanduiding", "Nummeraanduiding"),
    _investigation("OPR", "OpenbareRuimte", "Openbareruimte"),
    _investigation("WPL", "Woonplaats", TOWN),
)
KINDS: dict[str, Kind] = {kind.element: kind for kind in (*OBJECTS, *INVESTIGATIONS)}
TYPE_CODES = ("LIG", "NUM", "OPR", "PND", "STA", "VBO", "WPL")

# Prefix → namespace, as Kadaster writes them. Another prefix is legal XML and takes the slow road.
NAMESPACES = {
    "sl-bag-extract": "http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/v20200601",
    "sl": "http://www.kadaster.nl/schemas/standlevering-generiek/1.0",
    "Objecten": "www.kadaster.nl/schemas/lvbag/imbag/objecten/v20200601",
    "Objecten-ref": "www.kadaster.nl/schemas/lvbag/imbag/objecten-ref/v20200601",
    "Historie": "www.kadaster.nl/schemas/lvbag/imbag/historie/v20200601",
    "nen5825": "www.kadaster.nl/schemas/lvbag/imbag/nen5825/v20200601",
    "KenmerkInOnderzoek": "www.kadaster.nl/schemas/lvbag/imbag/kenmerkinonderzoek/v20200601",
    "gml": "http://www.opengis.net/gml/3.2",
}
