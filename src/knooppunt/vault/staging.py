"""A delivery on its way into the vault: beside the others until it is whole, then renamed into place."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from knooppunt.vault.knowing import OWN_HISTORY
from knooppunt.vault.layout import (
    Delivery,
    VaultState,
    delivery_path,
    read_state,
    sync_folder,
    write_json,
    write_state,
)
from knooppunt.vault.locking import make_folder, remove_empty, writing

_STAGING = ".staging-"
KEY = "person.key"
KEY_BYTES = 32
_SYNCED_AT_ONCE = 12  # files


@contextmanager
def staging(vault: Path, register: str) -> Iterator[Path]:
    """Make a folder for a delivery being written; it is gone afterwards unless it was published, and so is its home.

    What earlier, killed ingests left behind is cleared away first. Call only while holding the lock.
    """
    home = vault / "registers" / register
    made = make_folder(home)
    for leftover in home.glob(f"{_STAGING}*"):
        shutil.rmtree(leftover)
    folder = home / f"{_STAGING}{secrets.token_hex(6)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove_empty(made)


def publish(vault: Path, folder: Path, delivery: Delivery, municipality: str | None) -> Delivery:
    """Put a whole delivery into place and make it current; the one before it stays, older ones go but for areas.

    Every file is on the disk before the name changes, so that a power cut leaves the old or the new
    delivery current, never a half one.
    """
    write_json(folder / "manifest.json", delivery.to_json(), lasting=False)  # with the others, below
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:  # waiting for the disk together takes as long as waiting once
        list(pool.map(sync_folder, folder.iterdir()))
    sync_folder(folder)
    target = delivery_path(vault, delivery.register, delivery.delivery)
    if target.exists():  # the same delivery, published earlier but not current any more
        shutil.rmtree(target)
    folder.rename(target)
    sync_folder(target.parent)
    make_current(vault, delivery.register, delivery.delivery, municipality)
    return replace(delivery, path=target)


def make_current(vault: Path, register: str, delivery: str, municipality: str | None) -> None:
    """Point the vault at a delivery that is in place, and clear away all but the one before it; of areas all stay."""
    state = read_state(vault)
    before = state.current.get(register)
    write_state(vault, VaultState(municipality or state.municipality, {**state.current, register: delivery}))
    if register in OWN_HISTORY:
        return
    for folder in (vault / "registers" / register).iterdir():
        if folder.is_dir() and folder.name not in {delivery, before}:
            shutil.rmtree(folder)


def log(vault: Path, line: dict[str, Any]) -> None:
    """Add a line to the vault's log of ingests. No personal data belongs in it."""
    descriptor = os.open(vault / "vault.log.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(descriptor)


def person_key(vault: Path) -> bytes:
    """Return the key of the BRP hash; made on first use, readable by its owner only.

    Raises VaultBusyError when there is none and another process is writing: that one may be about to keep its own.
    """
    path = vault / KEY
    if not path.exists():
        with writing(vault):
            keep_key(vault, key_or_fresh(vault))
    return path.read_bytes()


def key_or_fresh(vault: Path) -> bytes:
    """The key, or one that is not kept yet (`keep_key`). Call only while holding the lock."""
    path = vault / KEY
    return path.read_bytes() if path.exists() else secrets.token_bytes(KEY_BYTES)


def keep_key(vault: Path, key: bytes) -> None:
    """Keep a fresh key, from now on the key of this vault. Call only while holding the lock."""
    path = vault / KEY
    if path.exists():
        return
    temporary = path.with_name(f".{KEY}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, key)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.rename(path)
    sync_folder(vault)
