"""The texts of Zilverdam, read from `texts/`."""

from functools import cache
from pathlib import Path
from typing import Any

from bolwerk.ui.content import read_yaml

CONTENT = Path(__file__).resolve().parent / "texts"


@cache
def read(name: str) -> Any:
    """What stands in `texts/<name>.yaml`."""
    return read_yaml((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
