"""Making a backup: a snapshot of the database, then the files, in one closed archive that is read back at once."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from bolwerk.audit.actions import SYSTEM, record_apart
from bolwerk.audit.models import Head
from bolwerk.config.backups.archive import FORMAT, MANIFEST, Member, packed, small, unpack
from bolwerk.config.backups.database import Snapshot, file_member, snapshot
from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.ring import Place
from bolwerk.vault.actions import protect_file
from bolwerk.vault.queries import read_protected_file

PLACE = Place("backup", "archive", "1")  # every archive, so that it opens whatever its file is called
FILES = "files/"
NAME = re.compile(r"bolwerk-(\d{8}-\d{6})Z\.backup")
MOMENT = "%Y%m%d-%H%M%S"
# Of this machine or of this run, not of the installation. Keys never travel with what they close.
# The ledger of erasures must be newer than any backup: it is never in one, and never overwritten by one.
LEDGER = "erasures.jsonl"
LEFT_OUT = frozenset({"keys", "backups", "bench", "pictures", LEDGER})
DATABASE_FILE = re.compile(r".*\.sqlite3(-wal|-shm|-journal)?")


@dataclass(frozen=True)
class Backup:
    """A finished backup: its file, when it was made, and its size in bytes."""

    file: Path
    made_at: datetime
    size: int


def backup_folder() -> Path:
    """Where backups go: BOLWERK_BACKUP_DIR, or `backups` in the folder of the installation."""
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else Path(settings.BOLWERK_DIR) / "backups"


def backups_in(folder: Path) -> list[Backup]:
    """The finished backups in a folder, the newest first."""
    found = []
    for file in folder.glob("bolwerk-*.backup") if folder.is_dir() else []:
        if match := NAME.fullmatch(file.name):
            made_at = datetime.strptime(match[1], MOMENT).replace(tzinfo=UTC)
            found.append(Backup(file, made_at, file.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def make_backup(*, folder: Path, keep: int, at: datetime) -> Backup:
    """Write an archive, read it back, throw away the oldest beyond `keep`, and write that down in the trail.

    Nothing half-written stays: an error (OSError of a full disk, CannotLoadError, BrokenArchiveError) leaves the
    earlier backups as they were.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"bolwerk-{at.astimezone(UTC):{MOMENT}}Z.backup"
    workshop = Path(mkdtemp(prefix=".backup-", dir=folder))
    try:
        taken = snapshot(workshop)
        try:
            size = protect_file(source=packed(_members(taken, at)), target=target, place=PLACE)
        finally:
            taken.close()
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    try:
        check(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    for old in backups_in(folder)[max(1, keep) :]:
        old.file.unlink(missing_ok=True)
    subject = f"urn:bolwerk:backup:{at.astimezone(UTC):{MOMENT}}Z"
    record_apart("backup.made", subject=subject, actor=SYSTEM, at=at, mebibytes=size // 2**20)
    return Backup(target, at, size)


def check(archive: Path) -> dict[str, object]:
    """Read a whole archive and return its manifest. Raises CannotOpenError or BrokenArchiveError."""

    def read(_name: str, pieces: Iterator[bytes]) -> None:
        for _piece in pieces:
            pass

    return unpack(read_protected_file(archive, place=PLACE), read)


def _members(taken: Snapshot, at: datetime) -> Iterator[Member]:
    head = Head.objects.filter(pk=1).first()
    yield small(
        MANIFEST,
        {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "database": taken.about,
            "keys": [key.hex() for key in current_ring().keys],
            "trail": head.sequence if head else 0,  # at least so many lines; more may have come before the snapshot
        },
    )
    yield from taken.members()
    root = Path(settings.BOLWERK_DIR)
    for path in _files(root):
        try:
            yield file_member(f"{FILES}{path.relative_to(root).as_posix()}", path)
        except FileNotFoundError:  # erased since it was listed, as it should be
            continue


def _files(root: Path) -> Iterator[Path]:
    """Every file of the installation, in a fixed order, without keys, databases, archives and what is half-written."""
    ours = backup_folder().resolve()
    for folder, below, names in os.walk(root):
        here = Path(folder)
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".") and not (here == root and name in LEFT_OUT) and (here / name).resolve() != ours
        )
        for name in sorted(names):
            path = here / name
            not_ours = here == root and (name in LEFT_OUT or DATABASE_FILE.fullmatch(name))
            skipped = name.startswith(".") or not_ours or path.is_symlink()
            if not skipped and path.is_file():
                yield path
