"""The secrets of an installation lie in files that only their owner can read."""

import os
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from bolwerk.config import environment
from bolwerk.crypto.keyfile import make_key_file

SECRET_BYTES = 64  # Django asks for at least 50 signs


def make_secret_key(file: Path) -> bool:
    """Write a fresh secret to sign sessions with; return False when there is one already, which stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="ascii") as fresh:
        fresh.write(token_urlsafe(SECRET_BYTES))
    return True


def make_keys(folder: Path, *, at: datetime) -> None:
    """Make what is not there yet: the secret that signs sessions, and the key ring."""
    make_secret_key(environment.file_in(folder, "BOLWERK_SECRET_KEY_FILE"))
    ring_file = environment.file_in(folder, "BOLWERK_KEY_RING_FILE")
    make_key_file(ring_file, mode=environment.read("BOLWERK_MODE"), at=at)
