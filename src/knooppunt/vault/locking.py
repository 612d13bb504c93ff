"""One writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knooppunt.vault.layout import VaultError


class VaultBusyError(VaultError):
    """Another process is writing to the vault."""


@contextmanager
def writing(vault: Path) -> Iterator[None]:
    """Hold the vault for writing; the system lets go of it when this process ends, however it ends.

    Raises VaultBusyError when another process is writing.
    """
    vault.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(vault / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 20).decode("ascii", "replace") or "?"
            raise VaultBusyError(
                f"Another ingest is writing to {vault} (process {owner}). "
                "Nothing was changed; try again when it is done."
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)
