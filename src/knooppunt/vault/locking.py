"""One writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from knooppunt.vault.layout import VaultError

LOCK = ".lock"
TRIES = 100
"""To take a lock that others who are refused take away."""


class VaultBusyError(VaultError):
    """Another process is writing to the vault."""


@contextmanager
def writing(vault: Path) -> Iterator[None]:
    """Hold the vault for writing; the system lets go of it when this process ends, however it ends.

    A vault that was not there goes again when what was to be written in it fails. Raises VaultBusyError when another
    process is writing.
    """
    made: list[Path] = []
    try:
        with _held(vault, made):
            yield
    except BaseException:
        remove_empty(made)
        raise


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the ones that were not there, the deepest first."""
    made: list[Path] = []
    for one in reversed((folder, *folder.parents)):
        if not one.exists():
            with suppress(FileExistsError):  # another made it just now
                one.mkdir()
                made.insert(0, one)
    return made


def remove_empty(folders: list[Path]) -> None:
    """Remove folders, the deepest first, until one of them holds something."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


@contextmanager
def _held(vault: Path, made: list[Path]) -> Iterator[None]:
    """Hold the lock; when what happens under it fails, a lock that nobody had before goes again."""
    descriptor, is_new = _locked(vault, made)
    try:
        yield
    except BaseException:
        if is_new:
            (vault / LOCK).unlink(missing_ok=True)  # while it is held: who waits for it sees that it is gone
        raise
    finally:
        os.close(descriptor)


def _locked(vault: Path, made: list[Path]) -> tuple[int, bool]:
    """The lock, held, and whether it is new; adds to `made` the folders that were not there."""
    for _ in range(TRIES):
        try:
            made[:0] = make_folder(vault)
            descriptor = os.open(vault / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:  # the folder was removed by a writer that was refused
            continue
        try:
            is_new = _hold(descriptor, vault)
            if os.fstat(descriptor).st_nlink:
                return descriptor, is_new
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # it was removed meanwhile and keeps nobody out: take it anew
    raise VaultBusyError(f"{vault} comes and goes while it is opened. Nothing was changed; try again.")


def _hold(descriptor: int, vault: Path) -> bool:
    """Take the lock, and write in it who has it. Returns whether nobody ever had it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 20).decode("ascii", "replace") or "?"
        raise VaultBusyError(
            f"Another ingest is writing to {vault} (process {owner}). Nothing was changed; try again when it is done."
        ) from None
    is_new = os.fstat(descriptor).st_size == 0
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return is_new
