"""Taking findings out of the house: as a file, as a signal for the RIEC, as documents for the keeper of a register.

Each asks a reason or a decision, and stands in the trail and in the vault's own log.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.models import Finding, Study
from bolwerk.hub.queries.catalogue import reader_language
from bolwerk.hub.queries.names import FINDINGS, LISTS
from bolwerk.hub.queries.outlook import tables_of
from bolwerk.hub.queries.taking_out import errors_in_registers, runs_of
from bolwerk.hub.queries.vault import opened_vault, vault_in_use
from knooppunt.findings.explain import explain
from knooppunt.findings.export import Format, Purpose, export_findings
from knooppunt.findings.riec import Decision, riec_signal
from knooppunt.linkage.report_back import report_back
from knooppunt.outlook import export_areas, told_series
from knooppunt.vault import VaultError

FORMATS: dict[str, tuple[Format, str, str]] = {
    "geojson": ("geojson", "application/geo+json", "geojson"),
    "parquet": ("parquet", "application/vnd.apache.parquet", "parquet"),
    "ftm": ("ftm", "application/json", "ftm.json"),
}


AREAS = f"{LISTS}outlook"


@dataclass(frozen=True)
class TakenOut:
    """A file: its name, its type, and what is in it."""

    name: str
    type: str
    content: bytes


@transaction.atomic
def take_out(*, rows: Iterable[Finding], kind: str, reason: str, by: Person, at: datetime) -> TakenOut:
    """Findings with their reasons as one file, out of the vault. Who takes them, when and why stand in it.

    Raises NoReasonError and VaultError of knooppunt; nothing is made then.
    """
    format_, type_, ending = FORMATS[kind]
    vault = opened_vault()
    run = runs_of(vault, list(rows))
    content = export_findings(vault, run, format_, Purpose(reason, at, reader_language(), by.name))
    record("hub.findings.exported", subject=FINDINGS, actor=by.urn, at=at, reason=reason, rows=len(run.findings))
    return TakenOut(f"signalen-{at:%Y-%m-%d}.{ending}", type_, content)


@transaction.atomic
def take_out_areas(*, study: Study, reason: str, by: Person, at: datetime) -> TakenOut:
    """A look ahead with the shapes of its areas, as GeoJSON: what passed the gate, and nothing else.

    Shapes are in it while their register is in use. Raises NoReasonError and VaultError of knooppunt.
    """
    purpose = Purpose(reason, at, reader_language(), by.name)
    tables = tables_of(study)
    content = export_areas(vault_in_use(timezone.localdate(at)), tables, purpose)
    rows = len(told_series(tables.series).areas)
    record("hub.areas.exported", subject=AREAS, actor=by.urn, at=at, reason=reason, rows=rows)
    return TakenOut(f"gebieden-{study.about}-{at:%Y-%m-%d}.geojson", "application/geo+json", content)


@transaction.atomic
def make_riec_signal(*, finding: Finding, decision: Decision, by: Person, at: datetime) -> TakenOut:
    """A finding as a signal for the RIEC, once it was decided that it may be shared. Nothing is sent.

    Raises NotDecidedError and VaultError of knooppunt.
    """
    vault = opened_vault()
    told = explain(vault, finding.code, finding.as_of, finding.batch.run).finding
    signal = riec_signal(vault, told, decision, at=timezone.localtime(at), by=by.name)
    record("hub.riec.made", subject=finding.urn, actor=by.urn, at=at, reason=decision.legal_basis)
    data = json.dumps(signal.data | {"sha256": signal.sha256}, ensure_ascii=False, indent=2)
    files = {f"{signal.number}.txt": signal.text.encode(), f"{signal.number}.json": data.encode()}
    return TakenOut(f"{signal.number}.zip", "application/zip", _packed(files))


@transaction.atomic
def report_errors(*, rules: frozenset[str], by: Person, at: datetime) -> TakenOut:
    """Documents (*terugmeldingen*) about everything that seems wrong in a register and was not told yet.

    A decision about an establishment is told once. Raises VaultBusyError.
    """
    files = {f"{one.number}.txt": one.text.encode() for one in errors_in_registers(rules)}
    with TemporaryDirectory() as name:
        try:
            report_back(opened_vault(), Path(name), at=at)
        except VaultError:
            if not files:
                raise
        files |= {file.name: file.read_bytes() for file in sorted(Path(name).iterdir())}
    record("hub.errors.reported", subject=FINDINGS, actor=by.urn, at=at, documents=len(files))
    return TakenOut(f"terugmeldingen-{at:%Y-%m-%d}.zip", "application/zip", _packed(files))


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()
