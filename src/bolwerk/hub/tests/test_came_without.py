"""A register that came without what a rule asks: it gives no answer, its pages say so, the rest goes on."""

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from bolwerk.hub.queries import told_of, vault_folder
from bolwerk.hub.tests.makers import STAND, make_analyst, put_on, town
from bolwerk.hub.tests.test_jobs import read, run
from knooppunt.tests.test_registers_xml import STAND as WITHOUT_MORTGAGES

pytestmark = pytest.mark.django_db
RULE = "VAS-03"
SAID = (
    "Geen antwoord van Aankoop door een bedrijf zonder hypotheek: in de levering van Kadaster (BRK) zitten geen "
    "hypotheken. Lees een levering in waar die wel in zitten, en zoek dan opnieuw naar signalen."
)


@pytest.fixture
def vault(installation: Path) -> Path:
    """A small town read in, with what the Kadaster sends as XML: without mortgages."""
    folder = installation / "deliveries"
    put_on("bag", "brk", RULE, at=timezone.now())
    shutil.copy(town() / "bag.zip", folder)
    (folder / "brk.xml").write_text(WITHOUT_MORTGAGES, encoding="utf-8")
    for register, file in (("bag", "bag.zip"), ("brk", "brk.xml")):
        assert read(register, file).state == "done"
    return installation


def test_the_rest_is_searched_and_the_job_says_which_rule_why_and_what_to_do(vault: Path) -> None:
    put_on("kvk", "BED-01", at=timezone.now())
    shutil.copy(town() / "kvk.jsonl", vault / "deliveries")
    read("kvk", "kvk.jsonl", as_of=STAND)
    job = run()
    assert (job.state, [one["rule"] for one in job.summary["rules"]]) == ("done", ["BED-01"])
    assert (job.summary["without_register"], job.summary["came_without"]) == ([], {RULE: "mortgages"})
    assert SAID in told_of(job).notes
    with translation.override("en"):
        assert any("holds no mortgages. Read in a delivery that holds them" in note for note in told_of(job).notes)


def test_alone_it_is_no_register_that_was_not_read(vault: Path) -> None:
    job = run()
    assert (job.state, job.trouble) == ("failed", "nothing_on")
    assert told_of(job).trouble == f"Er is niets uitgerekend. {SAID}"


def test_the_pages_of_the_rule_say_it_and_no_other(client: Client, vault: Path) -> None:
    client.force_login(make_analyst())
    short = "geeft geen signalen: in de levering van Kadaster (BRK) zitten geen hypotheken"
    assert client.get("/knooppunt/registers/").content.decode().count(short) == 1
    assert SAID in client.get(f"/knooppunt/registers/{RULE}/").content.decode()
    assert "hypotheken. Lees" not in client.get("/knooppunt/registers/VAS-01/").content.decode()
    assert SAID in client.get(f"/knooppunt/?rule={RULE}").content.decode()
    assert SAID not in client.get("/knooppunt/").content.decode()


def test_what_an_earlier_version_read_in_keeps_only_the_rules_waiting_that_need_it(vault: Path) -> None:
    put_on("kvk", "BED-01", "VAS-01", at=timezone.now())
    shutil.copy(town() / "kvk.jsonl", vault / "deliveries")
    read("kvk", "kvk.jsonl", as_of=STAND)
    [manifest] = (vault_folder() / "registers" / "brk").glob("*/manifest.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(told | {"schema_version": told["schema_version"] - 1}), encoding="utf-8")
    job = run()
    assert (job.state, [one["rule"] for one in job.summary["rules"]]) == ("done", ["BED-01"])
    assert (job.summary["without_register"], job.summary["outdated"]) == ([], ["brk"])
    said = "Een eerdere versie van Bolwerk las in: Kadaster (BRK). Regels die dat nodig hebben geven geen antwoord."
    assert any(note.startswith(said) for note in told_of(job).notes)
