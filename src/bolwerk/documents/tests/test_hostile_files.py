"""Files that mean harm are refused or made harmless, within 5 seconds, 300 MiB and without a file left behind."""

import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pikepdf
import pytest
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.models import Line
from bolwerk.documents import queries
from bolwerk.documents.actions import keep_upload
from bolwerk.documents.cleaning.outcome import FileRefusedError
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind, Part
from bolwerk.documents.tests.hostile import Hostile, Maker, names, office, pdfs, pictures

pytestmark = pytest.mark.django_db
SECONDS, MEBIBYTES = 5.0, 300
FILES: dict[str, Maker] = {
    f"{sort.__name__.rsplit('.', 1)[-1]}-{name}": maker
    for sort in (names, pictures, pdfs, office)
    for name, maker in sort.files().items()
}


class Watched(subprocess.Popen[bytes]):
    """A process of which the most memory that it ever had is remembered."""

    peaks: list[int] = []  # noqa: RUF012  of the test that runs

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.peaks.append(0)
        Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        status = Path(f"/proc/{self.pid}/status")
        while self.poll() is None:
            try:
                lines = status.read_text(encoding="ascii").splitlines()
            except OSError:
                return
            known = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
            self.peaks[-1] = max([self.peaks[-1], *known])
            sleep(0.002)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    monkeypatch.setattr(subprocess, "Popen", Watched)
    Watched.peaks = []
    yield Watched.peaks


@pytest.fixture
def place(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which everything that is written lies, temporary files included."""
    settings.BOLWERK_DIR = tmp_path
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path


def on_disk(place: Path) -> list[str]:
    """Every file that was left."""
    return [file.name for file in place.rglob("*") if file.is_file()]


def unfolded(content: bytes) -> bytes:
    """What is in a file, with everything that is folded in it unfolded."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return content + b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        out = BytesIO()
        with pikepdf.open(BytesIO(content)) as pdf:
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return content + out.getvalue()
    return content


def attempt(file: Hostile, by: Person) -> Document | None:
    """Put it in; None when it is refused, for a reason that it may be refused for."""
    try:
        return keep_upload(upload=file.upload, subject="urn:bolwerk:x:y:1", kind=Kind.FILE, by=by, at=AT)
    except FileRefusedError as refusal:
        assert refusal.reason in file.refused
        return None


def test_there_are_at_least_sixty() -> None:
    assert len(FILES) >= 60


@pytest.mark.once  # a file is taken apart in a process that has no database
@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_or_harmless(name: str, place: Path, watched: list[int]) -> None:
    file, person = FILES[name](), make_person()
    begun = monotonic()
    kept = attempt(file, person)
    assert monotonic() - begun < SECONDS
    assert max(watched, default=0) < MEBIBYTES * 1024
    if kept is None:
        assert on_disk(place) == []
        assert not Document.objects.exists()
        assert Line.objects.filter(event="documents.upload.refused").count() == 1
        return
    assert file.gone or not file.refused, "it should have been refused"
    assert len(on_disk(place)) == 1 + kept.has_thumbnail
    content = unfolded(b"".join(queries.read(kept)))
    small = b"".join(queries.read(kept, Part.THUMBNAIL)) if kept.has_thumbnail else b""
    assert [trace for trace in file.gone if trace in content + small] == []
    assert len(kept.name) <= 100
    assert "/" not in kept.name
