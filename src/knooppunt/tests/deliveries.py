"""Makers of BAG files for tests: a few objects as Kadaster writes them, and the real data where it is."""

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("BOLWERK_SHARED", Path(__file__).parents[4] / "shared"))

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)  # when tests take deliveries in

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<sl-bag-extract:bagStand xmlns:Objecten="www.kadaster.nl/schemas/lvbag/imbag/objecten/v20200601"'
    b' xmlns:gml="http://www.opengis.net/gml/3.2"'
    b' xmlns:Historie="www.kadaster.nl/schemas/lvbag/imbag/historie/v20200601"'
    b' xmlns:Objecten-ref="www.kadaster.nl/schemas/lvbag/imbag/objecten-ref/v20200601"'
    b' xmlns:nen5825="www.kadaster.nl/schemas/lvbag/imbag/nen5825/v20200601"'
    b' xmlns:KenmerkInOnderzoek="www.kadaster.nl/schemas/lvbag/imbag/kenmerkinonderzoek/v20200601"'
    b' xmlns:selecties-extract="http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601"'
    b' xmlns:sl-bag-extract="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/v20200601"'
    b' xmlns:sl="http://www.kadaster.nl/schemas/standlevering-generiek/1.0">\n'
    b"<sl-bag-extract:bagInfo><selecties-extract:Gemeente><selecties-extract:GemeenteIdentificatie>0221"
    b"</selecties-extract:GemeenteIdentificatie></selecties-extract:Gemeente>"
    b"<selecties-extract:StandTechnischeDatum>2020-09-15</selecties-extract:StandTechnischeDatum>"
    b"</sl-bag-extract:bagInfo>\n<sl:standBestand>\n"
)
FOOT = b"\n</sl:standBestand></sl-bag-extract:bagStand>"
HISTORY = (
    b"<Objecten:voorkomen><Historie:Voorkomen>"
    b"<Historie:voorkomenidentificatie>%d</Historie:voorkomenidentificatie>"
    b"<Historie:beginGeldigheid>2010-04-20</Historie:beginGeldigheid>"
    b"<Historie:tijdstipRegistratie>2010-12-15T11:14:25.000</Historie:tijdstipRegistratie>"
    b"<Historie:BeschikbaarLV><Historie:tijdstipRegistratieLV>2010-12-15T11:31:36.618"
    b"</Historie:tijdstipRegistratieLV></Historie:BeschikbaarLV></Historie:Voorkomen></Objecten:voorkomen>"
)
RING = b"206289.94 447355.96 0.0 206292.3 447361.12 0.0 206288.92 447362.66 0.0 206289.94 447355.96 0.0"


def building(number: int = 1, occurrence: int = 1, ring: bytes = RING) -> bytes:
    """One occurrence of a building."""
    return (
        b'<sl:stand><sl-bag-extract:bagObject><Objecten:Pand><Objecten:identificatie domein="NL.IMBAG.Pand">'
        b"022110%010d</Objecten:identificatie><Objecten:geometrie>"
        b'<gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992" srsDimension="3" gml:id="PND_%d_%d">'
        b'<gml:exterior><gml:LinearRing><gml:posList count="4">%b</gml:posList></gml:LinearRing></gml:exterior>'
        b"</gml:Polygon></Objecten:geometrie><Objecten:oorspronkelijkBouwjaar>1992</Objecten:oorspronkelijkBouwjaar>"
        b"<Objecten:status>Pand in gebruik</Objecten:status><Objecten:geconstateerd>N</Objecten:geconstateerd>"
        b"<Objecten:documentdatum>2010-04-20</Objecten:documentdatum>"
        b"<Objecten:documentnummer>BRA/FB20100001</Objecten:documentnummer>%b"
        b"</Objecten:Pand></sl-bag-extract:bagObject></sl:stand>"
    ) % (number, number, occurrence, ring, HISTORY % occurrence)


def extract(*objects: bytes) -> bytes:
    """An extract file holding the objects, one on a line."""
    return HEAD + b"\n".join(objects) + FOOT


def write_extract(folder: Path, *objects: bytes, name: str = "0221PND15092020-000001.xml") -> Path:
    """Write an extract file and return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(extract(*objects))
    return path


def write_zip(path: Path, **files: bytes) -> Path:
    """Write a zip; `__` in a name stands for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def real(path: str) -> Path:
    """A file of the real data; skips the test where that data is absent."""
    found = SHARED / "data" / path
    if not found.exists():
        pytest.skip(f"the real data is not here ({found}); set BOLWERK_SHARED")
    return found


def state_of(vault: Path) -> dict[str, bytes]:
    """Everything in a vault that a reader sees: path and content of its files."""
    return {
        str(path.relative_to(vault)): path.read_bytes()
        for path in sorted(vault.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
