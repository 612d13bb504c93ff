"""The texts of Zilverdam, read from `texts/`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parent / "texts"


@cache
def read(name: str) -> Any:
    """What stands in `texts/<name>.yaml`."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
