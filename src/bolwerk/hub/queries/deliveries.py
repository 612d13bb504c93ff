"""Which files wait to be read in: those that lie in the folder of deliveries, put there by hand or by a transfer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

UPLOADS = ".uploads"  # below the folder: what came in through the browser, gone once it was read
READABLE = (".zip", ".xml", ".csv", ".json", ".jsonl", ".gpkg")
MAPPINGS = (".toml",)


@dataclass(frozen=True)
class DeliveryFile:
    """A file or a folder that can be read: its name below the folder of deliveries, its size and its date."""

    name: str
    size: int  # bytes
    changed_at: datetime


def deliveries_folder() -> Path:
    """Where deliveries are put for Bolwerk to read."""
    return Path(settings.BOLWERK_DIR) / "deliveries"


def waiting_deliveries() -> list[DeliveryFile]:
    """The files and folders that can be read, the newest first. Hidden files and everything else are passed over."""
    return _files(READABLE, folders=True)


def mappings() -> list[DeliveryFile]:
    """The files that say which column of a CSV is which."""
    return _files(MAPPINGS, folders=False)


def _files(suffixes: tuple[str, ...], *, folders: bool) -> list[DeliveryFile]:
    folder = deliveries_folder()
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        wanted = (path.is_file() and path.suffix.lower() in suffixes) or (folders and path.is_dir())
        if wanted and not path.name.startswith("."):
            found.append(DeliveryFile(path.name, _size(path), datetime.fromtimestamp(path.stat().st_mtime, UTC)))
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file()) if path.is_dir() else path.stat().st_size
