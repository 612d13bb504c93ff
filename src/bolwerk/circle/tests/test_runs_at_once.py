"""Two at once, on real transactions: two who press next, many who choose, and the same words from two tries."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from bolwerk.circle.actions import ChangedMeanwhileError, CircleError
from bolwerk.circle.actions import intervision as steps
from bolwerk.circle.actions.contributions import Words, send, vote
from bolwerk.circle.models import Contribution, Intervision, Tally, Voted
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_case, make_circle
from bolwerk.circle.tests.run_makers import make_group, make_running_at, person_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all at the same time; what each gave, or the refusal it met."""

    def one(act: Callable[[], object]) -> object:
        try:
            return act()
        except (ChangedMeanwhileError, CircleError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_who_press_next_in_the_same_moment_go_one_phase() -> None:
    circle = make_circle()
    run = make_running_at(circle)
    seen, by = run.version, circle.founded_by
    found = at_once(*[lambda: steps.next_phase(run=run, seen=seen, by=by, at=MONDAY)] * 4)
    assert sum(isinstance(one, ChangedMeanwhileError) for one in found) == 3
    assert Intervision.objects.get().phase == 1


def test_everybody_who_chooses_in_the_same_moment_is_counted_once() -> None:
    circle = make_circle()
    seats = make_group(circle, 5)
    case = make_case(seats[0])
    run = make_running_at(circle, phase=2)
    acts = [lambda me=seat: vote(run=run, option=str(case.pk), phase=2, me=me, on=TODAY) for seat in seats * 2]
    found = at_once(*acts)
    assert sum(isinstance(one, CircleError) for one in found) == 5
    assert Tally.objects.get().votes == 5
    assert Voted.objects.get().who == sorted(str(seat.pk) for seat in seats)


def test_two_tries_of_the_same_words_in_the_same_moment_arrive_once() -> None:
    circle = make_circle()
    seats = make_group(circle, 2)
    run = make_running_at(circle, make_case(seats[0]), phase=3)
    words, me = Words(uuid4(), 3, "Bel terug."), seats[1]
    at_once(*[lambda: send(run=run, words=words, me=me, by=person_of(me), at=MONDAY)] * 3)
    assert Contribution.objects.count() == 1
    run.refresh_from_db()
    assert run.sent == 1
