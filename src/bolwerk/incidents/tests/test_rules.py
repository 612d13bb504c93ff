"""What may happen to an incident, drawn out step by step. No database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bolwerk.incidents.rules import (
    ALLOWED_STEPS,
    CLOCK_SLACK,
    DEFAULT_TERMS,
    DutiesOpenError,
    Duty,
    Hat,
    Kind,
    NotYetHappenedError,
    ReasonMissingError,
    Safety,
    Status,
    StepNotAllowedError,
    check_moment,
    check_step,
    duties_for,
    steps_for,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("now", "to", "hat"), list(product(Status, Status, Hat)))
def test_only_steps_in_the_table_are_allowed_and_only_for_the_hats_in_it(now: Status, to: Status, hat: Hat) -> None:
    hats = frozenset({hat})
    if hat in ALLOWED_STEPS.get((now, to), frozenset()):
        check_step(now, to, hats=hats, reason="Dubbel gemeld")
        assert to in steps_for(now, hats)
    else:
        with pytest.raises(StepNotAllowedError):
            check_step(now, to, hats=hats, reason="Dubbel gemeld")


def test_nobody_moves_an_incident_without_a_hat() -> None:
    assert [steps_for(now, frozenset()) for now in Status] == [[]] * len(Status)


def test_closing_waits_until_everything_owed_is_done() -> None:
    hats = frozenset({Hat.COORDINATOR})
    with pytest.raises(DutiesOpenError) as refusal:
        check_step(Status.IN_PROGRESS, Status.CLOSED, hats=hats, open_duties=frozenset({Duty.RECEPTION_TALK}))
    assert refusal.value.duties == {Duty.RECEPTION_TALK}


def test_a_report_sent_by_mistake_needs_feedback_but_no_care() -> None:
    hats, reason = frozenset({Hat.COORDINATOR}), "Twee keer verstuurd"
    care = frozenset({Duty.CONTACT, Duty.RECEPTION_TALK})
    check_step(Status.NEW, Status.CLOSED, hats=hats, open_duties=care, reason=reason)
    with pytest.raises(DutiesOpenError):
        check_step(Status.NEW, Status.CLOSED, hats=hats, open_duties=care | {Duty.FEEDBACK}, reason=reason)


@pytest.mark.parametrize("now", [Status.NEW, Status.CLOSED])
def test_unusual_steps_need_a_reason(now: Status) -> None:
    to = Status.CLOSED if now is Status.NEW else Status.IN_PROGRESS
    with pytest.raises(ReasonMissingError):
        check_step(now, to, hats=frozenset({Hat.COORDINATOR}), reason="  ")


def test_what_has_yet_to_come_cannot_be_reported() -> None:
    check_moment(NOON + CLOCK_SLACK, at=NOON)
    with pytest.raises(NotYetHappenedError):
        check_moment(NOON + CLOCK_SLACK + timedelta(seconds=1), at=NOON)


def test_whoever_does_not_feel_safe_always_gets_a_talk() -> None:
    assert Duty.RECEPTION_TALK not in duties_for(Kind.NEAR_MISS, Safety.YES)
    assert all(Duty.RECEPTION_TALK in duties_for(kind, Safety.NO) for kind in Kind)


def test_every_report_gets_contact_and_feedback() -> None:
    for kind, safety in product(Kind, Safety):
        assert {Duty.CONTACT, Duty.FEEDBACK} <= set(duties_for(kind, safety))


def test_every_default_term_says_where_it_comes_from() -> None:
    assert set(DEFAULT_TERMS) == set(Duty)
    assert all(str(default.source) for default in DEFAULT_TERMS.values())
