"""How findings and what was done with them go: to the day, and with what the vault of registers holds of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.hub.actions import LeftOut, Said, add_exclusion, end_exclusion, review, switch_off, take_over
from bolwerk.hub.actions.retention import EXCLUSION_RETENTION, FINDING_RETENTION, JOB_RETENTION, RUN_RETENTION
from bolwerk.hub.actions.source_retention import ASSESSMENT_RETENTION, SWITCH_RETENTION
from bolwerk.hub.models import Assessment, Batch, Exclusion, Finding, Job, Review, Source, SwitchChange
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.tests.makers import (
    HOME,
    MONDAY,
    RULES,
    TODAY,
    found,
    make_analyst,
    make_finding,
    make_run,
    put_in_list,
)
from bolwerk.vault.actions import erase_due, place_hold
from bolwerk.vault.queries.retention import due_rows
from bolwerk.vault.rules.retention import Kind, Stage
from knooppunt.findings.store import write_run

pytestmark = pytest.mark.django_db
EXPIRES = TODAY + timedelta(days=90)  # 21 February 2027
ZONE = timezone.get_default_timezone()
ADDRESS_GOES = datetime(2028, 2, 22, tzinfo=ZONE)  # a year, and the first second after its last day
ALL_GOES = datetime(2032, 2, 22, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


def due(kind: Kind, stage: Stage, at: datetime) -> int:
    """How many records are due at a moment, by the rule of the house."""
    return due_rows(kind, kind.default, stage, at=at).count()


def erase(at: datetime) -> None:
    """Let everything go that is due."""
    list(erase_due(by=SYSTEM, at=at))


def test_an_address_goes_a_year_after_its_finding_expired_and_the_verdict_stays() -> None:
    finding = make_finding()
    said = Said(Verdict.WORTH_A_LOOK, "Zelfde bestuurder op alle twaalf", 1)
    review(finding=finding, said=said, by=make_analyst("Els Analist"), at=MONDAY, on=TODAY)
    assert due(FINDING_RETENTION, Stage.PERSONAL, ADDRESS_GOES - SECOND) == 0
    assert due(FINDING_RETENTION, Stage.PERSONAL, ADDRESS_GOES) == 1
    erase(ADDRESS_GOES)
    gone = Finding.objects.get()
    assert gone.erased_at == ADDRESS_GOES
    assert [gone.object_id, gone.place, gone.street, gone.area, gone.town, gone.headline_nl, gone.headline_en] == [
        ""
    ] * 7
    assert (gone.longitude, gone.latitude) == (None, None)
    assert (gone.rule, gone.verdict, gone.as_of) == ("BED-01", Verdict.WORTH_A_LOOK, TODAY)
    assert not Review.objects.exists()
    assert due(FINDING_RETENTION, Stage.RECORD, ALL_GOES - SECOND) == 0
    erase(ALL_GOES)
    assert not Finding.objects.exists()


def test_an_erased_finding_does_not_exist_for_who_reads(installation: Path) -> None:
    finding = make_finding()
    analyst = make_analyst("Els Analist")
    path = f"/knooppunt/signaal/{finding.pk}/"
    assert signed_in_client(analyst).get(path).status_code == 200
    Finding.objects.update(erased_at=MONDAY)
    assert signed_in_client(analyst).get(path).status_code == 404


def test_a_verdict_that_was_carried_over_stays_when_the_first_one_goes() -> None:
    first = make_finding()
    said = Said(Verdict.WORTH_A_LOOK, "Zelfde bestuurder op alle twaalf", 1)
    review(finding=first, said=said, by=make_analyst("Els Analist"), at=MONDAY, on=TODAY)
    later = TODAY + timedelta(days=60)
    second = put_in_list(found("f2", as_of=later), name="r2", as_of=later, at=MONDAY + timedelta(days=60))[0]
    assert Review.objects.get(finding=second).carried_from == first
    erase(ADDRESS_GOES)
    kept = Review.objects.get()
    assert (kept.finding, kept.carried_from, kept.verdict) == (second, None, Verdict.WORTH_A_LOOK)


def test_a_held_finding_stays_with_what_the_vault_holds_of_it(installation: Path) -> None:
    finding = make_finding()
    place_hold(subject=finding.urn, reason="Beroep loopt nog", by=make_analyst("Els Analist"), at=MONDAY)
    erase(ALL_GOES)
    assert Finding.objects.get().place
    assert Batch.objects.get().erased_at is None


def test_the_vault_of_registers_forgets_a_run_with_its_last_address(installation: Path) -> None:
    put = installation / "vault" / "findings" / TODAY.isoformat()
    run = make_run(found())
    write_run(installation / "vault", run)
    take_over(run=run, rules=frozenset(RULES), by=SYSTEM, at=MONDAY)
    erase(ADDRESS_GOES - SECOND)
    assert {file.name for file in put.iterdir()} == {"r1.parquet", "r1.json", "current.json"}
    erase(ADDRESS_GOES)
    assert not put.exists()
    assert Batch.objects.get().erased_at == ADDRESS_GOES
    erase(ADDRESS_GOES + SECOND)  # the same again does nothing
    erase(ALL_GOES)
    assert not Batch.objects.exists()


def test_a_run_without_findings_goes_too(installation: Path) -> None:
    run = make_run()
    write_run(installation / "vault", run)
    take_over(run=run, rules=frozenset(RULES), by=SYSTEM, at=MONDAY)
    goes = datetime(2027, 11, 24, tzinfo=ZONE)
    assert due(RUN_RETENTION, Stage.PERSONAL, goes - SECOND) == 0
    erase(goes)
    assert not (installation / "vault" / "findings" / TODAY.isoformat()).exists()


def test_another_run_of_the_day_keeps_its_files(installation: Path) -> None:
    for name, at in (("r1", MONDAY), ("r2", MONDAY + timedelta(days=40))):
        run = make_run(name=name)
        write_run(installation / "vault", run)
        take_over(run=run, rules=frozenset(RULES), by=SYSTEM, at=at)
    erase(datetime(2027, 11, 24, tzinfo=ZONE))
    left = {file.name for file in (installation / "vault" / "findings" / TODAY.isoformat()).iterdir()}
    assert left == {"r2.parquet", "r2.json", "current.json"}


def test_an_exclusion_goes_a_year_after_its_last_day() -> None:
    left_out = LeftOut("BED-01", HOME, "Kade 1", "Verzamelgebouw", until=TODAY + timedelta(days=30))
    made = add_exclusion(what=left_out, by=make_analyst("Els Analist"), at=MONDAY, on=TODAY)
    end_exclusion(exclusion=made, reason="Verkocht", by=make_analyst("Jan Analist"), at=MONDAY)
    goes = datetime(2027, 12, 24, tzinfo=ZONE)  # 23 December 2026 and a year
    assert due(EXCLUSION_RETENTION, Stage.RECORD, goes - SECOND) == 0
    erase(goes)
    assert not Exclusion.objects.exists()


def test_work_that_never_ended_is_never_due() -> None:
    by, ended = make_analyst(), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    Job.objects.create(kind="read", state="waiting", slot="vault", by=by, asked_at=MONDAY)
    over = Job.objects.create(kind="read", state="done", by=by, asked_at=MONDAY, ended_at=ended)
    goes = datetime(2027, 11, 24, tzinfo=ZONE)
    assert due(JOB_RETENTION, Stage.RECORD, goes - SECOND) == 0
    assert list(due_rows(JOB_RETENTION, JOB_RETENTION.default, Stage.RECORD, at=goes)) == [over]
    erase(goes)
    assert [job.state for job in Job.objects.all()] == ["waiting"]


def test_what_a_register_rests_on_stays_until_it_is_switched_off() -> None:
    make_finding()
    old = ALL_GOES + timedelta(days=400)
    assert due(ASSESSMENT_RETENTION, Stage.RECORD, old) == 0
    source = Source.objects.get(code="bag")
    switch_off(code="bag", by=make_analyst("Els Analist"), at=MONDAY, seen=source.version, reason="Niet meer nodig")
    Source.objects.filter(code="bag").update(rests_on=None)
    assert due(ASSESSMENT_RETENTION, Stage.RECORD, old) == 1
    assert due(SWITCH_RETENTION, Stage.RECORD, old) == 1  # that it was put on; that it is off now stays
    erase(old)
    assert not Assessment.objects.filter(source="bag").exists()
    assert [change.is_on for change in SwitchChange.objects.filter(source="bag")] == [False]
