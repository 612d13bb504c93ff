"""Norm meetings: proof that the norm was discussed, and exercises that point at nobody."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Department
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line as TrailLine
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.norms import (
    NORM_MEETING_RETENTION,
    answer_exercise,
    close_exercise,
    hold_meeting,
    open_exercise,
    plan_meeting,
)
from bolwerk.incidents.models import NormExercise, NormMeeting, NormSeat, NormTally
from bolwerk.incidents.queries.norms import proofs
from bolwerk.incidents.rules.norm_meetings import Agreement, Exercise, Held, Result, check_items, result_of
from bolwerk.incidents.rules.norms import NormError
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_manager
from bolwerk.incidents.tests.norm_makers import make_norm
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
LINES = ["Iemand schreeuwt.", "Iemand zucht."]
JOIN = "/meldingen/meedoen/"


def make_meeting(department: Department | None = None, *, at: datetime = MONDAY) -> NormMeeting:
    """A meeting of today."""
    team = department or make_department()
    return plan_meeting(department=team, planned_on=timezone.localdate(at), by=make_manager(team), at=at)


def make_exercise(
    meeting: NormMeeting, *, kind: Exercise = Exercise.TRAFFIC_LIGHT, at: datetime = MONDAY
) -> NormExercise:
    """An exercise on the screen."""
    return open_exercise(meeting=meeting, exercise=kind, lines=LINES, by=meeting.by, at=at)


def answer(exercise: NormExercise, *choices: str) -> None:
    """One phone after another gives this answer to the first line."""
    item: UUID = exercise.items.all()[0].pk
    for number, choice in enumerate(choices):
        answer_exercise(exercise=exercise, token=f"phone {number}", answers={item: choice}, at=MONDAY)


def test_fewer_than_five_answers_say_nothing_and_one_who_differs_is_not_seen() -> None:
    light = Exercise.TRAFFIC_LIGHT
    assert result_of(light, {"red": 4}) is None
    everybody, all_but_one = result_of(light, {"red": 9}), result_of(light, {"red": 8, "green": 1})
    assert everybody == all_but_one == Result("red", Agreement.NEARLY_ALL)
    assert result_of(light, {"orange": 5, "red": 5}) == Result("red", Agreement.DIVIDED)
    assert result_of(Exercise.TOP_TEN, {"8": 3, "9": 3, "2": 1}) == Result("8", Agreement.NEARLY_ALL)


def test_closing_keeps_words_and_throws_counts_seats_and_code_away() -> None:
    exercise = make_exercise(make_meeting())
    answer(exercise, "red", "red", "red", "red", "orange")
    close_exercise(exercise=exercise, by=exercise.meeting.by, at=MONDAY)
    exercise.refresh_from_db()
    first, second = exercise.items.all()
    assert (first.leading, first.agreement, second.leading) == ("red", "nearly_all", "")
    assert exercise.code is None
    assert not NormTally.objects.exists()
    assert not NormSeat.objects.exists()


def test_a_phone_answers_once_and_at_most_twenty_five_do() -> None:
    exercise = make_exercise(make_meeting())
    answer(exercise, *["red"] * 25)
    for token in ("phone 0", "phone 99"):
        with pytest.raises(NormError):
            answer_exercise(exercise=exercise, token=token, answers={exercise.items.all()[0].pk: "red"}, at=MONDAY)


def test_an_answer_leaves_no_line_in_the_trail_and_a_line_of_another_exercise_does_not_count() -> None:
    exercise, other = make_exercise(make_meeting()), make_exercise(make_meeting())
    before = TrailLine.objects.count()
    answer_exercise(exercise=exercise, token="x", answers={other.items.all()[0].pk: "red"}, at=MONDAY)
    assert TrailLine.objects.count() == before
    assert not NormTally.objects.filter(count__gt=0).exists()


def test_a_code_is_worth_nothing_after_two_hours() -> None:
    exercise = make_exercise(make_meeting())
    item = exercise.items.all()[0].pk
    with pytest.raises(NormError):
        answer_exercise(exercise=exercise, token="x", answers={item: "red"}, at=MONDAY + timedelta(hours=2))


@pytest.mark.parametrize("lines", [[], ["  "], ["x"] + [f"line {n}" for n in range(12)], ["x" * 161]])
def test_lines_are_few_and_short(lines: list[str]) -> None:
    with pytest.raises(NormError):
        check_items(lines)


def test_a_meeting_is_proof_with_date_number_and_version_and_the_next_one_gets_a_clock() -> None:
    norm, meeting = make_norm(), make_meeting()
    assert Task.objects.get(subject=meeting.urn).owner_role == Role.MANAGER
    held = Held(9, "Filmen is oranje.", MONDAY.date() + timedelta(days=365))
    hold_meeting(meeting=meeting, held=held, by=meeting.by, at=MONDAY, seen=1)
    (proof,) = proofs([meeting.department])
    assert proof.last and (proof.last.present, proof.last.norm) == (9, norm)
    assert proof.coming and proof.coming.planned_on == held.next_on
    assert Task.objects.get(subject=meeting.urn).status == Task.Status.DONE
    assert Task.objects.get(subject=proof.coming.urn).status == Task.Status.OPEN
    with pytest.raises(ChangedMeanwhileError):
        hold_meeting(meeting=meeting, held=held, by=meeting.by, at=MONDAY, seen=1)


@pytest.mark.parametrize("held", [Held(0, "x"), Held(26, "x"), Held(9, " "), Held(9, "x", MONDAY.date())])
def test_a_meeting_of_nobody_or_too_many_or_without_words_is_none(held: Held) -> None:
    meeting = make_meeting()
    with pytest.raises(NormError):
        hold_meeting(meeting=meeting, held=held, by=meeting.by, at=MONDAY, seen=1)


def test_words_go_after_two_years_and_the_proof_stays() -> None:
    meeting = make_meeting()
    hold_meeting(meeting=meeting, held=Held(9, "Geheim."), by=meeting.by, at=MONDAY, seen=1)
    late = MONDAY + timedelta(days=800)
    assert list(NORM_MEETING_RETENTION.waiting(stage=Stage.PERSONAL, began_before=late)) == [meeting]
    NORM_MEETING_RETENTION.erase(stage=Stage.PERSONAL, keys=[meeting.pk], by=SYSTEM, at=late)
    meeting.refresh_from_db()
    assert (meeting.outcomes, meeting.present) == ("", 9)
    NORM_MEETING_RETENTION.erase(stage=Stage.RECORD, keys=[meeting.pk], by=SYSTEM, at=late)
    assert not NormMeeting.objects.exists()


def test_a_manager_leads_the_own_team_and_the_board_sees_only_the_proof(client: Client) -> None:
    mine, other = make_meeting(at=timezone.now()), make_meeting(at=timezone.now())
    client.force_login(mine.by)
    assert client.get(f"/meldingen/norm/bijeenkomst/{mine.pk}/").status_code == 200
    assert client.get(f"/meldingen/norm/bijeenkomst/{other.pk}/").status_code == 404
    client.force_login(make_person("Annelies Hoekstra", Role.BOARD))
    assert client.get("/meldingen/norm/bijeenkomsten/").status_code == 200
    assert client.get(f"/meldingen/norm/bijeenkomst/{mine.pk}/").status_code == 404
    client.force_login(make_person("Sanne de Wit"))
    assert client.get("/meldingen/norm/bijeenkomsten/").status_code == 404


def test_a_screen_of_another_meeting_does_not_exist_here(client: Client) -> None:
    now = timezone.now()
    one, other = make_meeting(at=now), make_meeting(at=now)
    exercise = make_exercise(other, at=now)
    client.force_login(make_coordinator())
    assert client.get(f"/meldingen/norm/bijeenkomst/{other.pk}/scherm/{exercise.pk}/").status_code == 200
    assert client.get(f"/meldingen/norm/bijeenkomst/{one.pk}/scherm/{exercise.pk}/").status_code == 404


def test_a_phone_joins_with_the_code_and_answers_once(client: Client) -> None:
    exercise = make_exercise(make_meeting(at=timezone.now()), at=timezone.now())
    assert exercise.code
    way = client.post(JOIN, {"code": exercise.code.lower()})
    assert way["Location"] == f"{JOIN}{exercise.code}/"
    item = exercise.items.all()[0]
    sent = client.post(way["Location"], {str(item.pk): "red"}).content.decode()
    assert "zonder naam" in sent
    assert "Je hebt al geantwoord" in client.post(way["Location"], {str(item.pk): "red"}).content.decode()
    assert item.tallies.get(choice="red").count == 1


def test_guessing_codes_gets_slow(client: Client) -> None:
    make_exercise(make_meeting(at=timezone.now()), at=timezone.now())
    codes = [f"AAAAAA{first}{second}" for first in "BCDEFGHJ" for second in "BCDEFGHJ"]
    answers = [client.get(f"{JOIN}{code}/").status_code for code in codes]
    assert answers[0] == 404
    assert 429 in answers
