"""What somebody decided about a line of text: remembered in the vault, and applied before anything else.

    <vault>/corrections/addresses.jsonl     one decision a line, the last one about a text counts

The text itself is not kept, for it may hold a name: only a hash of its letters and digits is.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from knooppunt.linkage.free.names import words_of
from knooppunt.linkage.free.table import HashTable
from knooppunt.linkage.free.tokens import hash_of
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing

NOWHERE = 0
"""Decided: this text is about no object of the BAG."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision: which object a text is about, by whom and why."""

    key: int
    object_id: int  # 16 digits, or NOWHERE
    by: str
    reason: str
    at: datetime


def _path(vault: Path) -> Path:
    return vault / "corrections" / "addresses.jsonl"


def correct_address(
    vault: Vault, text: str, object_id: str | None, *, by: str, reason: str, at: datetime
) -> Correction:
    """Remember which addressable object (16 digits, or None for none) a text is about.

    From now on that text, however its signs and capitals are, is linked so with stage `corrected`.
    Raises VaultError for an empty text, an id that is none, or without a name and a reason.
    """
    words = "".join(words_of(text))
    if not words:
        raise VaultError("A correction needs a text with letters or digits.")
    if object_id is not None and not (object_id.isascii() and object_id.isdigit() and len(object_id) == 16):
        raise VaultError(f"“{object_id}” is not an identification of 16 digits.")
    if not by.strip() or not reason.strip():
        raise VaultError("A correction needs a reason, and the name of who made it.")
    made = Correction(hash_of(words), int(object_id or NOWHERE), by, reason, at)
    line = {"key": f"{made.key:016x}", "object": object_id, "by": by, "reason": reason, "at": at.isoformat()}
    with writing(vault.path):
        path = _path(vault.path)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return made


def corrections(vault: Vault) -> list[Correction]:
    """Every decision in the vault, oldest first. Raises VaultError when the file is damaged."""
    path = _path(vault.path)
    if not path.exists():
        return []
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            moment = datetime.fromisoformat(data["at"])
            out.append(
                Correction(int(data["key"], 16), int(data["object"] or NOWHERE), data["by"], data["reason"], moment)
            )
        except (ValueError, KeyError, TypeError) as error:
            raise VaultError(f"{path}, line {number}, is damaged ({error}).") from error
    return out


def decided(made: list[Correction]) -> tuple[HashTable, pa.Array]:
    """Hash of a text → place in the list of objects; the newest decision about a text counts."""
    newest = {one.key: one.object_id for one in made}
    return HashTable((key, place) for place, key in enumerate(newest)), pa.array(newest.values(), pa.int64())
