"""A BAG 2.0 extract as it is delivered: a zip, with a delivery note and one zip per object type.

Each XML file holds at most 10,000 occurrences, as Kadaster's do. Everything is written as it
comes, so memory does not grow with the municipality; every zip entry carries the same moment, so
the same content gives the same bytes.
"""

import shutil
import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from knooppunt.synthetic.bag_xml import FOOT, head
from knooppunt.synthetic.model import MUNICIPALITY_CODE, MUNICIPALITY_NAME, STAND_ON, Town

OBJECTS_PER_FILE = 10_000
TYPES = ("WPL", "OPR", "NUM", "VBO", "LIG", "STA", "PND")

_YEAR, _MONTH, _DAY = (int(part) for part in STAND_ON.split("-"))
_SUFFIX = f"{_DAY:02}{_MONTH:02}{_YEAR}"
_CHUNK = 1 << 18  # characters gathered before they are compressed
_FAST = 1  # zlib level: the XML is repetitive, higher levels only cost time

_DELIVERY_NOTE = f"""<?xml version="1.0" encoding="UTF-8"?>
<xb:BAG-Extract-Levering xsi:schemaLocation="http://www.kadaster.nl/schemas/bag-verstrekkingen/extract-levering/v20200601 http://www.kadaster.nl/schemas/bag-verstrekkingen/extract-levering/v20200601/BagvsExtractLeveringsdocument-2.1.0.xsd" xmlns:xb="http://www.kadaster.nl/schemas/lvbag/extract-levering/v20200601" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:selecties-extract="http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601">
<xb:SelectieGegevens>
<selecties-extract:LVC-Extract><selecties-extract:StandTechnischeDatum>{STAND_ON}</selecties-extract:StandTechnischeDatum></selecties-extract:LVC-Extract>
<selecties-extract:Gebied-Registratief><selecties-extract:Gebied-GEM><selecties-extract:GemeenteCollectie><selecties-extract:Gemeente><selecties-extract:GemeenteIdentificatie>{MUNICIPALITY_CODE}</selecties-extract:GemeenteIdentificatie><selecties-extract:GemeenteNaam>{MUNICIPALITY_NAME}</selecties-extract:GemeenteNaam></selecties-extract:Gemeente></selecties-extract:GemeenteCollectie></selecties-extract:Gebied-GEM></selecties-extract:Gebied-Registratief>
</xb:SelectieGegevens>
<xb:SchemaInfo><xb:naam>BagvsExtractDeelbestandExtractLvc-2.1.0.xsd</xb:naam><xb:versie>20200601</xb:versie></xb:SchemaInfo>
</xb:BAG-Extract-Levering>
"""  # noqa: E501 (attribute values may not be broken)

_RELATION_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<gwr-bestand:BAG-GWR-Deelbestand-LVC xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:gwr-bestand="www.kadaster.nl/schemas/lvbag/gem-wpl-rel/gwr-deelbestand-lvc/v20200601" xmlns:selecties-extract="http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601" xmlns:bagtypes="www.kadaster.nl/schemas/lvbag/gem-wpl-rel/bag-types/v20200601" xmlns:gwr-product="www.kadaster.nl/schemas/lvbag/gem-wpl-rel/gwr-producten-lvc/v20200601">
<gwr-bestand:SelectieGegevens><selecties-extract:StandTechnischeDatum>{STAND_ON}</selecties-extract:StandTechnischeDatum></gwr-bestand:SelectieGegevens>
<gwr-bestand:Product><gwr-product:GemeenteWoonplaatsRelatieProduct>
"""  # noqa: E501 (attribute values may not be broken)

_RELATION_FOOT = (
    "</gwr-product:GemeenteWoonplaatsRelatieProduct></gwr-bestand:Product></gwr-bestand:BAG-GWR-Deelbestand-LVC>\n"
)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=(_YEAR, _MONTH, _DAY, 5, 0, 0))
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class TypeFile:
    """The zip of one object type: XML files of at most 10,000 occurrences, written as they come."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.code = code
        self.written = 0
        self._type = code[-3:]
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST)
        self._stream: IO[bytes] | None = None
        self._parts = 0
        self._in_part = 0
        self._waiting: list[str] = []
        self._characters = 0

    def write(self, occurrence: str) -> None:
        """Add one occurrence (a `sl:stand` element)."""
        if self._stream is None or self._in_part == OBJECTS_PER_FILE:
            self._next_part()
        self._waiting.append(occurrence)
        self._characters += len(occurrence)
        self._in_part += 1
        self.written += 1
        if self._characters > _CHUNK:
            self._flush()

    def _next_part(self) -> None:
        self._end_part()
        self._parts += 1
        info = _entry(f"{MUNICIPALITY_CODE}{self.code}{_SUFFIX}-{self._parts:06}.xml")
        self._stream = self._zip.open(info, "w")
        self._waiting.append(head(self._type))

    def _flush(self) -> None:
        if self._stream is not None:
            self._stream.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._characters = 0

    def _end_part(self) -> None:
        if self._stream is not None:
            self._waiting.append(FOOT)
            self._flush()
            self._stream.close()
        self._in_part = 0

    def close(self) -> None:
        """End the last XML file and the zip; a type without objects still has one, empty, file."""
        if self._stream is None:
            self._next_part()
        self._end_part()
        self._zip.close()


class BagDelivery:
    """The whole delivery. Use as a context manager; `bag.zip` appears when the block ends well."""

    def __init__(self, path: Path, towns: list[Town]) -> None:
        self.path = path
        self._work = path.with_name(f".{path.name}.parts")
        self._towns = towns

    def __enter__(self) -> Self:
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        self._files = {code: self._file(code) for code in TYPES}
        self._inactive = {code: self._file(f"IA{code}") for code in TYPES}
        return self

    def _file(self, code: str) -> TypeFile:
        return TypeFile(self._work / f"{MUNICIPALITY_CODE}{code}{_SUFFIX}.zip", code)

    def write(self, code: str, occurrence: str) -> None:
        """Add one occurrence of the type `code` (VBO, PND, …)."""
        self._files[code].write(occurrence)

    def write_inactive(self, code: str, occurrence: str) -> None:
        """Add an occurrence that was declared inactive; those are delivered apart."""
        self._inactive[code].write(occurrence)

    def counts(self) -> dict[str, int]:
        """Occurrences written so far, per type, inactive ones not counted."""
        return {code: file.written for code, file in self._files.items()}

    def inactive_counts(self) -> dict[str, int]:
        """Inactive occurrences written so far, per type."""
        return {code: file.written for code, file in self._inactive.items()}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (*self._files.values(), *self._inactive.values()):
            file.close()
        if kind is None:
            self._assemble()
        shutil.rmtree(self._work)

    def _assemble(self) -> None:
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_STORED) as outer:
            _copy_text(outer, "Leveringsdocument-BAG-Extract.xml", _DELIVERY_NOTE)
            for code in TYPES:
                _copy_file(outer, self._files[code].path)
            inactive = self._work / f"{MUNICIPALITY_CODE}Inactief{_SUFFIX}.zip"
            with zipfile.ZipFile(inactive, "w", zipfile.ZIP_STORED) as inner:
                for code in TYPES:
                    _copy_file(inner, self._inactive[code].path)
            _copy_file(outer, inactive)
            relation = self._work / f"GEM-WPL-RELATIE-{_SUFFIX}.zip"
            with zipfile.ZipFile(relation, "w", zipfile.ZIP_DEFLATED) as inner:
                _copy_text(inner, f"GEM-WPL-RELATIE-{_SUFFIX}-000001.xml", _relations(self._towns))
            _copy_file(outer, relation)


def _relations(towns: list[Town]) -> str:
    rows = "".join(
        "<gwr-product:GemeenteWoonplaatsRelatie><gwr-product:tijdvakgeldigheid>"
        "<bagtypes:begindatumTijdvakGeldigheid>2009-01-20</bagtypes:begindatumTijdvakGeldigheid>"
        "</gwr-product:tijdvakgeldigheid><gwr-product:gerelateerdeWoonplaats>"
        f"<gwr-product:identificatie>{town.id}</gwr-product:identificatie></gwr-product:gerelateerdeWoonplaats>"
        "<gwr-product:gerelateerdeGemeente>"
        f"<gwr-product:identificatie>{MUNICIPALITY_CODE}</gwr-product:identificatie></gwr-product:gerelateerdeGemeente>"
        "<gwr-product:status>definitief</gwr-product:status></gwr-product:GemeenteWoonplaatsRelatie>\n"
        for town in towns
    )
    return _RELATION_HEAD + rows + _RELATION_FOOT


def _copy_file(into: zipfile.ZipFile, path: Path) -> None:
    info = _entry(path.name)
    info.compress_type = zipfile.ZIP_STORED
    info.file_size = path.stat().st_size  # tells zipfile whether the entry needs 64-bit sizes
    with into.open(info, "w") as target, path.open("rb") as source:
        shutil.copyfileobj(source, target, 1 << 20)


def _copy_text(into: zipfile.ZipFile, name: str, text: str) -> None:
    into.writestr(_entry(name), text)
