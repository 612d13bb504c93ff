"""BAG 2.0 occurrences as XML, element for element in the order of Kadaster's extract (schema v20200601)."""

from functools import lru_cache
from xml.sax.saxutils import escape

from knooppunt.synthetic.model import MUNICIPALITY_CODE, STAND_ON, Building, Objects, Premises, Stamp, Street, Town

_SCHEMAS = "www.kadaster.nl/schemas/lvbag/imbag"
_DELIVERIES = "http://www.kadaster.nl/schemas"

ROOT_NAMES = (
    f' xmlns:DatatypenNEN3610="{_SCHEMAS}/datatypennen3610/v20200601"'
    f' xmlns:Objecten="{_SCHEMAS}/objecten/v20200601" xmlns:gml="http://www.opengis.net/gml/3.2"'
    f' xmlns:Historie="{_SCHEMAS}/historie/v20200601" xmlns:Objecten-ref="{_SCHEMAS}/objecten-ref/v20200601"'
    f' xmlns:nen5825="{_SCHEMAS}/nen5825/v20200601"'
    f' xmlns:KenmerkInOnderzoek="{_SCHEMAS}/kenmerkinonderzoek/v20200601"'
    f' xmlns:selecties-extract="{_DELIVERIES}/lvbag/extract-selecties/v20200601"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)
"""The names of an extract that its mutations have too."""
_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f"<sl-bag-extract:bagStand{ROOT_NAMES}"
    f' xmlns:sl-bag-extract="{_DELIVERIES}/lvbag/extract-deelbestand-lvc/v20200601"'
    f' xmlns:sl="{_DELIVERIES}/standlevering-generiek/1.0"'
    f' xsi:schemaLocation="{_DELIVERIES}/lvbag/extract-deelbestand-lvc/v20200601'
    f" {_DELIVERIES}/bag-verstrekkingen/extract-deelbestand-lvc/v20200601/"
    'BagvsExtractDeelbestandExtractLvc-2.1.0.xsd">\n'
)

AREA = (
    "<selecties-extract:Gebied-Registratief><selecties-extract:Gebied-GEM><selecties-extract:GemeenteCollectie>"
    "<selecties-extract:Gemeente><selecties-extract:GemeenteIdentificatie>"
    f"{MUNICIPALITY_CODE}</selecties-extract:GemeenteIdentificatie>"
    "</selecties-extract:Gemeente></selecties-extract:GemeenteCollectie></selecties-extract:Gebied-GEM>"
    "</selecties-extract:Gebied-Registratief>"
)

_DAY = (
    "<selecties-extract:LVC-Extract><selecties-extract:StandTechnischeDatum>"
    f"{STAND_ON}</selecties-extract:StandTechnischeDatum></selecties-extract:LVC-Extract>"
)

FOOT = "</sl:standBestand>\n</sl-bag-extract:bagStand>\n"

_OPEN = "<sl:stand><sl-bag-extract:bagObject>"
_CLOSE = "</sl-bag-extract:bagObject></sl:stand>\n"
_GML = 'srsName="urn:ogc:def:crs:EPSG::28992"'
_DECISION = (
    "<Objecten:geconstateerd>N</Objecten:geconstateerd><Objecten:documentdatum>{day}</Objecten:documentdatum>"
    "<Objecten:documentnummer>RH/{number}</Objecten:documentnummer>"
)


def head(code: str) -> str:
    """The opening of one XML file with objects of the type `code` (VBO, PND, …)."""
    return (
        f"{_ROOT}<sl-bag-extract:bagInfo>{AREA}{_DAY}</sl-bag-extract:bagInfo>\n<sl:standBestand>"
        "<sl:dataset>LVBAG</sl:dataset><sl:inhoud><sl:gebied>GEMEENTE</sl:gebied>"
        "<sl:leveringsId>0000000001</sl:leveringsId>"
        f"<sl:objectTypen><sl:objectType>{code}</sl:objectType></sl:objectTypen></sl:inhoud>\n"
    )


@lru_cache(maxsize=4096)
def occurrence_xml(number: int, stamp: Stamp) -> str:
    """The bitemporal block of one occurrence (`Historie:Voorkomen`)."""
    ended = f"<Historie:eindGeldigheid>{stamp.valid_to}</Historie:eindGeldigheid>" if stamp.valid_to else ""
    closed = closed_lv = inactive = ""
    if stamp.registered_until:
        closed = f"<Historie:eindRegistratie>{stamp.registered_until}</Historie:eindRegistratie>"
        closed_lv = f"<Historie:tijdstipEindRegistratieLV>{stamp.registered_until}</Historie:tijdstipEindRegistratieLV>"
    if stamp.inactive_at:
        inactive = f"<Historie:tijdstipInactief>{stamp.inactive_at}</Historie:tijdstipInactief>"
    return (
        "<Objecten:voorkomen><Historie:Voorkomen>"
        f"<Historie:voorkomenidentificatie>{number}</Historie:voorkomenidentificatie>"
        f"<Historie:beginGeldigheid>{stamp.valid_from}</Historie:beginGeldigheid>{ended}"
        f"<Historie:tijdstipRegistratie>{stamp.registered_at}</Historie:tijdstipRegistratie>{closed}"
        "<Historie:BeschikbaarLV>"
        f"<Historie:tijdstipRegistratieLV>{stamp.registered_at}</Historie:tijdstipRegistratieLV>{closed_lv}"
        f"</Historie:BeschikbaarLV>{inactive}</Historie:Voorkomen></Objecten:voorkomen>"
    )


@lru_cache(maxsize=4096)
def _decision(day: str) -> str:
    return _DECISION.format(day=day, number=day.replace("-", ""))


def _identity(kind: str, identity: str) -> str:
    return f'<Objecten:identificatie domein="NL.IMBAG.{kind}">{identity}</Objecten:identificatie>'


def _polygon(identity: str, positions: str, count: int, dimension: int) -> str:
    return (
        f'<gml:Polygon {_GML} srsDimension="{dimension}" gml:id="{identity}"><gml:exterior><gml:LinearRing>'
        f'<gml:posList count="{count}">{positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>'
    )


def building_xml(building: Building, *, number: int = 1, stamp: Stamp, status: str = "Pand in gebruik") -> str:
    """One occurrence of a building, its outline as a polygon with z = 0.0."""
    return (
        f"{_OPEN}<Objecten:Pand>{_identity('Pand', building.id)}<Objecten:geometrie>"
        f"{_polygon(f'PND_{building.id}_{number}', building.outline, 5, 3)}</Objecten:geometrie>"
        f"<Objecten:oorspronkelijkBouwjaar>{building.year}</Objecten:oorspronkelijkBouwjaar>"
        f"<Objecten:status>{status}</Objecten:status>{_decision(stamp.valid_from)}"
        f"{occurrence_xml(number, stamp)}</Objecten:Pand>{_CLOSE}"
    )


def _addresses(premises: Premises, main: str) -> str:
    reference = (
        '<Objecten-ref:NummeraanduidingRef domein="NL.IMBAG.Nummeraanduiding">{}</Objecten-ref:NummeraanduidingRef>'
    )
    xml = f"<Objecten:heeftAlsHoofdadres>{reference.format(main)}</Objecten:heeftAlsHoofdadres>"
    if premises.extra_address_id:
        extra = reference.format(premises.extra_address_id)
        xml += f"<Objecten:heeftAlsNevenadres>{extra}</Objecten:heeftAlsNevenadres>"
    return xml


def premises_xml(
    premises: Premises, *, number: int = 1, stamp: Stamp, status: str = "", area: int = 0, address_id: str = ""
) -> str:
    """One occurrence of a verblijfsobject; `status`, `area` and `address_id` override its present ones."""
    uses = "".join(f"<Objecten:gebruiksdoel>{use}</Objecten:gebruiksdoel>" for use in premises.uses)
    return (
        f"{_OPEN}<Objecten:Verblijfsobject>{_addresses(premises, address_id or premises.address_id)}"
        f"{occurrence_xml(number, stamp)}{_identity('Verblijfsobject', premises.id)}<Objecten:geometrie><Objecten:punt>"
        f'<gml:Point {_GML} srsDimension="3" gml:id="VBO_{premises.id}_{number}">'
        f"<gml:pos>{premises.x:.3f} {premises.y:.3f} 0.0</gml:pos></gml:Point></Objecten:punt>"
        f"</Objecten:geometrie>{uses}<Objecten:oppervlakte>{area or premises.area}</Objecten:oppervlakte>"
        f"<Objecten:status>{status or premises.status}</Objecten:status>{_decision(stamp.valid_from)}"
        f'<Objecten:maaktDeelUitVan><Objecten-ref:PandRef domein="NL.IMBAG.Pand">{premises.building_id}'
        f"</Objecten-ref:PandRef></Objecten:maaktDeelUitVan></Objecten:Verblijfsobject>{_CLOSE}"
    )


def place_xml(premises: Premises, *, stamp: Stamp) -> str:
    """One occurrence of a mooring (ligplaats) or a pitch (standplaats)."""
    kind = premises.object_kind.value
    code = "LIG" if premises.object_kind is Objects.MOORING else "STA"
    return (
        f"{_OPEN}<Objecten:{kind}>{_addresses(premises, premises.address_id)}{occurrence_xml(1, stamp)}"
        f"{_identity(kind, premises.id)}<Objecten:status>Plaats aangewezen</Objecten:status><Objecten:geometrie>"
        f"{_polygon(f'{code}_{premises.id}_1', premises.outline, 5, 2)}</Objecten:geometrie>"
        f"{_decision(stamp.valid_from)}</Objecten:{kind}>{_CLOSE}"
    )


def address_xml(
    identity: str, premises: Premises, *, house_number: int, number: int = 1, stamp: Stamp, withdrawn: bool = False
) -> str:
    """One occurrence of a house number (nummeraanduiding) of an addressable object."""
    letter = f"<Objecten:huisletter>{premises.letter}</Objecten:huisletter>" if premises.letter else ""
    addition = (
        f"<Objecten:huisnummertoevoeging>{premises.addition}</Objecten:huisnummertoevoeging>"
        if premises.addition
        else ""
    )
    status = "Naamgeving ingetrokken" if withdrawn else "Naamgeving uitgegeven"
    return (
        f"{_OPEN}<Objecten:Nummeraanduiding>{_identity('Nummeraanduiding', identity)}"
        f"<Objecten:huisnummer>{house_number}</Objecten:huisnummer>{letter}{addition}"
        f"<Objecten:postcode>{premises.postcode}</Objecten:postcode>"
        f"<Objecten:typeAdresseerbaarObject>{premises.object_kind.value}</Objecten:typeAdresseerbaarObject>"
        f"<Objecten:status>{status}</Objecten:status>{_decision(stamp.valid_from)}{occurrence_xml(number, stamp)}"
        '<Objecten:ligtAan><Objecten-ref:OpenbareRuimteRef domein="NL.IMBAG.Openbareruimte">'
        f"{premises.street.id}</Objecten-ref:OpenbareRuimteRef></Objecten:ligtAan></Objecten:Nummeraanduiding>{_CLOSE}"
    )


def street_xml(street: Street) -> str:
    """The one occurrence of a street (openbare ruimte)."""
    short = ""
    if len(street.name) > 24:  # the longest name that fits an address line (NEN 5825)
        name = escape(street.name[:24])
        short = (
            "<Objecten:verkorteNaam><nen5825:VerkorteNaamOpenbareRuimte>"
            f"<nen5825:verkorteNaam>{name}</nen5825:verkorteNaam>"
            "</nen5825:VerkorteNaamOpenbareRuimte></Objecten:verkorteNaam>"
        )
    return (
        f"{_OPEN}<Objecten:OpenbareRuimte>{_identity('Openbareruimte', street.id)}"
        f"<Objecten:naam>{escape(street.name)}</Objecten:naam><Objecten:type>Weg</Objecten:type>"
        f"<Objecten:status>Naamgeving uitgegeven</Objecten:status>{_decision(street.built.valid_from)}"
        f'<Objecten:ligtIn><Objecten-ref:WoonplaatsRef domein="NL.IMBAG.Woonplaats">{street.town.id}'
        f"</Objecten-ref:WoonplaatsRef></Objecten:ligtIn>{occurrence_xml(1, street.built)}{short}"
        f"</Objecten:OpenbareRuimte>{_CLOSE}"
    )


def town_xml(town: Town, positions: str, stamp: Stamp) -> str:
    """The one occurrence of a town (woonplaats), its area as a rectangle."""
    area = _polygon(f"WPL_{town.id}_1", positions, 5, 2)
    return (
        f"{_OPEN}<Objecten:Woonplaats>{_identity('Woonplaats', town.id)}"
        f"<Objecten:naam>{escape(town.name)}</Objecten:naam>"
        f"<Objecten:geometrie><Objecten:vlak>{area}</Objecten:vlak></Objecten:geometrie>"
        f"<Objecten:status>Woonplaats aangewezen</Objecten:status>"
        f"{_decision(stamp.valid_from)}{occurrence_xml(1, stamp)}</Objecten:Woonplaats>{_CLOSE}"
    )
