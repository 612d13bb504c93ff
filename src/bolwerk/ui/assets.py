"""Fingerprints of static files: an address changes when, and only when, the file does."""

import hashlib
from functools import cache
from pathlib import Path

LENGTH = 10  # hex digits: 40 bits, plenty to tell versions of one file apart


@cache
def _fingerprint(path: str, _modified_ns: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:LENGTH]


def fingerprint(path: str) -> str:
    """Return the first hex digits of the SHA-256 of the file at `path`. Raises FileNotFoundError without the file."""
    return _fingerprint(path, Path(path).stat().st_mtime_ns)
