"""Findings in the list: all at once, with the verdicts that still hold, and only of rules in use."""

from datetime import timedelta
from pathlib import Path

import pytest

from bolwerk.audit.models import Line
from bolwerk.hub.actions import LeftOut, Said, add_exclusion, review, take_over, take_over_newest
from bolwerk.hub.models import Batch, Finding, Review
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.tests.makers import HOME, MONDAY, RULES, TODAY, found, make_analyst, make_run, put_in_list, put_on
from knooppunt.findings import Finding as Found
from knooppunt.findings.store import write_run
from knooppunt.vault.layout import VaultState, write_state

pytestmark = pytest.mark.django_db
NEXT = TODAY + timedelta(days=7)
NEXT_AT = MONDAY + timedelta(days=7)


def judge(finding: Finding, verdict: Verdict = Verdict.EXPLAINED) -> None:
    by = make_analyst()
    review(finding=finding, said=Said(verdict, "Accountant", finding.version), by=by, at=MONDAY, on=TODAY)


def next_week(*findings: Found) -> list[Finding]:
    return put_in_list(*findings, name="r2", as_of=NEXT, at=NEXT_AT)


def test_findings_lie_in_the_list_with_their_place_in_degrees() -> None:
    (row,) = put_in_list(found())
    assert (row.current, row.verdict, row.area) == (True, Verdict.OPEN, "6100")
    assert (round(row.longitude or 0, 3), round(row.latitude or 0, 3)) == (5.387, 52.155)  # Amersfoort


def test_what_is_not_found_again_is_no_longer_current_and_stays() -> None:
    old, gone = put_in_list(found("f1"), found("f2", object_id="9900010000000002"))
    next_week(found("n1", as_of=NEXT))
    old.refresh_from_db()
    gone.refresh_from_db()
    assert (old.current, gone.current) == (False, False)
    assert Finding.objects.live(on=NEXT).get().code == "n1"


def test_the_same_run_again_doubles_nothing_and_keeps_the_verdict() -> None:
    (row,) = put_in_list(found())
    judge(row)
    put_in_list(found(), name="r2")
    row.refresh_from_db()
    assert (Finding.objects.count(), row.verdict, row.current) == (1, Verdict.EXPLAINED, True)


def test_a_verdict_comes_along_when_the_number_is_the_same() -> None:
    (row,) = put_in_list(found())
    judge(row)
    (later,) = next_week(found("n1", as_of=NEXT))
    carried = Review.objects.get(finding=later)
    assert (later.verdict, carried.reason, carried.carried_from, carried.at) == (
        Verdict.EXPLAINED,
        "Accountant",
        row,
        MONDAY,
    )


@pytest.mark.parametrize(
    "change", [{"headline_nl": "25 bedrijven"}, {"rule_version": 2}, {"part": "car-trade"}, {"object_id": "9" * 16}]
)
def test_other_facts_are_looked_at_anew(change: dict[str, object]) -> None:
    (row,) = put_in_list(found())
    judge(row)
    (later,) = next_week(found("n1", as_of=NEXT, **change))
    assert later.verdict == Verdict.OPEN
    assert not later.reviews.exists()


def test_a_verdict_carried_twice_names_where_it_was_given() -> None:
    (row,) = put_in_list(found())
    judge(row)
    next_week(found("n1", as_of=NEXT))
    (third,) = put_in_list(found("m1", as_of=NEXT + timedelta(days=7)), name="r3", at=NEXT_AT + timedelta(days=7))
    assert third.reviews.get().carried_from == row


def test_only_the_rules_asked_for_are_taken_over_and_the_others_stay() -> None:
    (row,) = put_in_list(found("f1", rule="BED-02", level="street"))
    run = make_run(found("n1"), name="r2", rules=("BED-01", "WON-01"))
    take_over(run=run, rules=frozenset({"BED-01"}), by="urn:bolwerk:system", at=NEXT_AT)
    row.refresh_from_db()
    assert row.current
    assert [one["rule"] for one in Batch.objects.first().outcomes] == ["BED-01"]  # type: ignore[union-attr]  # there is one


def test_what_is_left_out_leaves_the_open_list_at_once() -> None:
    put_in_list(found())
    what = LeftOut("BED-01", HOME, "Kade 1", "Verzamelgebouw", TODAY + timedelta(days=30))
    add_exclusion(what=what, by=make_analyst(), at=MONDAY, on=TODAY)
    assert not Finding.objects.live(on=TODAY).exists()
    assert Finding.objects.live(on=TODAY + timedelta(days=31)).exists()


def vault_with(installation: Path, *findings: Found) -> None:
    """A vault in which a command line worked out findings; it holds no registers."""
    vault = installation / "vault"
    vault.mkdir()
    write_state(vault, VaultState("9900", {}))
    write_run(vault, make_run(*findings, name="cli", rules=(*RULES, "WON-01")))


def test_what_a_command_line_worked_out_is_taken_over_once(installation: Path) -> None:
    put_on()
    vault_with(installation, found("f1"), found("f2", rule="WON-01"))
    assert take_over_newest(at=MONDAY, on=TODAY) is not None
    assert take_over_newest(at=MONDAY, on=TODAY) is None
    assert list(Finding.objects.values_list("code", flat=True)) == ["f1"]
    assert Line.objects.get(event="hub.findings.taken_over").facts == {"findings": 1}


def test_without_a_rule_in_use_nothing_is_taken_over(installation: Path) -> None:
    vault_with(installation, found("f1"))
    assert take_over_newest(at=MONDAY, on=TODAY) is None
    assert not Finding.objects.exists()


def test_a_damaged_vault_leaves_the_list_as_it_is(installation: Path) -> None:
    put_on()
    vault_with(installation, found("f1"))
    for file in (installation / "vault").rglob("*.parquet"):
        file.write_bytes(b"rot")
    assert take_over_newest(at=MONDAY, on=TODAY) is None
