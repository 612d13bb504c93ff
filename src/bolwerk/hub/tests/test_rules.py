"""What may be said of an assessment and of a finding, drawn out. No database."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest

from bolwerk.hub.rules.assessments import (
    ALLOWED_OUTCOMES,
    Outcome,
    OutcomeNotAllowedError,
    OwnAssessmentError,
    Standing,
    check_outcome,
    last_valid_day,
    standing_of,
)
from bolwerk.hub.rules.assessments import ReasonMissingError as OutcomeReasonMissingError
from bolwerk.hub.rules.jobs import STEPS, DayNotReachedError, JobKind, check_day
from bolwerk.hub.rules.reviews import (
    ExpiredError,
    ReasonMissingError,
    Verdict,
    VerdictNotAllowedError,
    check_verdict,
    is_expired,
)
from bolwerk.hub.rules.sources import OLD_AFTER, Register, is_old
from bolwerk.hub.rules.uploads import safe_name

TODAY = date(2026, 11, 23)
WRITER, OFFICER = uuid4(), uuid4()


@pytest.mark.parametrize(("now", "outcome"), list(product(Standing, Outcome)))
def test_only_outcomes_in_the_table_are_allowed(now: Standing, outcome: Outcome) -> None:
    if outcome in ALLOWED_OUTCOMES.get(now, ()):
        check_outcome(now, outcome, writer=WRITER, by=OFFICER, reason="Nog geen advies van de OR")
    else:
        with pytest.raises(OutcomeNotAllowedError):
            check_outcome(now, outcome, writer=WRITER, by=OFFICER, reason="Nog geen advies van de OR")


def test_nobody_confirms_the_own_assessment() -> None:
    with pytest.raises(OwnAssessmentError):
        check_outcome(Standing.WAITING, Outcome.CONFIRMED, writer=WRITER, by=WRITER, reason="")


@pytest.mark.parametrize(("now", "outcome"), [("waiting", "declined"), ("valid", "withdrawn")])
def test_saying_no_needs_a_reason(now: str, outcome: str) -> None:
    with pytest.raises(OutcomeReasonMissingError):
        check_outcome(Standing(now), Outcome(outcome), writer=WRITER, by=OFFICER, reason="  ")


def test_the_last_day_of_an_assessment_still_counts() -> None:
    assert standing_of(Outcome.CONFIRMED, valid_until=TODAY, on=TODAY) is Standing.VALID
    assert standing_of(Outcome.CONFIRMED, valid_until=TODAY, on=TODAY + timedelta(days=1)) is Standing.EXPIRED
    assert standing_of(None, valid_until=TODAY, on=TODAY) is Standing.WAITING


def test_an_assessment_holds_three_years_at_most() -> None:
    assert last_valid_day(date(2024, 1, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(("now", "to"), list(product(Verdict, Verdict)))
def test_every_other_verdict_can_follow(now: Verdict, to: Verdict) -> None:
    if now is to:
        with pytest.raises(VerdictNotAllowedError):
            check_verdict(now, to, reason="Gezien", expires_on=TODAY, on=TODAY)
    else:
        check_verdict(now, to, reason="Gezien", expires_on=TODAY, on=TODAY)


def test_an_expired_finding_gets_no_verdict() -> None:
    assert not is_expired(TODAY, on=TODAY)
    with pytest.raises(ExpiredError):
        check_verdict(Verdict.OPEN, Verdict.WRONG, reason="Gezien", expires_on=TODAY, on=TODAY + timedelta(days=1))


def test_a_verdict_needs_a_reason() -> None:
    with pytest.raises(ReasonMissingError):
        check_verdict(Verdict.OPEN, Verdict.EXPLAINED, reason=" ", expires_on=TODAY, on=TODAY)


@pytest.mark.parametrize("register", Register)
def test_a_delivery_is_old_a_day_after_its_limit(register: Register) -> None:
    limit = timedelta(days=OLD_AFTER[register].days)
    assert not is_old(register, TODAY - limit, on=TODAY)
    assert is_old(register, TODAY - limit - timedelta(days=1), on=TODAY)
    assert str(OLD_AFTER[register].source)


def test_nobody_knows_tomorrow_and_every_job_has_steps() -> None:
    check_day(TODAY, on=TODAY)
    with pytest.raises(DayNotReachedError):
        check_day(TODAY + timedelta(days=1), on=TODAY)
    assert all(STEPS[kind] for kind in JobKind)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bag.zip", "bag.zip"),
        ("../../etc/passwd", "passwd"),
        ("C:\\deliveries\\BAG levering.zip", "BAG-levering.zip"),
        (".hidden", "hidden"),
        ("..", "delivery"),
        ("naïef\u202egpj.zip", "naiefgpj.zip"),
        ("a\x00b\n.csv", "a-b-.csv"),
        ("x" * 300 + ".zip", "x" * 96 + ".zip"),
    ],
)
def test_the_name_of_an_upload_is_safe_on_any_disk(given: str, kept: str) -> None:
    assert safe_name(given) == kept
