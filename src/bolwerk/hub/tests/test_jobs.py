"""Work on the vault: asked for, done by a worker, told as it went; a refusal leaves the vault as it was."""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bolwerk.audit.models import Line
from bolwerk.hub import tasks
from bolwerk.hub.actions import (
    JobAtWorkError,
    NoRuleOnError,
    Order,
    RegisterOffError,
    ask_to_read,
    ask_to_run,
    begin,
    close_lost_jobs,
    keep_upload,
    switch_off,
)
from bolwerk.hub.models import Finding, Job
from bolwerk.hub.queries import look_at_vault, register_look, told_of, vault_folder, vault_in_use
from bolwerk.hub.rules.jobs import JobState, Step
from bolwerk.hub.tests.makers import STAND, make_analyst, put_on, town
from knooppunt.tests.deliveries import building, state_of, write_extract

pytestmark = pytest.mark.django_db


def now_on() -> None:
    """Put companies on as of this moment: the worker reads the real clock."""
    put_on(at=timezone.now())


def read(register: str, delivery: str, **more: Any) -> Job:
    """Ask for a delivery to be read and let a worker do it."""
    order = Order(register=register, delivery=delivery, **more)
    now = timezone.now()
    return done(partial(ask_to_read, order=order, by=make_analyst(), at=now, on=timezone.localdate(now)))


def run(as_of: date | None = None) -> Job:
    """Ask for findings and let a worker do it."""
    now = timezone.now()
    return done(
        partial(
            ask_to_run, as_of=as_of or timezone.localdate(now), by=make_analyst(), at=now, on=timezone.localdate(now)
        )
    )


def done(ask: Any) -> Job:
    job: Job = tasks.put_to_work(ask)
    tasks.work.func(str(job.pk))
    job.refresh_from_db()
    return job


def test_from_deliveries_to_findings(with_deliveries: Path) -> None:
    now_on()
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        job = read(register, file, as_of=STAND)
        assert (job.state, job.summary["rejected"], job.slot) == (JobState.DONE, 0, None)
    job = run(STAND)
    truth = json.loads((town() / "truth.json").read_text())["findings"]
    planted = sorted(row["object_id"] for rule in ("BED-01", "BED-02") for row in truth[rule])
    assert sorted(Finding.objects.values_list("object_id", flat=True)) == planted
    assert {one["rule"] for one in job.summary["rules"]} == {"BED-01", "BED-02"}


def test_a_register_that_is_off_is_not_read(with_deliveries: Path) -> None:
    with pytest.raises(RegisterOffError):
        read("bag", "bag.zip")
    assert not Job.objects.exists()


def test_a_register_switched_off_while_its_delivery_waits_is_not_read(with_deliveries: Path) -> None:
    now_on()
    now = timezone.now()
    order = Order(register="bag", delivery="bag.zip")
    job = tasks.put_to_work(partial(ask_to_read, order=order, by=make_analyst(), at=now, on=timezone.localdate(now)))
    switch_off(code="bag", by=make_analyst(), at=now, seen=1, reason="Toch niet")
    tasks.work.func(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.trouble) == (JobState.FAILED, "switched_off")
    assert not vault_folder().exists()


def test_a_register_that_stands_in_for_another_by_itself_is_not_seen_while_it_is_off(with_deliveries: Path) -> None:
    shutil.copy(town() / "boundaries.gpkg", with_deliveries / "deliveries")
    put_on("bag", "boundaries", at=timezone.now())
    read("bag", "bag.zip", as_of=STAND)
    assert read("boundaries", "boundaries.gpkg").state == JobState.DONE

    def seen() -> set[str]:
        return {delivery.register for delivery in vault_in_use(timezone.localdate()).registers()}

    assert seen() == {"bag", "boundaries"}
    switch_off(code="boundaries", by=make_analyst(), at=timezone.now(), seen=1, reason="Nog niet besproken")
    assert seen() == {"bag"}


def test_a_refused_delivery_says_file_line_and_reason_and_leaves_the_vault(installation: Path) -> None:
    now_on()
    write_extract(installation / "deliveries", building(1), name="good.xml")
    read("bag", "good.xml")
    before = state_of(vault_folder())
    write_extract(
        installation / "deliveries", building(2).replace(b"Pand in gebruik", b"Pand in brand"), name="bad.xml"
    )
    job = read("bag", "bad.xml")
    told = told_of(job)
    assert job.state == JobState.REFUSED
    assert told.refusal is not None
    assert told.refusal[:2] == ("bad.xml", 5)
    assert told.refusal[2] == "onbekende waarde voor status: “Pand in brand”"
    assert state_of(vault_folder()) == before


def test_what_is_left_out_is_counted_and_a_part_of_an_extract_is_said(installation: Path) -> None:
    now_on()
    bad = building(2).replace(b"Pand in gebruik", b"Pand in brand")
    write_extract(installation / "deliveries", building(1), bad, name="part.xml")
    job = read("bag", "part.xml", keep_going=True)
    assert (job.state, job.summary["rejected"], job.summary["linked"]) == (JobState.DONE, 1, False)
    assert "heel BAG-extract" in told_of(job).notes[0]


def test_the_same_delivery_again_says_that_nothing_changed(installation: Path) -> None:
    now_on()
    write_extract(installation / "deliveries", building(1), name="one.xml")
    read("bag", "one.xml")
    assert told_of(read("bag", "one.xml")).notes[0].startswith("Precies deze levering stond al")


def test_an_upload_is_gone_once_it_was_read_and_other_files_stay(installation: Path) -> None:
    now_on()
    content = write_extract(installation, building(1), name="mine.xml").read_bytes()
    path = keep_upload(name="../../mijn levering.xml", content=[content], most=10_000)
    assert (installation / "deliveries" / path).stat().st_mode & 0o777 == 0o600
    assert read("bag", path, uploaded=True).state == JobState.DONE
    assert list((installation / "deliveries" / ".uploads").iterdir()) == []
    write_extract(installation / "deliveries", building(3), name="stays.xml")
    read("bag", "stays.xml")
    assert (installation / "deliveries" / "stays.xml").exists()


def test_one_job_at_a_time(installation: Path) -> None:
    now_on()
    now = timezone.now()
    ask = partial(ask_to_run, as_of=timezone.localdate(now), by=make_analyst(), at=now, on=timezone.localdate(now))
    tasks.put_to_work(ask)
    with pytest.raises(JobAtWorkError):
        tasks.put_to_work(ask)
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_nothing_to_run_is_said(installation: Path) -> None:
    with pytest.raises(NoRuleOnError):
        run()
    now_on()
    job = run()
    assert (job.state, job.trouble) == (JobState.FAILED, "damaged")
    write_extract(installation / "deliveries", building(1), name="part.xml")
    read("bag", "part.xml")
    assert run().trouble == "nothing_on"


def test_a_job_is_done_once_and_a_second_worker_changes_nothing(installation: Path) -> None:
    now_on()
    write_extract(installation / "deliveries", building(1), name="one.xml")
    job = read("bag", "one.xml")
    tasks.work.func(str(job.pk))
    assert begin(job_id=job.pk, at=timezone.now()) is None
    assert Line.objects.filter(event="hub.job.done").count() == 1


def test_progress_is_written_down_at_each_step() -> None:
    job = Job.objects.create(kind="run", state="working", slot="vault", by=make_analyst(), asked_at=timezone.now())
    tell = tasks.Reporter(job)
    tell(Step.RULES, 1, 3)
    tell(Step.RULES, 2, 3)  # too soon after the one before
    job.refresh_from_db()
    assert (job.step, job.done, job.total) == (Step.RULES, 1, 3)
    told = told_of(job)
    assert (told.step, told.steps, told.now) == (1, 3, "De regels uitrekenen, 33%")


@pytest.mark.parametrize(("status", "closed"), [("RUNNING", 0), ("READY", 0), ("FAILED", 1), (None, 1)])
def test_a_job_that_nobody_works_on_any_more_is_ended(status: str | None, closed: int) -> None:
    now_on()
    now = timezone.now()
    job = tasks.put_to_work(
        partial(ask_to_run, as_of=timezone.localdate(now), by=make_analyst(), at=now, on=timezone.localdate(now))
    )
    rows = DBTaskResult.objects.filter(pk=Job.objects.get(pk=job.pk).task)
    rows.update(status=TaskResultStatus[status]) if status else rows.delete()
    assert close_lost_jobs(at=now) == closed
    job.refresh_from_db()
    assert (job.state == JobState.FAILED, job.trouble == "broke", job.slot is None) == (bool(closed),) * 3


def test_the_vault_says_how_good_its_registers_are(with_deliveries: Path) -> None:
    assert look_at_vault().state == "absent"
    now_on()
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        read(register, file, as_of=STAND)
    look = look_at_vault()
    assert look.links is not None
    assert 80 < look.links.good_percent < 100
    assert look.links.unlinked > 0
    kvk = register_look(look, "kvk", on=date(2027, 1, 1))
    assert kvk is not None
    assert (kvk.age_days, kvk.old) == (61, True)
    (vault_folder() / "vault.json").write_text("{")
    assert look_at_vault().state == "damaged"


def test_an_unknown_job_is_nobodys() -> None:
    with pytest.raises(Job.DoesNotExist):
        begin(job_id=uuid4(), at=timezone.now())
