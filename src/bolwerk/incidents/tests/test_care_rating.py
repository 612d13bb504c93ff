"""Rating the care: once, at the end, as counts only; shown for the whole municipality and through the gate."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions.care import add_concerned, publish_due_ratings, rate_care
from bolwerk.incidents.actions.care.people import Known
from bolwerk.incidents.models import CareRatingRelease, CareTally, Concerned
from bolwerk.incidents.queries.care import ratings
from bolwerk.incidents.rules import CARE_DUTIES
from bolwerk.incidents.rules.care import Capacity, CareState
from bolwerk.incidents.rules.care_rating import Question, RatedAlreadyError, Rating
from bolwerk.incidents.tests.care_makers import care_for, make_carer, victim_of
from bolwerk.incidents.tests.makers import MONDAY, make_incident

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 1, 6, tzinfo=UTC)
CONTENT = dict.fromkeys(Question, Rating.YES)


def make_rated(number: int, answer: Rating = Rating.YES, *, at: datetime = MONDAY) -> None:
    """So many people rate their care."""
    incident, carer = make_incident(), make_carer()
    for _one in range(number):
        known = Known(Capacity.WITNESS, make_person())
        one = add_concerned(incident=incident, known=known, by=carer, at=MONDAY)
        Concerned.objects.filter(pk=one.pk).update(state=CareState.DONE)
        rate_care(concerned=one, answers=dict.fromkeys(Question, answer), at=at)


def test_care_that_runs_is_not_rated_and_what_is_over_once() -> None:
    incident, carer = make_incident(), make_carer()
    with pytest.raises(RatedAlreadyError):
        rate_care(concerned=victim_of(incident), answers=CONTENT, at=MONDAY)
    for duty in CARE_DUTIES:
        care_for(incident, duty, carer)
    rate_care(concerned=victim_of(incident), answers=CONTENT, at=MONDAY)
    with pytest.raises(RatedAlreadyError):
        rate_care(concerned=victim_of(incident), answers=CONTENT, at=MONDAY)
    assert sum(CareTally.objects.values_list("count", flat=True)) == len(Question)


def test_no_line_says_who_rated_when() -> None:
    before = Line.objects.count()
    incident = make_incident()
    Concerned.objects.update(state=CareState.DONE)
    lines = Line.objects.count()
    rate_care(concerned=victim_of(incident), answers=CONTENT, at=MONDAY)
    assert Line.objects.count() == lines > before


def test_fewer_than_ten_answers_are_hidden_and_so_is_what_gives_them_away() -> None:
    for month in (2, 5, 8, 11):
        for answer, number in ((Rating.YES, 17), (Rating.PARTLY, 12), (Rating.NO, 1)):
            make_rated(number, answer, at=datetime(2026, month, 3, tzinfo=UTC))
    (release,) = publish_due_ratings(at=NEXT_YEAR)[-1:]
    cells = {tuple(cell[:3]): cell[3] for cell in release.cells}
    assert cells["heard", "yes", "total"] in {65, 70}
    assert cells["heard", "no", "2026-4"] is None
    assert cells["heard", "no", "total"] is None
    (shown,) = [one for one in ratings() if one.year == 2026]
    assert shown.questions[0].told


def test_what_was_published_is_not_published_again() -> None:
    make_rated(12)
    publish_due_ratings(at=NEXT_YEAR)
    releases = CareRatingRelease.objects.count()
    assert publish_due_ratings(at=NEXT_YEAR) == []
    assert CareRatingRelease.objects.count() == releases


def test_who_got_care_answers_three_questions_and_the_manager_sees_no_answer(client: Client) -> None:
    incident, carer = make_incident(), make_carer()
    for duty in CARE_DUTIES:
        care_for(incident, duty, carer)
    here = f"/meldingen/mijn/opvang/{victim_of(incident).pk}/"
    client.force_login(incident.happened_to)
    assert f"{here}oordeel/" in client.get(here).content.decode()
    page = client.post(f"{here}oordeel/", {"on_time": "yes"}).content.decode()
    assert "Kies een antwoord." in page
    client.post(f"{here}oordeel/", {"on_time": "yes", "heard": "partly", "helped": "no"})
    assert "Dank je wel" in client.get(here).content.decode()
    again = client.post(f"{here}oordeel/", {"on_time": "no", "heard": "no", "helped": "no"})
    assert again.status_code == 409
    client.force_login(carer)
    for page in (f"/meldingen/{incident.pk}/opvang/", "/meldingen/opvang/oordeel/"):
        shown = client.get(page).content.decode()
        assert "Deels" not in shown
        assert "drie vragen beantwoord" not in shown


def test_the_figures_are_for_carers_coordinator_and_board_only(client: Client) -> None:
    for role, status in ((Role.BOARD, 200), (Role.CARE_TEAM, 200), (Role.EMPLOYEE, 404), (Role.AUDITOR, 404)):
        client.force_login(make_person(f"Only {role}", role))
        assert client.get("/meldingen/opvang/oordeel/").status_code == status
