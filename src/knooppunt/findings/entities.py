"""Findings as FollowTheMoney entities: the address, the object (RealEstate) and what was found (Note).

No companies and no people: a finding is about an object, and so is what leaves. The entities are made without the
package; a test holds them against its model where it is installed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyproj import Transformer

from knooppunt.findings.finding import Finding
from knooppunt.findings.rule import Language

COUNTRY = "nl"
_BAG = "BAG"
Entity = dict[str, Any]


def _entity(id_: str, schema: str, **properties: object) -> Entity:
    """An entity; properties without a value are left out, each is a list of texts."""
    told = {name: [str(value)] for name, value in properties.items() if value not in (None, "")}
    return {"id": id_, "schema": schema, "properties": told}


class Entities:
    """Makes entities in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._degrees = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)

    def of(self, findings: Iterable[Finding], header: Mapping[str, str]) -> str:
        """One entity a line, each id once; the first says why they left the vault."""
        lines = {"knooppunt-export": self._why(header)}
        for finding in findings:
            for entity in self._about(finding):
                lines.setdefault(entity["id"], entity)
        return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in lines.values())

    def _why(self, header: Mapping[str, str]) -> Entity:
        told = "; ".join(f"{name}: {value}" for name, value in header.items())
        own = hashlib.sha256(told.encode()).hexdigest()[:16]
        return _entity(f"knooppunt-export-{own}", "Note", name="Export", description=told)

    def _about(self, finding: Finding) -> Iterable[Entity]:
        point = self._point(finding)
        own = f"bag-{finding.object_id}"
        where = _entity(
            f"address-{finding.object_id}",
            "Address",
            name=finding.place,
            full=finding.place,
            street=finding.street,
            city=finding.town,
            country=COUNTRY,
            **point,
        )
        yield where
        if finding.level in ("address", "building"):
            yield _entity(
                own,
                "RealEstate",
                name=finding.place or finding.object_id,
                registrationNumber=finding.object_id,
                addressEntity=where["id"],
                country=COUNTRY,
                publisher=_BAG,
                **point,
            )
        yield _entity(
            f"finding-{finding.id}",
            "Note",
            name=f"{finding.rule} {finding.headline(self.language)}",
            description=finding.explanation(self.language),
            summary="; ".join(finding.false_positives(self.language)),
            entity=own if finding.level in ("address", "building") else where["id"],
            createdAt=finding.as_of.isoformat(),
        )

    def _point(self, finding: Finding) -> dict[str, float]:
        if finding.x is None or finding.y is None:
            return {}
        longitude, latitude = self._degrees.transform(finding.x, finding.y)
        return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
