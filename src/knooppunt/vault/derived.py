"""Tables computed from registers: kept beside them, with what they were made from.

    <vault>/derived/<name>/<key>/manifest.json      made from which deliveries, when, by which version
    <vault>/derived/<name>/<key>/<table>.parquet
    <vault>/derived/<name>/current.json             which key is current
    <vault>/kept/<name>/…                           the same, for what remembers earlier runs

The key says what went in, so the same input is never computed twice, and a set of tables becomes
current as one step: a reader sees the old ones or the new ones, never a mixture.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from knooppunt.vault.layout import VaultError, sync_folder, write_json

FORMAT = 1  # of current.json and manifest.json
DERIVED, KEPT = "derived", "kept"
"""Folders: what can be made again from the registers, and what cannot (it remembers what was before)."""

_WHAT_TO_DO = {DERIVED: "Remove {folder} and make it again.", KEPT: "Restore {folder} from a backup."}


@dataclass(frozen=True)
class Derived:
    """One set of derived tables, as its manifest describes it."""

    name: str
    key: str
    path: Path
    version: int  # of the code that made it
    made_at: datetime
    made_from: dict[str, str]  # register → delivery
    counts: dict[str, int]  # rows per table
    facts: dict[str, Any] = field(default_factory=dict)

    def table_path(self, table: str) -> Path:
        """Return where the Parquet file of `table` lies."""
        return self.path / f"{table}.parquet"

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as plain JSON values."""
        data = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        del data["path"]
        return data


@dataclass(frozen=True)
class Recipe:
    """What a set of tables is made of: which deliveries, by which version of the code."""

    name: str
    version: int
    made_from: dict[str, str]  # register → delivery
    home: str = DERIVED

    @property
    def key(self) -> str:
        """A name for exactly this input and this version."""
        text = json.dumps([sorted(self.made_from.items()), self.version])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_derived(vault: Path, name: str, *, home: str = DERIVED) -> Derived | None:
    """Return the current tables called `name`, or None when they were never made. Raises VaultError when damaged."""
    folder = vault / home / name
    help_text = _WHAT_TO_DO[home].format(folder=folder)
    try:
        key = json.loads((folder / "current.json").read_text(encoding="utf-8"))["key"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError) as error:
        raise VaultError(f"{folder / 'current.json'} is damaged ({error}). {help_text}") from error
    path = folder / key
    try:
        data = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        return Derived(
            name=name,
            key=key,
            path=path,
            version=data["version"],
            made_at=datetime.fromisoformat(data["made_at"]),
            made_from=data["made_from"],
            counts=data["counts"],
            facts=data["facts"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise VaultError(f"The manifest in {path} cannot be read ({error}). {help_text}") from error


def write_derived(
    vault: Path, recipe: Recipe, *, made_at: datetime, write: Callable[[Path], dict[str, Any]]
) -> Derived:
    """Let `write` fill a new folder with Parquet files and make it current; it returns facts for the manifest.

    When `write` fails, nothing changes; when it is done, the set before it goes. Call while holding the lock.
    """
    folder = vault / recipe.home / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / f".{recipe.key}.{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        facts = write(work)
        made = Derived(
            name=recipe.name,
            key=recipe.key,
            path=folder / recipe.key,
            version=recipe.version,
            made_at=made_at,
            made_from=recipe.made_from,
            counts={path.stem: pq.read_metadata(path).num_rows for path in sorted(work.glob("*.parquet"))},
            facts=facts,
        )
        write_json(work / "manifest.json", made.to_json())
        shutil.rmtree(made.path, ignore_errors=True)
        work.rename(made.path)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sync_folder(folder)
    write_json(folder / "current.json", {"format": FORMAT, "key": recipe.key})
    for old in folder.iterdir():
        if old.is_dir() and old.name != recipe.key:
            shutil.rmtree(old, ignore_errors=True)
    return made
