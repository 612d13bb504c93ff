"""What leaves the house: files with a reason, RIEC signals with a decision, records and documents. Never a person."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.hub.actions import Said, review
from bolwerk.hub.models import Finding
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.tests.makers import found, make_analyst, make_assessment, make_privacy_officer, make_run, put_on, town
from bolwerk.hub.tests.makers import put_in_list as in_list
from knooppunt.findings.store import write_run
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.decisions import place_decision, place_establishments
from knooppunt.linkage.worklist import uncertain
from knooppunt.vault import open_vault

pytestmark = pytest.mark.django_db
WHY = "Rondgang met de brandweer"
RIEC = {
    "recipient": "RIEC Oost",
    "legal_basis": "WGS artikel 2.1",
    "necessity": "Voor het gezamenlijk integraal overleg",
    "decided_by": "Burgemeester",
}


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    (installation / "vault").mkdir()
    ingest("areas", town() / "areas.csv", vault=installation / "vault", at=timezone.now(), as_of=date(2026, 11, 1))
    person = make_analyst()
    client.force_login(person)
    put_on(at=timezone.now())
    return person


def kept(installation: Path, amount: int = 3, **changes: object) -> list[Finding]:
    """Findings of today, in the list and in the vault."""
    today = timezone.localdate()
    rows = [
        found(f"f{n}", **({"as_of": today, "object_id": f"990001{n:010}", "place": f"Kade {n}"} | changes))
        for n in range(1, amount + 1)
    ]
    write_run(installation / "vault", make_run(*rows, as_of=today))
    return in_list(*rows, as_of=today, at=timezone.now())


def content(answer: Any) -> bytes:
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment"), answer.content
    return bytes(answer.content)


@pytest.mark.parametrize("kind", ["geojson", "parquet", "ftm"])
def test_a_file_carries_reason_day_and_reader_and_only_the_rows_of_the_list(
    client: Client, analyst: Person, installation: Path, kind: str
) -> None:
    first, *_others = kept(installation)
    said = Said(Verdict.EXPLAINED, "Winkel", first.version)
    review(finding=first, said=said, by=analyst, at=timezone.now(), on=timezone.localdate())
    made = content(client.post("/knooppunt/export/", {"kind": kind, "reason": WHY}))
    if kind == "parquet":
        table = pq.read_table(io.BytesIO(made))
        assert sorted(table["id"].to_pylist()) == ["f2", "f3"]
        head = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        assert (head["knooppunt.reason"], head["knooppunt.by"]) == (WHY, "Ravi Soerjadi")
    else:
        text = made.decode()
        assert WHY in text and "Ravi Soerjadi" in text and "Kade 2" in text and "Kade 1" not in text
    line = Line.objects.get(event="hub.findings.exported")
    assert (line.facts, line.reason) == ({"rows": 2}, WHY)
    log = [json.loads(row) for row in (installation / "vault" / "vault.log.jsonl").read_text().splitlines()]
    assert [(row["format"], row["reason"], row["by"]) for row in log if row["event"] == "export"] == [
        (kind, WHY, "Ravi Soerjadi")
    ]


def test_one_word_is_no_reason_and_a_lost_run_is_said(client: Client, analyst: Person, installation: Path) -> None:
    kept(installation)
    answer = client.post("/knooppunt/export/", {"kind": "geojson", "reason": "Zomaar"})
    assert answer.context["form"].errors.keys() == {"reason"}
    for file in (installation / "vault" / "findings").rglob("*.parquet"):
        file.unlink()
    answer = client.post("/knooppunt/export/", {"kind": "geojson", "reason": WHY})
    assert "kluis" in answer.content.decode()
    assert not Line.objects.filter(event="hub.findings.exported").exists()


def test_a_riec_signal_needs_a_decision_and_names_nobody(client: Client, analyst: Person, installation: Path) -> None:
    (finding,) = kept(installation, 1)
    here = f"/knooppunt/signaal/{finding.pk}/riec/"
    today = timezone.localdate()
    late = {**RIEC, "decided_on": (today + timedelta(days=1)).isoformat()}
    assert client.post(here, RIEC).context["form"].errors.keys() == {"decided_on"}
    assert client.post(here, late).context["form"].errors.keys() == {"decided_on"}
    made = content(client.post(here, {**RIEC, "decided_on": today.isoformat()}))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        (data,) = [json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")]
        (text,) = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt")]
    assert data["persons"] == [] and data["decision"]["decided_by"] == "Burgemeester"
    assert "WGS artikel 2.1" in text and "Kade 1" in text
    line = Line.objects.get(event="hub.riec.made")
    assert (line.subject, line.reason) == (finding.urn, "WGS artikel 2.1")


def test_an_expired_finding_is_not_shared(client: Client, analyst: Person, installation: Path) -> None:
    old = timezone.localdate() - timedelta(days=200)
    (finding,) = kept(installation, 1, as_of=old)
    write_run(installation / "vault", make_run(found("f1", as_of=old), as_of=old))
    Finding.objects.update(as_of=old)
    finding.batch.as_of = old
    finding.batch.save()
    answer = client.post(
        f"/knooppunt/signaal/{finding.pk}/riec/", {**RIEC, "decided_on": timezone.localdate().isoformat()}
    )
    assert "is vervallen" in answer.content.decode()
    assert not Line.objects.filter(event="hub.riec.made").exists()


def test_a_rule_gives_its_record_for_the_algorithm_register(client: Client, analyst: Person) -> None:
    make_assessment("BED-01", at=timezone.now(), legal_basis="Gemeentewet artikel 172")
    here = "/knooppunt/registers/BED-01/algoritmeregister/"
    start = client.get(here).context["form"].initial
    assert start["legal_basis"] == "Gemeentewet artikel 172"
    given = {**start, "organization": "Gemeente Zilverdam", "contact": "info@zilverdam.example", "since": "2026-09-01"}
    made = json.loads(content(client.post(here, given)))
    assert (made["organization"], made["start_date"], made["status"]) == (
        "Gemeente Zilverdam",
        "2026-09",
        "In ontwikkeling",
    )
    client.force_login(make_privacy_officer())
    assert client.get(here).status_code == 200
    assert client.get("/knooppunt/registers/bag/algoritmeregister/").status_code == 404


def test_what_is_wrong_in_a_register_becomes_documents(client: Client, analyst: Person, installation: Path) -> None:
    assert "Er wacht niets" in client.get("/knooppunt/terugmeldingen/").content.decode()
    first, *_others = kept(installation)
    said = Said(Verdict.WRONG, "Pand is in 2024 gesloopt", first.version)
    review(finding=first, said=said, by=analyst, at=timezone.now(), on=timezone.localdate())
    assert "Kade 1" in client.get("/knooppunt/terugmeldingen/").content.decode()
    made = content(client.post("/knooppunt/terugmeldingen/"))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        (name,) = packed.namelist()
        text = packed.read(name).decode()
    assert name == "BLW-f1.txt" and "Pand is in 2024 gesloopt" in text and first.object_id in text
    assert Line.objects.get(event="hub.errors.reported").facts == {"documents": 1}


def test_a_decision_about_an_establishment_is_told_once(client: Client, analyst: Person, installation: Path) -> None:
    vault = installation / "vault"
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, town() / file, vault=vault, at=timezone.now(), as_of=date(2026, 11, 1), municipality=None)
    link(open_vault(vault), at=timezone.now())
    one = next(row for row in uncertain(open_vault(vault)) if row.address)
    decided = place_decision(one.kvk, one.establishment, "", by="C. Vos", reason="Weg", at=timezone.now())
    place_establishments(open_vault(vault), [decided])
    link(open_vault(vault), at=timezone.now())
    assert one.kvk in client.get("/knooppunt/terugmeldingen/").content.decode()
    with zipfile.ZipFile(io.BytesIO(content(client.post("/knooppunt/terugmeldingen/")))) as packed:
        assert sorted(Path(name).suffix for name in packed.namelist()) == [".json", ".txt"]
    assert "Er wacht niets" in client.get("/knooppunt/terugmeldingen/").content.decode()


def test_a_case_director_takes_nothing_out(client: Client, analyst: Person, installation: Path) -> None:
    (finding,) = kept(installation, 1)
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    for address in (f"signaal/{finding.pk}/riec/", "terugmeldingen/", "registers/BED-01/algoritmeregister/"):
        assert client.get(f"/knooppunt/{address}").status_code == 404
