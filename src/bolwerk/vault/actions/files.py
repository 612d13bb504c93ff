"""Files that nobody reads without the key ring."""

import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.ring import Place
from bolwerk.vault.rules.chunks import closed_file

OWNER_ONLY = 0o600


def protect_file(*, source: Iterable[bytes], target: Path, place: Place) -> int:
    """Write what `source` yields to `target`, closed for one place, in parts; return the size of the closed file.

    Whole or not at all: it is written beside the target, and takes its name once the disk has every byte. What stood at
    `target` is replaced. An error of `source` or of the disk (OSError) goes on to the caller, and leaves nothing.
    """
    beside = target.with_name(f".{target.name[:100]}.{token_hex(4)}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as out:
            size = sum(out.write(part) for part in closed_file(current_ring(), source, place))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return size
