"""Intervision: led by whoever presses first, sent once, chosen without a trace, looked back at by who was there."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from bolwerk.audit.models import Line
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError, add_facilitator, end_member
from bolwerk.circle.actions import intervision as steps
from bolwerk.circle.actions.cases import withdraw_case
from bolwerk.circle.actions.contributions import Words, send, vote
from bolwerk.circle.models import Case, Circle, Contribution, Intervision, Participant, Present, Tally, Voted
from bolwerk.circle.queries.methods import phases_of
from bolwerk.circle.queries.runs import brought, stage_of
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.intervision import MOST_SENT, Duty, RunState, Sent
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_case, make_circle, make_facilitator
from bolwerk.circle.tests.run_makers import (
    MINUTE,
    make_group,
    make_run,
    make_running_at,
    person_of,
    say,
    there,
)

pytestmark = pytest.mark.django_db
QUESTIONS, ANALYSIS, ADVICE, EVALUATION = 1, 2, 3, 4  # of the incident method when the case is known
CHOICE = 2  # and when it is not


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def group(circle: Circle) -> list[Participant]:
    return make_group(circle, 5)


def go(run: Intervision, step: str = "next_phase") -> Intervision:
    """Whoever leads presses."""
    found: Intervision = getattr(steps, step)(run=run, seen=run.version, by=run.circle.founded_by, at=MONDAY)
    return found


def test_a_run_goes_through_its_phases_and_the_case_was_worked_on(circle: Circle, group: list[Participant]) -> None:
    case = make_case(group[0])
    run = go(make_run(circle, case), "start_run")
    assert len(phases_of(run.kept)) == 5
    for number in range(1, 5):
        run = go(run)
        assert run.phase == number
    with pytest.raises(CircleError):
        go(run)
    run = go(run, "finish_run")
    case.refresh_from_db()
    assert (run.state, case.state) == (RunState.FINISHED, CaseState.DONE)
    for step in ("next_phase", "pause_run", "finish_run", "stop_run", "start_run"):
        with pytest.raises(CircleError):
            go(run, step)


def test_two_who_press_next_at_once_the_second_is_told_and_one_phase_passes(circle: Circle) -> None:
    run = make_running_at(circle)
    other = make_facilitator("Bram Vos")
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    seen = run.version
    steps.next_phase(run=run, seen=seen, by=circle.founded_by, at=MONDAY)
    for step in (steps.next_phase, steps.previous_phase, steps.pause_run, steps.finish_run):
        with pytest.raises(ChangedMeanwhileError):
            step(run=run, seen=seen, by=other, at=MONDAY)
    run.refresh_from_db()
    assert run.phase == 1
    run = steps.next_phase(run=run, seen=run.version, by=other, at=MONDAY)
    assert run.led_by == other, "any facilitator goes on"


def test_the_clock_stands_still_in_a_pause_also_over_a_phase(circle: Circle) -> None:
    run = make_running_at(circle)
    run = steps.pause_run(run=run, seen=run.version, by=circle.founded_by, at=MONDAY + MINUTE)
    assert run.timer.seconds(at=MONDAY + timedelta(hours=1)) == 4 * 60
    run = go(run)
    assert (run.state, run.left) == (RunState.PAUSED, 600)
    run = steps.extend_phase(run=run, minutes=5, seen=run.version, by=circle.founded_by, at=MONDAY)
    run = go(run, "resume_run")
    assert run.timer.seconds(at=MONDAY) == 15 * 60


def test_advice_is_of_somebody_and_never_of_the_submitter(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    advice = say(run, group[1], "Bel terug met een collega erbij.")
    assert (advice.kind, advice.by, advice.at) == (Sent.ADVICE, group[1], MONDAY)
    with pytest.raises(CircleError):
        say(run, group[0], "Ik geef mezelf advies")
    touched = say(go(run), group[0], "Dat jullie het herkennen.")
    assert touched.kind == Sent.TOUCHED
    with pytest.raises(CircleError):
        say(run, group[1], "Mij ook", phase=EVALUATION)


def test_the_same_words_arrive_once_however_often_a_phone_tries(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    words = Words(uuid4(), ADVICE, "Zet het op papier.")
    for _try in range(3):
        send(run=run, words=words, me=group[1], by=person_of(group[1]), at=MONDAY)
    assert Contribution.objects.count() == 1
    run.refresh_from_db()
    assert run.sent == 1


def test_what_was_being_typed_when_the_group_went_on_still_counts(circle: Circle, group: list[Participant]) -> None:
    run = go(make_running_at(circle, make_case(group[0]), phase=ADVICE))
    late = say(run, group[1], "Nog één ding.", phase=ADVICE)
    assert (late.phase, late.kind) == (ADVICE, Sent.ADVICE)
    with pytest.raises(CircleError):
        say(run, group[1], "Te vroeg", phase=EVALUATION + 1)
    run = go(run, "finish_run")
    with pytest.raises(CircleError):
        say(run, group[1], "Te laat", phase=ADVICE)


def test_there_is_an_end_to_what_one_phone_sends(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    for number in range(MOST_SENT):
        say(run, group[1], f"Advies {number}")
    with pytest.raises(CircleError):
        say(run, group[1], "Nog een")


def test_words_without_a_name_have_no_author_no_moment_and_no_line(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), method="ten-rounds", phase=8)
    lines = Line.objects.count()
    words = say(run, group[1], "Ik durf dit ook niet.")
    assert (words.kind, words.by, words.at, Line.objects.count()) == (Sent.NAMELESS, None, None, lines)
    with pytest.raises(CircleError):
        say(run, group[1], "Nog eens")
    say(run, group[2], "Ik ook niet.")
    assert Voted.objects.get().who == sorted(str(seat.pk) for seat in group[1:3])


def choose(run: Intervision, seat: Participant, case: Case) -> None:
    vote(run=run, option=str(case.pk), phase=run.phase, me=seat, on=TODAY)


def test_a_case_is_chosen_without_anybody_seeing_who_chose_what(circle: Circle, group: list[Participant]) -> None:
    cases = [make_case(group[0], "De eerste"), make_case(group[1], "De tweede")]
    run = make_running_at(circle, phase=CHOICE)
    lines = Line.objects.count()
    for seat, case in zip(group, [cases[1], cases[0], cases[1]], strict=False):
        choose(run, seat, case)
    with pytest.raises(CircleError):
        choose(run, group[0], cases[0])
    assert Line.objects.count() == lines
    names = {field.name for field in Tally._meta.fields}
    assert names == {"id", "intervision", "phase", "option", "votes"}, "no row, no author, no moment of a vote"
    phases = phases_of(run.kept)
    run.refresh_from_db()
    assert brought(run, phases, on=TODAY, until=run.phase) == [], "nothing before the phase is over"
    run = go(run)
    assert run.case == cases[1]
    (shown,) = brought(run, phases, on=TODAY, until=run.phase)
    assert [(one.text, one.votes) for one in shown.options] == [("De tweede", 2), ("De eerste", 1)]


def test_once_counts_were_shown_nobody_chooses_any_more(circle: Circle, group: list[Participant]) -> None:
    case = make_case(group[0])
    run = make_running_at(circle, phase=CHOICE)
    for seat in group[:3]:
        choose(run, seat, case)
    run = go(go(run), "previous_phase")
    with pytest.raises(CircleError):
        choose(run, group[3], case)
    assert Tally.objects.get().votes == 3


def test_without_a_clear_choice_who_leads_takes_a_case(circle: Circle, group: list[Participant]) -> None:
    case = make_case(group[0])
    run = make_running_at(circle, phase=CHOICE)
    choose(run, group[1], case)
    with pytest.raises(CircleError):
        go(run)
    run.refresh_from_db()
    assert not Voted.objects.get().closed, "nothing was closed by the step that failed"
    run = steps.pick_case(run=run, case=case, seen=run.version, by=circle.founded_by, at=MONDAY)
    run = go(run)
    assert (run.case, run.phase) == (case, CHOICE + 1)
    (shown,) = brought(run, phases_of(run.kept), on=TODAY, until=run.phase)
    assert shown.too_few and not shown.options, "one vote is not shown"


def test_bad_choices_are_refused(circle: Circle, group: list[Participant]) -> None:
    other = make_group(make_circle("Kring Zuid"), 1)[0]
    run = make_running_at(circle, phase=CHOICE)
    mine, strange = make_case(group[0]), make_case(other)
    for option in ("", "x", str(strange.pk), str(uuid4())):
        with pytest.raises(CircleError):
            vote(run=run, option=option, phase=CHOICE, me=group[1], on=TODAY)
    withdraw_case(case=mine, because="Toch niet", seen=mine.version, by=person_of(group[0]), at=MONDAY)
    with pytest.raises(CircleError):
        choose(run, group[1], mine)
    for plan in (steps.RunPlan("niets"), steps.RunPlan("gossip"), steps.RunPlan("gossip", strange)):
        with pytest.raises(CircleError):
            steps.plan_run(circle=circle, plan=plan, by=circle.founded_by, at=MONDAY)


def test_options_that_are_no_cases_are_chosen_too(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), method="five-steps", phase=4)
    for seat, option in zip(group[1:4], ("0", "0", "2"), strict=True):
        vote(run=run, option=option, phase=4, me=seat, on=TODAY)
    with pytest.raises(CircleError):
        vote(run=run, option="0", phase=4, me=group[0], on=TODAY)
    run = go(run, "finish_run")
    shown = [one for one in brought(run, phases_of(run.kept), on=TODAY) if one.options]
    assert [one.votes for one in shown[0].options] == [2, 1]


def test_each_hat_sees_its_own_duty(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ANALYSIS)
    there(run, *group)

    def duty(seat: Participant | None) -> Duty:
        person = person_of(seat) if seat else circle.founded_by
        return stage_of(run, seat, person, at=MONDAY, on=TODAY).duty

    assert (duty(group[0]), duty(group[1]), duty(None)) == (Duty.OUTSIDE, Duty.TALK, Duty.GUIDE)
    assert stage_of(run, None, circle.founded_by, at=MONDAY, on=TODAY).present == 6


def test_a_run_goes_on_when_the_municipality_of_the_submitter_leaves(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    advice = say(run, group[1], "Bel terug.")
    end_member(member=group[0].member, on=TODAY, by=circle.founded_by, at=MONDAY)
    end_member(member=group[1].member, on=TODAY, by=circle.founded_by, at=MONDAY)
    assert stage_of(run, None, circle.founded_by, at=MONDAY, on=TODAY).submitter_gone
    run = go(go(run), "finish_run")
    assert Contribution.objects.get() == advice
    assert run.state == RunState.FINISHED


def test_a_case_that_is_taken_back_shows_nothing_any_more(circle: Circle, group: list[Participant]) -> None:
    case = make_case(group[0])
    run = make_running_at(circle, case)
    withdraw_case(case=case, because="Herkenbaar", seen=case.version, by=person_of(group[0]), at=MONDAY)
    run.refresh_from_db()
    assert stage_of(run, group[1], person_of(group[1]), at=MONDAY, on=TODAY).case is None
    assert go(run, "finish_run").state == RunState.FINISHED
    with pytest.raises(CircleError):
        go(make_run_of(case), "start_run")


def make_run_of(case: Case) -> Intervision:
    """A run that was ready before its case was taken back."""
    run = make_run(case.circle, make_case(case.author or make_group(case.circle, 1)[0]))
    Intervision.objects.filter(pk=run.pk).update(case=case)
    return Intervision.objects.select_related("circle").get(pk=run.pk)


def test_who_was_there_stands_apart_and_only_once(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0], level=Level.RED))
    there(run, group[1], group[1])
    assert Present.objects.filter(intervision=run).count() == 2, "the participant, and who began it"
    run = go(run, "stop_run")
    with pytest.raises(CircleError):
        there(run, group[2])
