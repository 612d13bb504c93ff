"""The phase machine: states, the timer, and who may do what in each of the six work forms."""

from datetime import UTC, datetime, timedelta

import pytest

from bolwerk.circle.queries.methods import methods
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.intervision import (
    ALLOWED_STEPS,
    FEWEST_VOTES,
    OVER,
    SENT_LIMIT,
    Duty,
    Hat,
    RunState,
    Sent,
    begin,
    check_move,
    check_sent,
    check_step,
    duty_of,
    extend,
    go_on,
    may_vote,
    pause,
    sends,
    shown_counts,
    winner,
)
from bolwerk.circle.rules.methods import Form, Phase, Speaks, Submitter

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def phase(form: Form, submitter: Submitter = Submitter.TAKES_PART) -> Phase:
    return Phase("Fase", 10, Speaks.EVERYBODY, form, "Wat?", submitter)


def test_only_steps_in_the_table_are_allowed() -> None:
    for now in RunState:
        for to in RunState:
            if to in ALLOWED_STEPS[now]:
                check_step(now, to)
            else:
                with pytest.raises(CircleError):
                    check_step(now, to)
    assert all(not ALLOWED_STEPS[state] for state in OVER)


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        (Form.TALK, None),
        (Form.LISTEN, None),
        (Form.CHOOSE, None),
        (Form.WRITE, Sent.WORDS),
        (Form.WRITE_NAMELESS, Sent.NAMELESS),
        (Form.ADVISE, Sent.ADVICE),
    ],
)
def test_each_work_form_asks_one_thing_of_the_group(form: Form, sent: Sent | None) -> None:
    assert sends(phase(form), Hat.MEMBER) is sent
    assert may_vote(phase(form), Hat.MEMBER) is (form is Form.CHOOSE)
    assert sends(phase(form), Hat.LEADER) is None
    assert not may_vote(phase(form), Hat.LEADER)


def test_the_submitter_has_an_own_part_and_never_advises_the_own_case() -> None:
    assert duty_of(phase(Form.ADVISE), Hat.SUBMITTER) is Duty.SILENT
    assert duty_of(phase(Form.TALK, Submitter.OUTSIDE), Hat.SUBMITTER) is Duty.OUTSIDE
    assert sends(phase(Form.TALK, Submitter.OUTSIDE), Hat.SUBMITTER) is None
    assert sends(phase(Form.LISTEN, Submitter.LOOKS_BACK), Hat.SUBMITTER) is Sent.TOUCHED
    assert sends(phase(Form.WRITE), Hat.SUBMITTER) is Sent.WORDS


def test_everybody_knows_what_to_do_in_every_phase_of_every_method() -> None:
    for method in methods():
        for one in method.phases:
            assert all(duty_of(one, hat).label for hat in Hat), (method.slug, one.title)
            assert not (sends(one, Hat.MEMBER) and may_vote(one, Hat.MEMBER))


def test_a_pause_keeps_what_was_left_and_more_minutes_count_from_now_when_time_was_up() -> None:
    timer = begin(phase(Form.TALK), at=NOW)
    after = NOW + timedelta(minutes=4)
    paused = pause(timer, at=after)
    assert paused.seconds(at=NOW + timedelta(hours=2)) == 360
    later = NOW + timedelta(hours=2)
    assert go_on(paused, at=later).seconds(at=later) == 360
    assert extend(paused, 5, at=later).seconds(at=later) == 660
    over = NOW + timedelta(minutes=12)
    assert timer.seconds(at=over) == -120
    assert extend(timer, 5, at=over).seconds(at=over) == 300
    for minutes in (0, -5, 999):
        with pytest.raises(CircleError):
            extend(timer, minutes, at=NOW)


def test_there_is_no_phase_before_the_first_or_after_the_last() -> None:
    phases = [phase(Form.TALK), phase(Form.LISTEN)]
    check_move(RunState.PAUSED, 1, phases)
    for state, to in ((RunState.RUNNING, -1), (RunState.RUNNING, 2), (RunState.READY, 0), (RunState.FINISHED, 1)):
        with pytest.raises(CircleError):
            check_move(state, to, phases)


def test_what_most_chose_wins_only_without_a_tie_and_with_enough_people() -> None:
    assert winner({"a": 2, "b": 1}) == "a"
    assert winner({"a": 2}) is None
    assert winner({"a": 2, "b": 2}) is None
    assert winner({}) is None
    assert shown_counts({"a": FEWEST_VOTES}, closed=False) is None
    assert shown_counts({"a": FEWEST_VOTES - 1}, closed=True) is None
    assert shown_counts({"a": FEWEST_VOTES}, closed=True) == {"a": FEWEST_VOTES}


def test_nothing_too_much_and_afterwards_are_refused() -> None:
    for state, text in (
        (RunState.RUNNING, "  "),
        (RunState.RUNNING, "x" * (SENT_LIMIT + 1)),
        (RunState.FINISHED, "Ja"),
    ):
        with pytest.raises(CircleError):
            check_sent(state, text)
    check_sent(RunState.PAUSED, "Ook in een pauze")
