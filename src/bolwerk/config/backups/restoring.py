"""Putting a backup back on an empty machine: all of it, checked, or nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from bolwerk.audit.actions import SYSTEM, record_apart
from bolwerk.audit.queries.verification import verify
from bolwerk.config.backups.archive import BrokenArchiveError, unpack
from bolwerk.config.backups.database import EMBEDDED, TABLES, check_fits, load_embedded, load_tables
from bolwerk.config.backups.making import FILES, LEDGER, PLACE
from bolwerk.crypto.keyfile import current_ring
from bolwerk.vault.queries import read_protected_file

ALLOWED = frozenset({"keys", "backups", LEDGER})  # what may be there already: the keys must be, the others may


class NotEmptyError(Exception):
    """There is an installation already; it is never overwritten. The message is a sentence."""


class KeysMissingError(Exception):
    """The key ring lacks keys that the data was closed with. The message is a sentence."""


@dataclass(frozen=True)
class Restored:
    """What was put back: when the backup was made, and how many lines its trail has."""

    made_at: str
    lines: int
    trail_fault: str


def restore(*, archive: Path, at: datetime) -> Restored:
    """Unpack an archive beside the installation, check all of it, and only then put it in place.

    Raises NotEmptyError, KeysMissingError, CannotOpenError (changed, cut off, or another ring), BrokenArchiveError,
    CannotLoadError and OSError; the folder is then as it was. What happens to the database itself is last.
    """
    root = Path(settings.BOLWERK_DIR)
    _check_empty(root)
    workshop = Path(mkdtemp(prefix=".restore-", dir=root))
    try:
        manifest = unpack(read_protected_file(archive, place=PLACE), lambda name, pieces: _keep(workshop, name, pieces))
        _check_keys(manifest)
        check_fits(manifest["database"])
        _put_in_place(root, workshop, manifest["database"])
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    verdict = verify()
    record_apart("backup.restored", subject="urn:bolwerk:system", actor=SYSTEM, at=at, line=verdict.lines)
    return Restored(manifest["made_at"], verdict.lines, str(verdict.fault or ""))


def _check_empty(root: Path) -> None:
    there = [path.name for path in root.iterdir() if path.name not in ALLOWED and not path.name.startswith(".")]
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and database.exists():
        there.append(database.name)
    if there:
        raise NotEmptyError(
            _("%(root)s holds something already (%(there)s). A backup goes in an empty folder with the keys only.")
            % {"root": root, "there": min(there)}
        )


def _check_keys(manifest: dict[str, Any]) -> None:
    missing = set(manifest["keys"]) - {key.hex() for key in current_ring().keys}
    if missing:
        raise KeysMissingError(
            _(
                "The key ring lacks the key %(key)s, so not everything in the backup could be read: "
                "bring back a copy of the key file that is as new as the backup."
            )
            % {"key": min(missing)}
        )


def _keep(workshop: Path, name: str, pieces: Iterator[bytes]) -> None:
    """Write one member below the workshop, and nowhere else."""
    way = PurePosixPath(name)
    if way.is_absolute() or ".." in way.parts or not name.startswith((FILES, TABLES, EMBEDDED)):
        raise BrokenArchiveError(_("%(name)s does not belong in an archive of Bolwerk.") % {"name": name})
    path = workshop / way
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)


def _put_in_place(root: Path, workshop: Path, about: dict[str, Any]) -> None:
    """The database first: when it does not go in, there are no files either that look like an installation."""
    if about["vendor"] == "sqlite":
        load_embedded(workshop / EMBEDDED)
    else:
        load_tables(workshop, about)
    files = workshop / FILES
    for path in sorted(files.iterdir()) if files.is_dir() else []:
        path.replace(root / path.name)
