"""Findings out of the vault as GeoJSON, CSV, Parquet or FollowTheMoney, with the reason in the file and in the log.

What leaves is a list of objects with an explanation; no records, no companies, no people. Once it is
out, keeping it safe is up to who asked for it.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import Transformer

from knooppunt.findings.entities import Entities
from knooppunt.findings.finding import SCHEMA, Finding
from knooppunt.findings.rule import Language
from knooppunt.findings.store import FindingsRun
from knooppunt.registers.cells import safe_cell
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.staging import log

Format = Literal["geojson", "csv", "parquet", "ftm"]
COLUMNS = (
    "id", "rule", "rule_version", "level", "object_id", "as_of", "expires_on", "place", "area", "x", "y",
    "match_quality", "explanation",
)  # fmt: skip
Progress = Callable[[int, int, str], None]  # findings written so far, findings in all, what it is at
TELL_EVERY = 1_000  # findings
LEAST_REASON = 10  # characters; a word is no reason


class NoReasonError(VaultError):
    """An export without a reason is refused."""


@dataclass(frozen=True)
class Purpose:
    """Why findings leave the vault, when, in which words they are explained, and who takes them."""

    reason: str
    at: datetime
    language: Language = "nl"
    by: str = ""


def export_findings(
    vault: Vault, run: FindingsRun, format_: Format, purpose: Purpose, *, progress: Progress | None = None
) -> bytes:
    """Return the findings of a run as one file and note the export in the vault's log.

    `progress` is told now and then how many findings were written. Raises NoReasonError when the reason is
    shorter than ten characters.
    """
    if len(purpose.reason.strip()) < LEAST_REASON:
        raise NoReasonError("Say in a few words why these findings leave the vault (--reason); nothing was exported.")
    content = _WRITERS[format_](run, purpose, progress)
    log(
        vault.path,
        {
            "event": "export",
            "at": purpose.at.isoformat(),
            "format": format_,
            "run": run.run,
            "as_of": run.as_of.isoformat(),
            "findings": len(run.findings),
            **_known(run),
            "reason": purpose.reason,
            **({"by": purpose.by} if purpose.by else {}),
        },
    )
    return content


def _one_by_one(run: FindingsRun, progress: Progress | None) -> Iterator[Finding]:
    """The findings of a run, telling how far it is."""
    for place, finding in enumerate(run.findings):
        if progress and place % TELL_EVERY == 0:
            progress(place, len(run.findings), "writing findings")
        yield finding


def _row(finding: Finding, language: Language) -> dict[str, object]:
    row = finding.to_json() | {"explanation": finding.explanation(language)}
    return {column: row[column] for column in COLUMNS}


def _header(run: FindingsRun, purpose: Purpose) -> dict[str, str]:
    return {
        "reason": " ".join(purpose.reason.split()),
        "exported_at": purpose.at.isoformat(),
        "run": run.run,
        "as_of": run.as_of.isoformat(),
        **_known(run),
        **({"by": " ".join(purpose.by.split())} if purpose.by else {}),
    }


def _known(run: FindingsRun) -> dict[str, str]:
    """Of an answer as the registers were known on a day: that day."""
    return {"known_on": run.made_from["known_on"]} if "known_on" in run.made_from else {}


def to_csv(run: FindingsRun, purpose: Purpose, progress: Progress | None = None) -> str:
    """CSV with `;`: first lines beginning with `#` that say why and when, then the findings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for name, value in _header(run, purpose).items():
        writer.writerow([f"# {name}: {value}"])  # quoted where needed, so a `;` in it starts no cell
    writer.writerow(COLUMNS)
    for finding in _one_by_one(run, progress):
        writer.writerow([safe_cell(value) for value in _row(finding, purpose.language).values()])
    return out.getvalue()


def to_geojson(run: FindingsRun, purpose: Purpose, progress: Progress | None = None) -> str:
    """GeoJSON (RFC 7946, so WGS84 degrees) with the reason as a member beside the features."""
    degrees = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    features = []
    for finding in _one_by_one(run, progress):
        geometry = None
        if finding.x is not None and finding.y is not None:
            longitude, latitude = degrees.transform(finding.x, finding.y)
            geometry = {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}
        properties = _row(finding, purpose.language) | {"values": finding.values}
        features.append({"type": "Feature", "id": finding.id, "geometry": geometry, "properties": properties})
    collection = {"type": "FeatureCollection", "export": _header(run, purpose), "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1)


def to_parquet(run: FindingsRun, purpose: Purpose, progress: Progress | None = None) -> bytes:
    """Parquet without the records behind the findings; the reason is in the file's own metadata."""
    table = pa.Table.from_pylist(
        [finding.to_row() for finding in _one_by_one(run, progress)], schema=SCHEMA
    ).drop_columns("refs")
    kept = {f"knooppunt.{name}": value for name, value in _header(run, purpose).items()}
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(kept), out)
    return out.getvalue()


def to_ftm(run: FindingsRun, purpose: Purpose, progress: Progress | None = None) -> str:
    """FollowTheMoney entities, one a line: first a note that says why, then addresses, objects and findings."""
    return Entities(purpose.language).of(_one_by_one(run, progress), _header(run, purpose))


_WRITERS: dict[Format, Callable[[FindingsRun, Purpose, Progress | None], bytes]] = {
    "geojson": lambda run, purpose, progress: to_geojson(run, purpose, progress).encode(),
    "csv": lambda run, purpose, progress: to_csv(run, purpose, progress).encode(),
    "parquet": to_parquet,
    "ftm": lambda run, purpose, progress: to_ftm(run, purpose, progress).encode(),
}
