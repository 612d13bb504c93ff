"""What tells one delivery from another: its content."""

import hashlib
from pathlib import Path

from knooppunt.registers.refusal import RefusedError

_PIECE = 1024 * 1024


def fingerprint(path: Path, mapping: Path | None) -> str:
    """Return the SHA-256 of a delivery: of its file, or of the names and contents of all files in a folder."""
    if not path.exists():
        raise RefusedError(str(path), None, "does not exist")
    digest = hashlib.sha256()
    for file in [*(sorted(path.rglob("*")) if path.is_dir() else [path]), *([mapping] if mapping else [])]:
        if file.is_file():
            if path.is_dir():
                digest.update(f"{file.relative_to(path).as_posix() if file != mapping else ''}\0".encode())
            with file.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
    return digest.hexdigest()
