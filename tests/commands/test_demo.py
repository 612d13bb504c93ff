"""`bolwerk demo`: built once, whole, in a folder of its own; what an administrator keeps there is safe."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BOLWERK = [sys.executable, "-c", "from bolwerk.config.cli import main; main()"]
SECONDS = 240  # a build takes about a minute on a quiet machine


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the demo in `folder`, in a process of its own, and stop."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BOLWERK_", "DJANGO_"))}
    clean |= {"BOLWERK_LANGUAGE": "en"}
    command = [*BOLWERK, "demo", "--dir", str(folder), "--build-only"]
    return subprocess.run(command, env=clean, capture_output=True, text=True, timeout=SECONDS, check=False)


@pytest.mark.drill  # a whole municipality of a year
@pytest.mark.slow
def test_the_demo_is_built_once_with_everything_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = demo(folder)
    assert first.returncode == 0, first.stderr
    assert "carla.vos@zilverdam.example" in first.stdout
    with sqlite3.connect(folder / "bolwerk.sqlite3") as database:
        count = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("incidents_incident", "accounts_person", "deadlines_task", "audit_line", "documents_document")
        }
    database.close()
    assert count["incidents_incident"] >= 120
    assert count["accounts_person"] >= 60
    # six photos, a letter, four of measures; of the learning circle a photo of a session and a file with a card
    assert count["documents_document"] == 13
    assert (folder / "vault" / "vault.json").is_file()
    assert not folder.with_name("demo.building").exists()
    before = (folder / "bolwerk.sqlite3").stat().st_mtime_ns
    assert "there already" in demo(folder).stdout
    assert (folder / "bolwerk.sqlite3").stat().st_mtime_ns == before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "jaarcijfers.txt").write_text("van de gemeente", encoding="utf-8")
    refused = demo(tmp_path)
    assert refused.returncode == 1
    assert "not a demo" in refused.stderr
    assert (tmp_path / "jaarcijfers.txt").read_text(encoding="utf-8") == "van de gemeente"
