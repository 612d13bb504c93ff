"""Names of uploaded deliveries: what is left of them is safe on any disk."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 100  # signs


def safe_name(given: str) -> str:
    """A file name of plain letters, digits, dots and dashes that keeps its ending; never a path, never hidden."""
    last = PurePosixPath(given.replace("\\", "/")).name
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip(".-")
    return kept[-LONGEST_NAME:].lstrip(".-") or "delivery"
