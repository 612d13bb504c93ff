"""Whoever steals the disk, the database or a backup reads nothing (quality.md, F 37; issue 3, the canary test).

Strings are planted in every protected field, in files, drafts, searches, sealed notes, and in forms that are refused;
then every file of the installation, of its database server, its log and its backup is searched for them.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.crash.installation import ROOT, Installation
from tests.postgres import empty_database, server_url
from tests.security.canaries import canaries, found_in

COUNT = 400  # at least three a field, of which there are more with every room
BY_HAND = 8  # planted through pages and actions; the others straight in the tables
PLANT = "from tests.security.canaries import plant_rows\nanswer = plant_rows({words!r})"
SEAL = """
from io import BytesIO
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from django.utils import timezone
from bolwerk.accounts.actions import add_person
from bolwerk.documents.actions import Upload, keep_own, keep_upload
from bolwerk.documents.rules import Kind
from bolwerk.vault.actions import Words, make_vault, seal_note
note, file, name, metadata = {words!r}
now = timezone.now()
person = add_person(email="b@zilverdam.example", name="B", department=None, by="urn:bolwerk:system", at=now)
make_vault(person=person, phrase="paarse fiets bij de molen 1870", at=now)
seal_note(author=person, readers=[], words=Words(subject=note, text=note), at=now)
keep_own(content=b"%PDF-1.7 " + file.encode(), name=name + ".pdf", subject="urn:bolwerk:x:y:1", kind=Kind.LETTER,
         by=person, at=now)
told, shot = PngInfo(), BytesIO()
told.add_text("Author", metadata)
Image.new("RGB", (64, 64), "teal").save(shot, "PNG", pnginfo=told)
photo = Upload("foto.png", "image/png", shot.getvalue(), len(shot.getvalue()))
keep_upload(upload=photo, subject="urn:bolwerk:x:y:1", kind=Kind.PHOTO, by=person, at=now)
answer = True
"""
OPEN = """
from django.utils import timezone
from bolwerk.accounts.actions import add_department
add_department(code="X", name={word!r}, parent=None, by="urn:bolwerk:system", at=timezone.now())
answer = True
"""


class House(Installation):
    """An installation whose processes write their log into its own folder."""

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a process as ever, with what it says kept in a file."""
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                self.command(*words), env=self.environment, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
            )
        self.running.append(process)
        return process


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.drill)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A fresh installation on each of the two databases."""
    address = empty_database(f"canary_{uuid4().hex}") if request.param == "postgres" else ""
    one = House(tmp_path, **({"BOLWERK_DATABASE_URL": address} if address else {}))
    yield one
    one.close()


def use_the_pages(house: House, words: list[str]) -> None:
    """Report, keep a draft, search, and send a form that is refused, as somebody with a browser."""
    reported, draft, searched, refused = words
    cookie = house.signed_in("a@zilverdam.example")
    report = {"safety": "yes", "kind": "threat", "channel": "desk", "when": "now", "submission_key": str(uuid4())}
    assert house.post("/meldingen/nieuw/", {**report, "words": reported}, cookie=cookie)[0] == 302
    assert house.post("/concepten/incident/", {"words": draft, "quietly": "yes"}, cookie=cookie)[0] == 204
    assert house.post("/zoeken/", {"words": searched}, cookie=cookie)[0] == 302
    status, page = house.post("/meldingen/nieuw/", {"words": refused, "kind": "nonsense"}, cookie=cookie)
    assert (status, refused in page) == (200, True), "the form is refused and what was typed stays"


def places_of(house: House) -> list[Path]:
    """Every folder in which something of this installation lies."""
    if "BOLWERK_DATABASE_URL" not in house.environment:
        return [house.folder]
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    return [house.folder, Path(str(folder))]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_of_four_hundred_planted_strings_none_can_be_read_anywhere(house: House) -> None:
    words = canaries(COUNT)
    planted = house.ask(PLANT.format(words=words[BY_HAND:]))
    assert isinstance(planted, dict) and min(planted.values()) >= 3, "every field got its share"
    house.ask(SEAL.format(words=words[:4]))
    house.serve()
    use_the_pages(house, words[4:BY_HAND])
    house.bolwerk("backup")
    (shown,) = canaries(1)
    house.ask(OPEN.format(word=shown))
    found = [hit for place in places_of(house) for hit in found_in(place, [*words, shown])]
    assert {word for _file, word in found} == {shown}, "nothing that is protected, and what lies open is seen"
    assert list(house.folder.glob("backups/bolwerk-*.backup")) and (house.folder / "serve.log").stat().st_size
