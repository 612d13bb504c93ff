"""Uploading: a delivery that comes in through the browser lies on the disk until it was read, and no longer."""

import os
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from bolwerk.hub.models import Job
from bolwerk.hub.queries import deliveries_folder
from bolwerk.hub.queries.deliveries import UPLOADS
from bolwerk.hub.rules.uploads import safe_name

FORGOTTEN_AFTER = timedelta(hours=1)  # an upload that no job asks for: its page was left, or the server stopped


class TooLargeError(Exception):
    """The file is larger than an upload may be; it belongs in the folder of deliveries."""


def keep_upload(*, name: str, content: Iterable[bytes], most: int) -> str:
    """Write an upload of at most `most` bytes to the disk, for its owner only; returns its path below the folder.

    Raises TooLargeError and OSError; nothing is left behind then.
    """
    home = deliveries_folder() / UPLOADS / token_hex(8)
    home.mkdir(parents=True, mode=0o700)
    target, size = home / safe_name(name), 0
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in content:
                size += len(piece)
                if size > most:
                    raise TooLargeError
                file.write(piece)
    except (TooLargeError, OSError):
        shutil.rmtree(home, ignore_errors=True)
        raise
    return target.relative_to(deliveries_folder()).as_posix()


def drop_upload(*, job: Job) -> None:
    """Remove the file that a job read, when it came in through the browser. What somebody put in the folder stays."""
    if job.uploaded:
        shutil.rmtree((deliveries_folder() / job.delivery).parent, ignore_errors=True)


def drop_forgotten_uploads(*, at: datetime) -> int:
    """Remove uploads that no job waits for. Returns how many."""
    home = deliveries_folder() / UPLOADS
    wanted = set(Job.objects.filter(uploaded=True, slot__isnull=False).values_list("delivery", flat=True))
    names = {Path(one).parent.name for one in wanted}
    gone = 0
    for folder in home.iterdir() if home.is_dir() else ():
        old = at.timestamp() - folder.stat().st_mtime > FORGOTTEN_AFTER.total_seconds()
        if old and folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone
