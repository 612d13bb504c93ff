"""The ladder, the gate and the table of moves. No database."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest

from bolwerk.accounts.rules import Role
from bolwerk.incidents.rules import Hat
from bolwerk.incidents.rules.ladder import (
    FAIRNESS,
    Need,
    PlanError,
    Rung,
    Severity,
    Step,
    check_plan,
    missing,
    needs_of,
    proposed_step,
)
from bolwerk.incidents.rules.measures import (
    BEHIND_THE_GATE,
    MOVES,
    WITH_WORDS,
    Event,
    FourEyesError,
    GateOpenError,
    MoveNotAllowedError,
    State,
    WordsMissingError,
    check_four_eyes,
    check_move,
    events_for,
    state_on,
)
from bolwerk.incidents.rules.objections import Period, period_for

DAY = date(2026, 11, 23)
RUNG = Rung(step=Step.BAN, decider=Role.BOARD, needs=FAIRNESS, source="", most_months=12)
EVERYTHING = list(product(State, Event, Hat))


@pytest.mark.parametrize(("state", "event", "hat"), EVERYTHING)
def test_only_moves_in_the_table_are_allowed_and_only_for_the_hats_in_it(state: State, event: Event, hat: Hat) -> None:
    hats = frozenset({hat})
    to, allowed = MOVES.get((state, event), (state, frozenset()))
    if hat in allowed:
        assert check_move(state, event, hats=hats, gate=[], words="Omdat") is to
    else:
        with pytest.raises(MoveNotAllowedError):
            check_move(state, event, hats=hats, gate=[], words="Omdat")


@pytest.mark.parametrize(("state", "event"), [key for key in MOVES if key[1] in BEHIND_THE_GATE])
def test_nothing_passes_the_gate_while_something_is_missing(state: State, event: Event) -> None:
    with pytest.raises(GateOpenError) as refusal:
        check_move(state, event, hats=frozenset(Hat), gate=[Need.HEARD])
    assert refusal.value.needs == [Need.HEARD]


@pytest.mark.parametrize(("state", "event"), [key for key in MOVES if key[1] in WITH_WORDS])
def test_what_goes_against_somebody_needs_words(state: State, event: Event) -> None:
    with pytest.raises(WordsMissingError):
        check_move(state, event, hats=frozenset(Hat), gate=[], words="  ")


def test_nobody_moves_a_measure_without_a_hat_and_nobody_ends_one_by_hand() -> None:
    assert not any(events_for(state, frozenset()) for state in State)
    assert not any(Event.END in events_for(state, frozenset(Hat)) for state in State)


def test_a_measure_ends_by_itself_on_the_day_after_its_last() -> None:
    assert state_on(State.SENT, ends_on=DAY, on=DAY) is State.SENT
    assert state_on(State.SENT, ends_on=DAY, on=date(2026, 11, 24)) is State.ENDED
    assert state_on(State.LIFTED, ends_on=DAY, on=date(2026, 11, 24)) is State.LIFTED


@pytest.mark.parametrize("step", list(Step))
def test_from_step_three_up_four_eyes_and_the_whole_gate_hold(step: Step) -> None:
    one = uuid4()
    assert (needs_of(step, []) >= FAIRNESS) is (step.number >= 3)
    check_four_eyes(step, proposed_by=one, decided_by=uuid4())
    if step.number >= 3:
        with pytest.raises(FourEyesError):
            check_four_eyes(step, proposed_by=one, decided_by=one)
    else:
        check_four_eyes(step, proposed_by=one, decided_by=one)


def test_missing_is_what_is_needed_and_not_met_in_order() -> None:
    assert missing(FAIRNESS, [Need.FACTS, Need.NORM, Need.POLICE])[:2] == [Need.HEARD, Need.WARNED]


def test_the_matrix_counts_earlier_incidents_and_warnings() -> None:
    matrix = {"light": {"0": "spoken_to", "1": "warning", "2": "order_talk", "warned": "ban"}}
    steps = [proposed_step(matrix, severity=Severity.LIGHT, earlier=n, warned=False) for n in (0, 1, 2, 9)]
    assert steps == [Step.SPOKEN_TO, Step.WARNING, Step.ORDER_TALK, Step.ORDER_TALK]
    assert proposed_step(matrix, severity=Severity.LIGHT, earlier=0, warned=True) is Step.BAN


@pytest.mark.parametrize(
    ("starts", "ends", "review", "field"),
    [
        (None, DAY, None, "starts_on"),
        (DAY, date(2026, 11, 22), None, "ends_on"),
        (DAY, date(2027, 11, 24), None, "ends_on"),
        (DAY, date(2026, 12, 1), date(2026, 12, 2), "review_on"),
        (DAY, None, date(2026, 11, 1), "review_on"),
    ],
)
def test_days_that_cross_are_refused(starts: date, ends: date, review: date, field: str) -> None:
    with pytest.raises(PlanError) as refusal:
        check_plan(RUNG, starts_on=starts, ends_on=ends, review_on=review)
    assert refusal.value.field == field


def test_the_longest_measure_fits_to_the_day() -> None:
    check_plan(RUNG, starts_on=DAY, ends_on=date(2027, 11, 23), review_on=date(2027, 5, 23))


def test_a_committee_makes_the_term_longer() -> None:
    assert period_for("objection", committee=True) is Period.DECIDE_OBJECTION_COMMITTEE
    assert period_for("complaint", committee=False) is Period.HANDLE_COMPLAINT
