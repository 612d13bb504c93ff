"""Files that mean harm, put in one after the other: `python -m tests.bench.bench_hostile`.

The bar (issue 3): each refused or made harmless within 5 seconds and 300 MiB, without a temporary file left. The files
are those of `documents/tests/hostile`; the tests hold each of them to the bar, this says how far each stays below it.
Memory is the most that the process that cleans ever had.
"""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest

from tests import tables
from tests.bench.result import Figure, middle, write


def put_in(folder: Path) -> dict[str, tuple[float, float, bool]]:
    """Each file by its name: seconds, MiB of the cleaning process, and whether it was refused."""
    from bolwerk.accounts.tests.makers import make_person
    from bolwerk.documents.tests import test_hostile_files as hostile

    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", hostile.Watched)  # to look at the memory of what is started
        for name, maker in hostile.FILES.items():
            file, person = maker(), make_person()  # there is an end to what one person puts in within an hour
            hostile.Watched.peaks = []
            begun = perf_counter()
            kept = hostile.attempt(file, person)
            found[name] = (perf_counter() - begun, max(hostile.Watched.peaks, default=0) / 1024, kept is None)
    left = [file.name for file in (folder / "temporary").rglob("*") if file.is_file()]
    assert not left, f"files were left: {left}"
    return found


def main(folder: Path) -> None:
    """Write the figures down."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    (folder / "temporary").mkdir()
    found = put_in(folder)
    slowest, largest = (max(found, key=lambda name: found[name][place]) for place in (0, 1))
    figures: dict[str, Figure] = {
        "files": len(found),
        "refused": sum(refused for _, _, refused in found.values()),
        "made harmless": sum(not refused for _, _, refused in found.values()),
        "seconds, median": middle([seconds for seconds, _, _ in found.values()]),
        f"seconds, slowest ({slowest})": found[slowest][0],
        "bar, seconds": 5,
        f"MiB, largest ({largest})": found[largest][1],
        "bar, MiB": 300,
        "temporary files left": 0,
    }
    print(write("hostile", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    from datetime import UTC, datetime

    from bolwerk.crypto.keyfile import make_key_file

    with TemporaryDirectory(prefix="bolwerk-bench-") as place:
        os.environ |= {"BOLWERK_DIR": place, "BOLWERK_MODE": "demo", "TMPDIR": f"{place}/temporary"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
        make_key_file(Path(place) / "keys" / "ring.json", mode="demo", at=datetime.now(UTC))
        tables.lay(Path(place) / "bolwerk.sqlite3")
        main(Path(place))
