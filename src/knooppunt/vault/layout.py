"""Where things lie in a vault, and what is written about each delivery.

<vault>/vault.json                                      which delivery of each register is current
<vault>/registers/<register>/<delivery>/manifest.json   what it is, whence, when, how much
<vault>/registers/<register>/<delivery>/<table>.parquet
<vault>/vault.log.jsonl                                 one line for every ingest
<vault>/person.key                                      key of the BRP hash, mode 0600
"""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FORMAT = 1  # of vault.json and manifest.json


class VaultError(Exception):
    """The vault cannot be used as asked; the text says what is wrong and what to do."""


@dataclass(frozen=True)
class Delivery:
    """One delivery of one register, as its manifest describes it."""

    register: str
    delivery: str
    path: Path
    schema_version: int
    source_name: str
    source_sha256: str
    as_of: date | None  # peildatum
    municipality: str | None  # four digits; None for a delivery of the whole country or unknown
    ingested_at: datetime
    counts: dict[str, int]  # rows per table
    quality: dict[str, Any] = field(default_factory=dict)  # what a reader should know before using it
    rejected: int = 0

    def table_path(self, table: str) -> Path:
        """Return where the Parquet file of `table` lies."""
        return self.path / f"{table}.parquet"

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as plain JSON values."""
        data = asdict(self) | {"format": FORMAT, "ingested_at": self.ingested_at.isoformat()}
        data["as_of"] = self.as_of.isoformat() if self.as_of else None
        del data["path"]
        return data


def delivery_path(vault: Path, register: str, delivery: str) -> Path:
    """Return the folder of one delivery."""
    return vault / "registers" / register / delivery


def read_manifest(path: Path) -> Delivery:
    """Read the manifest in the folder `path`. Raises VaultError when it is not there or not whole."""
    try:
        data = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        return Delivery(
            register=data["register"],
            delivery=data["delivery"],
            path=path,
            schema_version=data["schema_version"],
            source_name=data["source_name"],
            source_sha256=data["source_sha256"],
            as_of=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
            municipality=data["municipality"],
            ingested_at=datetime.fromisoformat(data["ingested_at"]),
            counts=data["counts"],
            quality=data["quality"],
            rejected=data["rejected"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise VaultError(f"The manifest in {path} cannot be read ({error}). Ingest that register again.") from error


@dataclass(frozen=True)
class VaultState:
    """The contents of vault.json: which delivery of each register is current."""

    municipality: str | None = None
    current: dict[str, str] = field(default_factory=dict)


def read_state(vault: Path) -> VaultState:
    """Read vault.json; a vault that does not exist yet has an empty state."""
    path = vault / "vault.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return VaultState()
    except ValueError as error:
        raise VaultError(f"{path} is damaged ({error}). Restore it from a backup.") from error
    if data.get("format") != FORMAT:
        raise VaultError(f"{path} has format {data.get('format')}; this version reads {FORMAT}.")
    return VaultState(municipality=data["municipality"], current=dict(data["current"]))


def write_json(path: Path, data: dict[str, Any], *, lasting: bool = True) -> None:
    """Replace the file at `path` as one step: after a power cut it is the old or the new one.

    Not `lasting`: the caller sees to it that what was written survives one.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(data, stream, indent=2, ensure_ascii=False)
        stream.write("\n")
        stream.flush()
        if lasting:
            os.fsync(stream.fileno())
    temporary.replace(path)
    if lasting:
        sync_folder(path.parent)


def write_state(vault: Path, state: VaultState) -> None:
    """Replace vault.json as one step."""
    write_json(vault / "vault.json", {"format": FORMAT, **asdict(state)})


def sync_folder(path: Path) -> None:
    """Make a rename inside the folder `path`, or what was written to the file `path`, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
