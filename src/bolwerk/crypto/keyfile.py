"""The key ring of this installation: a JSON file that only its owner can read, and read anew when it changes."""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bolwerk.crypto.ring import Key, Ring, make_key, ring_of

FORMAT = 1
OWNER_ONLY = 0o600
ABOUT = "The key ring of Bolwerk. Without it nothing in the database can be read. Keep a copy apart from the backups."


class RingMissingError(Exception):
    """There is no key ring where the settings say; nothing protected can be written or read."""

    def __init__(self, file: Path) -> None:
        told = _("There is no key ring in %(file)s: run `bolwerk init`, or bring the file back from its copy.")
        super().__init__(told % {"file": file})


class RingUnreadableError(Exception):
    """The key ring is there but is not what Bolwerk wrote."""

    def __init__(self, file: Path) -> None:
        told = _("%(file)s is no key ring of this version: bring the file back from its copy.")
        super().__init__(told % {"file": file})


@dataclass(frozen=True)
class KeptKey:
    """A key as it stands in the file: since when it is there, and since when it no longer closes anything."""

    key: Key
    made_at: datetime
    replaced_at: datetime | None = None


@dataclass(frozen=True)
class KeyFile:
    """The whole file. The last key closes; `mode` is the mode of the installation it was made for."""

    keys: tuple[KeptKey, ...]
    mode: str
    rotating: bool = False  # a rotation began, and is not known to have reached every row

    @property
    def ring(self) -> Ring:
        """The keys as a ring."""
        last, *older = reversed(self.keys)
        return ring_of(last.key, *(kept.key for kept in older))

    def with_new_key(self, *, at: datetime) -> "KeyFile":
        """The same file with a fresh key that closes from now on."""
        older = (*self.keys[:-1], replace(self.keys[-1], replaced_at=at))
        return replace(self, keys=(*older, KeptKey(make_key(), made_at=at)), rotating=True)

    def with_all_renewed(self) -> "KeyFile":
        """The same file: everything that was found is closed with its last key."""
        return replace(self, rotating=False)

    def without(self, key_id: bytes) -> "KeyFile":
        """The same file without an old key: nothing that it closed can be opened any more, by anybody."""
        return replace(self, keys=tuple(kept for kept in self.keys if kept.key.id != key_id))


def new_key_file(*, mode: str, at: datetime) -> KeyFile:
    """A file with one fresh key."""
    return KeyFile(keys=(KeptKey(make_key(), made_at=at),), mode=mode)


def _as_data(kept: KeptKey) -> dict[str, str | None]:
    return {
        "id": kept.key.id.hex(),
        "secret": b64encode(kept.key.secret).decode(),
        "made_at": kept.made_at.isoformat(),
        "replaced_at": kept.replaced_at.isoformat() if kept.replaced_at else None,
    }


def _from_data(data: dict[str, Any]) -> KeptKey:
    return KeptKey(
        key=Key(id=bytes.fromhex(data["id"]), secret=b64decode(data["secret"], validate=True)),
        made_at=datetime.fromisoformat(data["made_at"]),
        replaced_at=datetime.fromisoformat(data["replaced_at"]) if data["replaced_at"] else None,
    )


def read_key_file(file: Path) -> KeyFile:
    """Return what is in the file. Raises RingMissingError or RingUnreadableError."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        keys = tuple(_from_data(key) for key in data["keys"]) if data["format"] == FORMAT else ()
        found = KeyFile(keys=keys, mode=data["mode"], rotating=data["rotating"])
    except FileNotFoundError:
        raise RingMissingError(file) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RingUnreadableError(file) from None
    if not found.keys:
        raise RingUnreadableError(file)
    return found


def write_key_file(file: Path, content: KeyFile) -> None:
    """Write the file whole or not at all, for its owner only, and wait until the disk has it."""
    data = {
        "about": ABOUT,
        "format": FORMAT,
        "mode": content.mode,
        "rotating": content.rotating,
        "keys": [_as_data(kept) for kept in content.keys],
    }
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as out:
        json.dump(data, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    _keep_folder(file.parent)


def _keep_folder(folder: Path) -> None:
    """The name of a file is in its folder: without this a power cut could bring the old file back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_key_file(file: Path, *, mode: str, at: datetime) -> bool:
    """Make a ring with one key; return False when there is one already, which stays."""
    if file.exists():
        return False
    write_key_file(file, new_key_file(mode=mode, at=at))
    return True


_opened: dict[tuple[str, int, int, int], Ring] = {}  # one entry: the ring that was read last, and of which file


def current_ring() -> Ring:
    """The ring of this installation. A file that changed (a rotation) is read anew by every process at once.

    Raises RingMissingError or RingUnreadableError.
    """
    file = settings.BOLWERK_KEY_RING_FILE
    try:
        state = os.stat(file)  # noqa: PTH116  asked for at every field; a Path would cost more than the look
    except FileNotFoundError:
        raise RingMissingError(Path(file)) from None
    seen = (str(file), state.st_ino, state.st_mtime_ns, state.st_size)
    ring = _opened.get(seen)
    if ring is None:
        ring = read_key_file(Path(file)).ring
        _opened.clear()
        _opened[seen] = ring
    return ring
