"""Looking back on a case: which advice was used, asked at the next session, and what it did after three months."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.access.cases import cases_for
from bolwerk.circle.actions import CircleError
from bolwerk.circle.actions.cases import finish_case, plan_case, withdraw_case
from bolwerk.circle.actions.follow_up import answer_advice, tell_outcome
from bolwerk.circle.models import Case, CaseOutcome, Circle, Contribution, FollowUp, Participant
from bolwerk.circle.queries.follow_up import came_of_cases, to_ask_back
from bolwerk.circle.rules.adoptions import Outcome
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.follow_up import Effect, Said, Used
from bolwerk.circle.tests.advice_makers import make_worked_on
from bolwerk.circle.tests.makers import MONDAY, make_case, make_circle, make_member, make_participant
from bolwerk.circle.tests.session_makers import make_ended, make_session
from bolwerk.deadlines.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def author(circle: Circle) -> Participant:
    return make_participant(make_member(circle))


@pytest.fixture
def other(circle: Circle) -> Participant:
    return make_participant(make_member(circle, "Westerhaven"), "Sanne de Boer")


def person_of(seat: Participant) -> Person:
    assert seat.person
    return seat.person


def place(case: Case, last: str = "") -> str:
    return f"/leerkring/{case.circle_id}/casussen/{case.pk}/{last}"


def visitor(seat: Participant) -> Client:
    return signed_in_client(person_of(seat))


def test_after_a_session_its_submitter_is_asked_once_in_about_three_months(author: Participant) -> None:
    case = make_worked_on(author)
    [task] = Task.objects.filter(subject=case.urn)
    assert task.owner_person == person_of(author)
    assert timedelta(days=85) < task.due_at - MONDAY < timedelta(days=105)
    tell_outcome(case=case, effect=Effect(Outcome.SOME, "Het helpt."), by=person_of(author), at=MONDAY)
    assert Task.objects.get().status == Task.Status.DONE


def test_a_case_that_is_taken_back_asks_nothing_any_more(author: Participant) -> None:
    case = make_worked_on(author)
    tell_outcome(case=case, effect=Effect(Outcome.SOME, "Het helpt."), by=person_of(author), at=MONDAY)
    Task.objects.update(status=Task.Status.OPEN)
    withdraw_case(case=case, because="x", seen=case.version, by=person_of(author), at=MONDAY)
    assert not CaseOutcome.objects.exists()
    assert Task.objects.get().status == Task.Status.CANCELLED


def test_of_each_advice_is_said_what_was_done_with_it_and_a_later_answer_counts(
    author: Participant, other: Participant
) -> None:
    case = make_worked_on(author, other, author)
    first, second = Contribution.objects.filter(kind="advice").order_by("id")
    elsewhere = Contribution.objects.get(kind="words")
    me = person_of(author)
    said = {first.pk: Said(Used.YES, "Werkte meteen"), elsewhere.pk: Said(Used.NO)}
    assert answer_advice(case=case, said=said, by=me, at=MONDAY) == 1
    answer_advice(case=case, said={first.pk: Said(Used.PARTLY), second.pk: Said(Used.NO, "Te laat")}, by=me, at=MONDAY)
    assert {row.advice_id: row.used for row in FollowUp.objects.all()} == {first.pk: "partly", second.pk: "not"}
    [came] = came_of_cases(case.circle, me, on=MONDAY.date())
    assert (came.given, came.used, came.partly, came.unused, came.waiting, came.outcome) == (2, 0, 1, 1, 0, None)


def test_nothing_is_told_of_a_case_that_was_not_make_worked_on(author: Participant) -> None:
    case = make_case(author)
    with pytest.raises(CircleError, match="nog niet besproken"):
        answer_advice(case=case, said={}, by=person_of(author), at=MONDAY)
    with pytest.raises(CircleError, match="nog niet besproken"):
        tell_outcome(case=case, effect=Effect(Outcome.MUCH), by=person_of(author), at=MONDAY)


def test_the_way_by_pages_and_the_circle_reads_it(author: Participant, other: Participant) -> None:
    case = make_worked_on(author, other)
    advice = Contribution.objects.get(kind="advice")
    client = visitor(author)
    assert "Advies 0" in client.get(place(case, "adviezen/")).content.decode()
    client.post(place(case, "adviezen/"), {f"used_{advice.pk}": "used", f"why_{advice.pk}": "Het gaf rust"})
    client.post(place(case, "uitkomst/"), {"outcome": "some", "words": "Hij belt minder"})
    seen = visitor(other).get(place(case)).content.decode()
    for words in ("Advies 0", "gebruikt", "Het gaf rust", "Hij belt minder"):
        assert words in seen
    overview = visitor(other).get(f"/leerkring/{case.circle_id}/casussen/opbrengst/").content.decode()
    assert "Hij belt minder" in overview
    for last in ("adviezen/", "uitkomst/"):
        assert visitor(other).get(place(case, last)).status_code == 404
        assert visitor(other).post(place(case, last), {}).status_code == 404


def test_a_name_in_what_one_tells_is_refused_with_that_name(author: Participant, other: Participant) -> None:
    case = make_worked_on(author, other)
    advice, client = Contribution.objects.get(kind="advice"), visitor(author)
    page = client.post(place(case, "uitkomst/"), {"outcome": "some", "words": "Tom Verhage belt minder"})
    assert "“Tom Verhage” wijst naar iemand" in page.content.decode()
    data = {f"used_{advice.pk}": "not", f"why_{advice.pk}": "Zijn BSN is 999990019"}
    assert "wijst naar iemand" in client.post(place(case, "adviezen/"), data).content.decode()
    assert not FollowUp.objects.exists()
    assert not CaseOutcome.objects.exists()


def test_it_is_asked_back_at_the_next_session_and_not_at_its_own(
    circle: Circle, author: Participant, other: Participant
) -> None:
    own, following = make_session(circle), make_session(circle)
    case = make_worked_on(author, other)
    Case.objects.filter(pk=case.pk).update(session=own)
    leader = circle.founded_by
    assert to_ask_back(own, leader, leads=True, on=MONDAY.date()) == []
    [asked] = to_ask_back(following, person_of(author), leads=False, on=MONDAY.date())
    assert (asked.waiting, asked.mine) == (1, True)
    assert to_ask_back(following, person_of(other), leads=False, on=MONDAY.date()) == []
    there = f"/leerkring/{circle.pk}/bijeenkomsten/{following.pk}/"
    assert "Vertel wat je met het advies deed" in visitor(author).get(there).content.decode()
    assert "Vraag Oosterwaard wat er met het advies is gedaan" in signed_in_client(leader).get(there).content.decode()
    advice = Contribution.objects.get(kind="advice")
    answer_advice(case=case, said={advice.pk: Said(Used.NO)}, by=person_of(author), at=MONDAY)
    assert to_ask_back(following, leader, leads=True, on=MONDAY.date()) == []


def test_what_came_of_a_red_case_is_for_who_was_there(circle: Circle, author: Participant, other: Participant) -> None:
    case = make_worked_on(author, other, level=Level.RED)
    away = make_participant(make_member(circle, "Noordveen"), "Niet Erbij")
    for seat, sees in ((author, True), (other, True), (away, False)):
        assert cases_for(person_of(seat), circle, on=MONDAY.date()).exists() is sees
        assert bool(came_of_cases(circle, person_of(seat), on=MONDAY.date())) is sees
    assert visitor(away).get(place(case)).status_code == 404


def test_a_red_case_without_a_run_is_for_who_was_in_the_circle_then(circle: Circle, author: Participant) -> None:
    case, session = make_case(author), make_session(circle, MONDAY)
    case = plan_case(case=case, session=session, seen=case.version, by=circle.founded_by, at=MONDAY)
    finish_case(case=case, seen=case.version, by=circle.founded_by, at=MONDAY)
    Case.objects.update(level=Level.RED, session=make_ended(circle))
    late = make_participant(make_member(circle, "Noordveen"), "Laat Binnen")
    Participant.objects.filter(pk=late.pk).update(accepted_at=MONDAY + timedelta(days=2))
    assert not cases_for(person_of(late), circle, on=MONDAY.date()).exists()
    assert cases_for(circle.founded_by, circle, on=MONDAY.date()).exists()
