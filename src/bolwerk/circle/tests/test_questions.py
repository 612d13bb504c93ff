"""Questions: for one circle only, over after their day, solved by who asked; who is asked by name gets a task."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.actions.questions import Asked, answer, ask, solve
from bolwerk.circle.models import Circle, Question
from bolwerk.circle.queries.questions import asked_in
from bolwerk.circle.rules.questions import QuestionError, QuestionKind
from bolwerk.circle.tests.card_makers import make_reader
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant
from bolwerk.deadlines.models import Task

pytestmark = pytest.mark.django_db


def seated(circle: Circle, municipality: str, name: str) -> Person:
    """Somebody who takes part in a circle."""
    participant = make_participant(make_member(circle, municipality), name)
    assert participant.person
    return participant.person


def asked(circle: Circle, by: Person, **more: object) -> Question:
    """A question in a circle."""
    what = Asked(QuestionKind.ASK, "Wie heeft een brief?", **more)  # type: ignore[arg-type]  # names and values as a test gives them
    return ask(circle=circle, asked=what, by=by, at=MONDAY)


def test_a_question_exists_for_its_own_circle_only() -> None:
    circle = make_circle()
    mine, far = seated(circle, "Oosterwaard", "Pieter Bakker"), make_reader("Zuiderend", "Cas Dam")
    question = asked(circle, mine)
    for address in (reverse("circle:question", args=[question.pk]), reverse("circle:questions", args=[circle.pk])):
        assert signed_in_client(mine).get(address).status_code == 200
        assert signed_in_client(far).get(address).status_code == 404


def test_who_is_asked_by_name_gets_a_task_that_an_answer_ends() -> None:
    circle = make_circle()
    mine, other = seated(circle, "Oosterwaard", "Pieter Bakker"), seated(circle, "Veendrecht", "Bo Vis")
    to = circle.members.get(municipality__name="Veendrecht").municipality
    question = asked(circle, mine, to=to)
    task = Task.objects.get(subject=question.urn)
    answer(question=question, words="Wij. Ik stuur hem.", by=other, at=MONDAY)
    task.refresh_from_db()
    assert task.status == Task.Status.DONE


def test_only_who_asked_or_leads_says_that_it_is_solved_and_then_it_is_over() -> None:
    leader_circle = make_circle()
    mine, other = seated(leader_circle, "Oosterwaard", "Pieter Bakker"), seated(leader_circle, "Veendrecht", "Bo Vis")
    question = asked(leader_circle, mine)
    with pytest.raises(QuestionError):
        solve(question=question, by=other, at=MONDAY)
    solve(question=question, by=mine, at=MONDAY)
    with pytest.raises(QuestionError):
        answer(question=question, words="Te laat", by=other, at=MONDAY + timedelta(minutes=1))
    assert asked_in(leader_circle, at=MONDAY + timedelta(minutes=1)).questions == []


def test_what_nobody_answers_is_over_after_its_day() -> None:
    circle = make_circle()
    mine = seated(circle, "Oosterwaard", "Pieter Bakker")
    question = asked(circle, mine, last_day=MONDAY.date() + timedelta(days=7))
    assert asked_in(circle, at=MONDAY + timedelta(days=7)).questions == [question]
    later = asked_in(circle, at=MONDAY + timedelta(days=8))
    assert (later.questions, later.past) == ([], [question])
    with pytest.raises(QuestionError):
        asked(circle, mine, last_day=MONDAY.date() - timedelta(days=1))
