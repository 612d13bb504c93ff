"""The pages of registers, rules, assessments and work on the vault."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES
from bolwerk.hub import tasks
from bolwerk.hub.models import Assessment, Exclusion, Finding, Job, Source
from bolwerk.hub.queries import opened_vault
from bolwerk.hub.tests.makers import STAND, make_analyst, make_assessment, make_privacy_officer, put_on
from knooppunt.tests.deliveries import building, extract, write_extract

pytestmark = pytest.mark.django_db
SOURCES = "/knooppunt/registers/"


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    person = make_analyst()
    client.force_login(person)
    return person


def filled_in(**changes: str) -> dict[str, str]:
    """The form of an assessment as most people send it."""
    today = timezone.localdate()
    usual = {
        "purpose": "Weten waar adressen zijn",
        "legal_basis": "Wet BAG",
        "processing_activity": "VR-2026-031",
        "reference": "Z2026-1",
        "decided_by": "College",
        "decided_on": (today - timedelta(days=3)).isoformat(),
        "valid_until": (today + timedelta(days=365)).isoformat(),
    }
    return usual | changes


def work() -> Job:
    """Let a worker do the job that waits."""
    job = Job.objects.latest("asked_at")
    tasks.work.func(str(job.pk))
    job.refresh_from_db()
    return job


def test_from_nothing_to_a_register_that_is_on(client: Client, analyst: Person) -> None:
    assert "Uit, nog geen DPIA" in client.get(SOURCES).content.decode()
    client.post(f"{SOURCES}bag/dpia/", filled_in())
    assessment = Assessment.objects.get()
    officer = make_privacy_officer()
    client.force_login(officer)
    assert "Zeg of hij geldt" in client.get(f"/knooppunt/dpia/{assessment.pk}/").content.decode()
    client.post(f"/knooppunt/dpia/{assessment.pk}/oordeel/", {"outcome": "confirmed", "reason": ""})
    assert client.post(f"{SOURCES}bag/schakelen/", {"seen": 0, "reason": "Mag niet"}).status_code == 404
    client.force_login(analyst)
    client.post(f"{SOURCES}bag/schakelen/", {"seen": 0, "reason": "DPIA bevestigd"})
    assert Source.objects.get(pk="bag").is_on
    assert "Aan. De DPIA geldt tot en met" in client.get(f"{SOURCES}bag/").content.decode()


def test_the_privacy_officer_switches_off_at_once(client: Client, analyst: Person) -> None:
    put_on("bag", at=timezone.now())
    client.force_login(make_privacy_officer())
    client.post(f"{SOURCES}bag/schakelen/", {"seen": 1, "reason": "Te oude levering"})
    assert not Source.objects.get(pk="bag").is_on


def test_switching_needs_a_reason_that_fits_in_the_trail(client: Client, analyst: Person) -> None:
    put_on("bag", at=timezone.now())
    for reason in ("", "mail naar a@zilverdam.example"):
        answer = client.post(f"{SOURCES}bag/schakelen/", {"seen": 1, "reason": reason})
        assert answer.context["form"].errors.keys() == {"reason"}
    assert client.post(f"{SOURCES}bag/schakelen/", {"seen": 0, "reason": "Te oud"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_on": "2018-05-24"}, "decided_on"),
        ({"decided_on": "2999-01-01"}, "decided_on"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"valid_until": "2999-01-01"}, "valid_until"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_an_assessment_is_checked_before_it_is_kept(
    client: Client, analyst: Person, changes: dict[str, str], field: str
) -> None:
    answer = client.post(f"{SOURCES}bag/dpia/", filled_in(**changes))
    assert answer.context["form"].errors.keys() == {field}
    assert not Assessment.objects.exists()


def test_the_next_version_starts_from_the_one_before(client: Client, analyst: Person) -> None:
    make_assessment("bag", purpose="Eerder opgeschreven doel")
    assert "Eerder opgeschreven doel" in client.get(f"{SOURCES}bag/dpia/").content.decode()


def test_who_wrote_it_reads_why_it_cannot_be_confirmed(client: Client, installation: Path) -> None:
    both = make_person("Twee Petten", Role.ANALYST, Role.PRIVACY_OFFICER)
    assessment = make_assessment("bag", by=both)
    client.force_login(both)
    page = client.post(f"/knooppunt/dpia/{assessment.pk}/oordeel/", {"outcome": "confirmed"}).content.decode()
    assert "Je hebt deze DPIA zelf vastgelegd" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.PRIVACY_OFFICER)])
def test_no_other_role_sees_registers_or_assessments(client: Client, installation: Path, role: Role) -> None:
    assessment = make_assessment("bag")
    client.force_login(make_person("Iemand", role))
    for address in (SOURCES, f"{SOURCES}bag/", f"/knooppunt/dpia/{assessment.pk}/", f"{SOURCES}inlezen/"):
        assert client.get(address).status_code == 404


def test_the_privacy_officer_sees_no_findings_and_reads_no_deliveries(client: Client, installation: Path) -> None:
    client.force_login(make_privacy_officer())
    assert client.get(SOURCES).status_code == 200
    for address in ("/knooppunt/", f"{SOURCES}inlezen/", f"{SOURCES}zoeken/", "/knooppunt/werk/"):
        assert client.get(address).status_code == 404


def test_a_source_that_does_not_exist_is_not_found(client: Client, analyst: Person) -> None:
    for code in ("nonsense", "A" * 30 + "b1", "BED-99"):
        for page in ("", "dpia/", "schakelen/", "geweigerd/"):
            assert client.get(f"{SOURCES}{code}/{page}").status_code == 404


def test_a_delivery_from_the_folder_is_read_and_followed(client: Client, analyst: Person, installation: Path) -> None:
    put_on("bag", at=timezone.now())
    write_extract(installation / "deliveries", building(1), name="bag.xml")
    answer = client.post(f"{SOURCES}inlezen/", {"register": "bag", "delivery": "bag.xml"})
    page = client.get(answer.headers["Location"])
    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert work().state == "done"
    part = client.get(answer.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert "1 panden" in part
    assert "<html" not in part


def test_an_upload_is_read_and_leaves_nothing_behind(client: Client, analyst: Person, installation: Path) -> None:
    put_on("bag", at=timezone.now())
    upload = SimpleUploadedFile("../BAG levering.xml", extract(building(1)))
    client.post(f"{SOURCES}inlezen/", {"register": "bag", "upload": upload})
    job = work()
    assert (job.state, job.delivery.rsplit("/", 1)[-1]) == ("done", "BAG-levering.xml")
    assert list((installation / "deliveries").rglob("*.xml")) == []


def test_a_delivery_that_is_larger_than_a_photo_comes_in_whole(
    client: Client, analyst: Person, installation: Path, settings: Settings
) -> None:
    put_on("bag", at=timezone.now())
    large = extract(building(1)).replace(b"?>", b"?><!--" + b"x" * (MAXIMUM_BYTES + 1) + b"-->", 1)
    client.post(f"{SOURCES}inlezen/", {"register": "bag", "upload": SimpleUploadedFile("bag.xml", large)})
    kept = installation / "deliveries" / Job.objects.get().delivery
    assert kept.stat().st_size == len(large)
    settings.HUB_UPLOAD_LIMIT = MAXIMUM_BYTES
    answer = client.post(f"{SOURCES}inlezen/", {"register": "bag", "upload": SimpleUploadedFile("bag.xml", large)})
    assert "upload" in answer.context["form"].errors


def test_a_file_that_is_too_large_or_not_offered_is_refused(
    client: Client, analyst: Person, settings: Settings, installation: Path
) -> None:
    put_on("bag", at=timezone.now())
    settings.HUB_UPLOAD_LIMIT = 10
    upload = SimpleUploadedFile("bag.xml", b"x" * 11)
    for given, field in (
        ({"upload": upload}, "upload"),
        ({"delivery": "../../etc/passwd"}, "delivery"),
        ({}, "delivery"),
        ({"upload": SimpleUploadedFile("a.xml", b"")}, "upload"),
    ):
        answer = client.post(f"{SOURCES}inlezen/", {"register": "bag", **given})
        assert field in answer.context["form"].errors
    assert not Job.objects.exists()


def test_a_register_that_is_off_cannot_be_chosen(client: Client, analyst: Person, installation: Path) -> None:
    assert "Er staat geen register aan" in client.get(f"{SOURCES}inlezen/").content.decode()
    put_on("bag", at=timezone.now())
    write_extract(installation / "deliveries", building(1), name="brp.xml")
    answer = client.post(f"{SOURCES}inlezen/", {"register": "brp", "delivery": "brp.xml"})
    assert answer.context["form"].errors.keys() == {"register"}


def test_a_second_job_waits_and_says_so(client: Client, analyst: Person, installation: Path) -> None:
    put_on(at=timezone.now())
    today = timezone.localdate().isoformat()
    client.post(f"{SOURCES}zoeken/", {"as_of": today})
    answer = client.post(f"{SOURCES}zoeken/", {"as_of": today})
    assert answer.status_code == 409
    assert "Er wordt al iets ingelezen of uitgerekend" in answer.content.decode()
    assert Job.objects.count() == 1


def test_a_refused_delivery_is_told_in_dutch_with_file_and_line(
    client: Client, analyst: Person, installation: Path
) -> None:
    put_on("bag", at=timezone.now())
    bad = building(1).replace(b"2010-04-20", b"00000000")
    write_extract(installation / "deliveries", bad, name="bad.xml")
    answer = client.post(f"{SOURCES}inlezen/", {"register": "bag", "delivery": "bad.xml"})
    work()
    page = client.get(answer.headers["Location"]).content.decode()
    assert "De levering is geweigerd. De kluis is zoals hij was." in page
    assert "bad.xml" in page
    assert "is geen datum" in page


def test_the_whole_way_of_a_small_town(client: Client, analyst: Person, with_deliveries: Path) -> None:
    put_on("bag", "brp", "kvk", "BED-01", "BED-02", "WON-01", at=timezone.now())
    for register, file in (("bag", "bag.zip"), ("brp", "brp.csv"), ("kvk", "kvk.jsonl")):
        client.post(f"{SOURCES}inlezen/", {"register": register, "delivery": file, "as_of": STAND.isoformat()})
        assert work().state == "done"
    client.post(f"{SOURCES}zoeken/", {"as_of": STAND.isoformat()})
    assert work().state == "done"
    assert {one.rule for one in Finding.objects.all()} == {"BED-01", "BED-02", "WON-01"}
    for finding in Finding.objects.all():
        page = client.get(f"/knooppunt/signaal/{finding.pk}/").content.decode()
        assert "Waarom dit telt" in page
        assert "SELECT" in page
        assert "%(" not in page
    assert client.get("/knooppunt/kaart/bebouwing/").json()["features"]
    listed = client.get(f"{SOURCES}kvk/zonder-adres/").content.decode()
    assert "kvk.jsonl:" in listed
    assert "goed genoeg aan een adres gekoppeld" in client.get(f"{SOURCES}kvk/").content.decode()


def test_an_address_is_looked_up_and_left_out(client: Client, analyst: Person, with_deliveries: Path) -> None:
    put_on(at=timezone.now())
    client.post(f"{SOURCES}inlezen/", {"register": "bag", "delivery": "bag.zip"})
    work()
    here, wrong = "/knooppunt/uitsluitingen/nieuw/", {"postcode": "9999ZZ", "number": "1"}
    assert "staat geen adres" in client.post(here, wrong).content.decode()
    row = opened_vault().table("addresses").filter(lambda t: t.postcode.notnull()).limit(1).to_pyarrow().to_pylist()[0]
    at = {"postcode": f"{row['postcode'][:4]} {row['postcode'][4:].lower()}", "number": str(row["house_number"])}
    step = client.post(here, at)
    place = step.context["form"].fields["object_id"].choices[0]
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    given = {"object_id": place[0], "rule": "BED-01", "reason": "Zorginstelling", "until": until}
    assert client.post(here, at | given).status_code == 302
    assert Exclusion.objects.get().place == place[1]
    assert "slaat" not in client.post(here, at | given).headers.get("Location", "")
    assert Exclusion.objects.count() == 1


def test_a_damaged_vault_is_said_to_people_and_to_the_administrator(
    client: Client, analyst: Person, installation: Path
) -> None:
    (installation / "vault").mkdir()
    (installation / "vault" / "vault.json").write_text("{")
    page = client.get(SOURCES).content.decode()
    assert "De kluis is niet te lezen" in page
    assert "vault.json is damaged" in page
    shutil.rmtree(installation / "vault")
    assert "De kluis is niet te lezen" not in client.get(SOURCES).content.decode()


def test_an_old_delivery_is_called_old(client: Client, analyst: Person, installation: Path) -> None:
    put_on("bag", at=timezone.now())
    write_extract(installation / "deliveries", building(1), name="bag.xml")
    given = {"register": "bag", "delivery": "bag.xml", "as_of": date(2020, 9, 15).isoformat()}
    client.post(f"{SOURCES}inlezen/", given)
    work()
    assert "Ouder dan 45 dagen" in client.get(SOURCES).content.decode()
    assert "Standaard, niet gecontroleerd" in client.get(f"{SOURCES}bag/").content.decode()


def test_switches_assessments_and_work_are_lines_in_the_trail(client: Client, analyst: Person) -> None:
    put_on(at=timezone.now())
    client.get(SOURCES)
    client.get(f"{SOURCES}bag/")
    client.post(f"{SOURCES}zoeken/", {"as_of": timezone.localdate().isoformat()})
    work()
    events = set(Line.objects.values_list("event", flat=True))
    assert {
        "hub.sources.read",
        "hub.source.read",
        "hub.assessment.written",
        "hub.assessment.confirmed",
        "hub.source.switched_on",
        "hub.run.asked",
        "hub.job.failed",
    } <= events
