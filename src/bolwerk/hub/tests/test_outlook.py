"""A look ahead by area: asked for, worked out by a worker, told beside last year. And of who may not."""

import csv
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.hub import actions, queries, tasks
from bolwerk.hub.models import Job, Study
from bolwerk.hub.rules.jobs import Trouble
from bolwerk.hub.tests.makers import make_analyst, put_on, town
from knooppunt.ingest import ingest

pytestmark = pytest.mark.django_db
HERE = "/knooppunt/vooruitblik/"
STAND = date(2026, 11, 1)
REGISTERS = ("bag", "kvk", "reports", "areas", "areamap")


def many_reports(file: Path) -> None:
    """Three years of reports, many of them of late at one door and its neighbours."""
    draw = random.Random(7)
    with (town() / "areamap.csv").open(encoding="utf-8") as doors_file:
        doors = [(row["PC6"], row["Huisnummer"]) for row in csv.DictReader(doors_file, delimiter=";")]
    rows: list[str] = []
    for day in range(1, 365 * 3 + 20):
        when = STAND - timedelta(days=day)
        for _one in range(1 + (when.month in (6, 7, 8))):
            postcode, number = draw.choice(doors[:5] if day < 300 and draw.random() < 0.3 else doors)
            rows.append(f"D{len(rows)};{when.isoformat()};Overlast;bewoner;;;{number};;;{postcode};;;")
    with file.open("a", encoding="utf-8") as reports:
        reports.writelines(f"{row}\n" for row in rows)


def years_of_reports(home: Path) -> Path:
    """A vault under `home` of a small town with years of reports."""
    shutil.copy(town() / "reports.csv", home)
    many_reports(home / "reports.csv")
    for register in REGISTERS:
        file = {"bag": "bag.zip", "kvk": "kvk.jsonl"}.get(register, f"{register}.csv")
        where = home if register == "reports" else town()
        ingest(register, where / file, vault=home / "vault", at=timezone.now(), as_of=STAND)
    return home / "vault"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with years of reports, made once."""
    home = tmp_path_factory.mktemp("outlook")
    return years_of_reports(home)


@pytest.fixture
def analyst(client: Client, installation: Path, vault: Path) -> Person:
    shutil.copytree(vault, installation / "vault")
    person = make_analyst()
    client.force_login(person)
    put_on(*REGISTERS, "BED-01", at=timezone.now())
    return person


def done(about: str) -> Job:
    job = Job.objects.get(about=about)
    tasks.work.func(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.once  # the vault answers, not this database; the page is asked on both below
def test_reports_are_looked_ahead_by_area_beside_last_year(client: Client, analyst: Person) -> None:
    answer = client.post(f"{HERE}nieuw/", {"about": "reports", "as_of": STAND.isoformat()})
    job = done("reports")
    assert answer.headers["Location"] == f"/knooppunt/werk/{job.pk}/"
    assert (job.state, job.trouble) == ("done", "")
    study = Study.objects.get()
    assert study.result["forecast"]["month"] == "2026-11-01"
    assert all(one["low"] <= one["expected"] <= one["high"] for one in study.result["forecast"]["areas"])
    page = client.get(HERE).content.decode()
    assert "Volgende maand per gebied, naast dezelfde maand vorig jaar" in page
    assert "november 2026" in page
    assert page.count("<svg") >= 4  # both drawings, wide and narrow
    assert Line.objects.filter(event="hub.outlook.read").count() == 1


@pytest.mark.once  # the vault answers, not this database; the page is asked on both below
def test_a_hot_spot_is_told_by_a_street_and_never_by_a_door(client: Client, analyst: Person) -> None:
    client.post(f"{HERE}nieuw/", {"about": "reports", "as_of": STAND.isoformat()})
    done("reports")
    spots = Study.objects.get().result["spots"]
    assert spots and all(spot["chance"] <= 0.05 for spot in spots)
    assert {"number", "postcode", "object_id"}.isdisjoint(spots[0])
    page = client.get(HERE).content.decode()
    assert f"Rond {spots[0]['street']}" in page and "dan het toeval" in page


@pytest.mark.drill  # the findings of every month of three years; of one rule in src/knooppunt/tests/test_outlook.py
def test_a_rule_is_counted_back_month_by_month_and_too_little_is_said(client: Client, analyst: Person) -> None:
    client.post(f"{HERE}nieuw/", {"about": "BED-01", "as_of": STAND.isoformat()})
    assert done("BED-01").state == "done"
    page = client.get(f"{HERE}BED-01/").content.decode()
    assert "Veel bedrijven" in page
    assert Study.objects.get().result["spots"] == []


def test_what_is_switched_off_is_not_worked_out_and_its_study_is_gone(client: Client, analyst: Person) -> None:
    client.post(f"{HERE}nieuw/", {"about": "reports", "as_of": STAND.isoformat()})
    Study.objects.create(kind="ahead", about="reports", as_of=STAND, result={}, made_at=timezone.now())
    actions.switch_off(code="reports", by=analyst, at=timezone.now(), seen=1, reason="Grondslag weg")
    assert (done("reports").trouble, Study.objects.count()) == (Trouble.SWITCHED_OFF, 1)
    assert queries.studies(on=timezone.localdate()) == []
    assert client.get(f"{HERE}reports/").status_code == 404


def test_a_register_that_was_never_read_is_said(client: Client, analyst: Person, installation: Path) -> None:
    ingest("bag", town() / "bag.zip", vault=installation / "other", at=timezone.now())
    shutil.rmtree(installation / "vault")
    (installation / "other").rename(installation / "vault")
    client.post(f"{HERE}nieuw/", {"about": "reports", "as_of": STAND.isoformat()})
    assert done("reports").trouble == Trouble.NO_REGISTER


def test_before_anybody_asked_the_page_says_what_would_be_here(client: Client, analyst: Person) -> None:
    assert "zodra iemand erom vraagt" in client.get(HERE).content.decode()
    assert client.get(f"{HERE}BED-01/").status_code == 404


def test_a_case_director_reads_and_asks_nothing_and_others_see_nothing(client: Client, analyst: Person) -> None:
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    assert client.get(HERE).status_code == 200
    assert client.get(f"{HERE}nieuw/").status_code == 404
    client.force_login(make_person("Ed Bestuur", Role.PRIVACY_OFFICER))
    assert client.get(HERE).status_code == 404


def test_a_day_to_come_is_refused(client: Client, analyst: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(f"{HERE}nieuw/", {"about": "reports", "as_of": tomorrow.isoformat()})
    assert answer.context["form"].errors.keys() == {"as_of"}
    assert not Job.objects.exists()
