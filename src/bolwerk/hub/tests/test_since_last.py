"""A search in the hub works in what changed since the last one, says so, and finds what a full one finds."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bolwerk.hub.actions import LeftOut, add_exclusion
from bolwerk.hub.models import Finding, Job
from bolwerk.hub.queries import told_of, vault_folder
from bolwerk.hub.tests.makers import STAND, make_analyst, put_on
from bolwerk.hub.tests.test_jobs import read, run
from knooppunt.findings import load_run
from knooppunt.findings.state import NAME
from knooppunt.vault import open_vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def searched(with_deliveries: Path) -> Path:
    """An installation in which a small town was read and searched once."""
    put_on(at=timezone.now())
    read("bag", "bag.zip", as_of=STAND)
    read("kvk", "kvk.jsonl", as_of=STAND)
    first = run(STAND)
    assert first.summary["whole"] == "none_kept"
    assert "er was nog geen eerdere zoekronde" in " ".join(told_of(first).notes)
    return with_deliveries


def fewer_companies(installation: Path) -> None:
    """Deliver the companies anew without a few of them."""
    file = installation / "deliveries" / "kvk.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for number, line in enumerate(lines) if number % 97 != 5), encoding="utf-8")
    read("kvk", "kvk.jsonl", as_of=STAND)


def found(job: Job) -> tuple[object, list[object]]:
    """What a search found: as the vault keeps it, and as it stands in the list."""
    kept = load_run(open_vault(vault_folder()), STAND, job.summary["run"])
    columns = ("code", "rule", "object_id", "place", "headline_nl", "verdict")
    return [one.to_json() for one in kept.findings], list(
        Finding.objects.filter(current=True).order_by("code").values_list(*columns)
    )


@pytest.mark.once  # the vault answers, not this database; jobs are asked on both in test_jobs.py
def test_what_changed_is_worked_in_and_the_findings_are_those_of_a_full_search(searched: Path) -> None:
    fewer_companies(searched)
    worked_in = run(STAND)
    assert worked_in.summary["again"] > 0 and "whole" not in worked_in.summary
    assert "opnieuw bekeken" in " ".join(told_of(worked_in).notes)
    of_changes, rules = found(worked_in), worked_in.summary["rules"]
    shutil.rmtree(vault_folder() / "derived" / NAME)
    whole = run(STAND)
    assert whole.summary["whole"] == "none_kept"
    assert (found(whole), whole.summary["rules"]) == (of_changes, rules)
    assert whole.summary["run"] == worked_in.summary["run"]


@pytest.mark.once  # the vault answers, not this database; jobs are asked on both in test_jobs.py
def test_another_rule_or_exclusion_asks_for_a_full_search_and_says_why(searched: Path) -> None:
    one, today = Finding.objects.filter(rule="BED-01").earliest("code"), timezone.localdate()
    what = LeftOut("BED-01", one.object_id, one.place, "Verzamelgebouw", today + timedelta(days=90))
    add_exclusion(what=what, by=make_analyst(), at=timezone.now(), on=today)
    job = run(STAND)
    assert job.summary["whole"] == "other_exclusions"
    put_on("BED-09", at=timezone.now())
    assert run(STAND).summary["whole"] == "other_rules"
    assert run(STAND).summary["again"] == 0


@pytest.mark.once  # the vault answers, not this database; jobs are asked on both in test_jobs.py
def test_what_was_kept_and_cannot_be_read_is_no_reason_to_find_nothing(searched: Path) -> None:
    before = found(run(STAND))
    fewer = (vault_folder() / "derived" / NAME).rglob("*.parquet")
    for file in fewer:
        file.write_bytes(b"broken")
    job = run(STAND)
    assert (job.state, job.summary["whole"]) == ("done", "unreadable")
    assert "kan niet worden gelezen" in " ".join(told_of(job).notes)
    assert found(job) == before
