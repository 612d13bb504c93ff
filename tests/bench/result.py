"""How a benchmark is kept and shown: one JSON file in var/bench, and a row in a table."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"
Figure = float | int | str


def machine() -> str:
    """What the figures were measured on: cores, memory, Python; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def middle(seconds: list[float]) -> float:
    """The median of several runs."""
    return median(seconds)


def write(name: str, figures: dict[str, Figure]) -> Path:
    """Keep the figures of one benchmark in var/bench/<name>.json and return the file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    content = {"name": name, "machine": machine(), "date": moment, "figures": figures}
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return file
