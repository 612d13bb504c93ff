"""Norm meetings: proof that the norm was discussed, and exercises that point at nobody."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Department
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line as TrailLine
from bolwerk.deadlines.models import Message, Task
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.norms import (
    NORM_MEETING_RETENTION,
    answer_exercise,
    cancel_meeting,
    close_exercise,
    hold_meeting,
    move_meeting,
    open_exercise,
    plan_meeting,
    send_behaviours,
)
from bolwerk.incidents.models import NormBehaviour, NormExercise, NormMeeting, NormRule, NormSeat, NormTally
from bolwerk.incidents.queries.norms import behaviours, lines_to_start_with, proofs
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
    proof: Any = proofs(Department.objects.filter(pk=meeting.department.pk)).get()
    assert (proof.present, proof.about, proof.coming_on) == (9, norm.number, held.next_on)
    assert Task.objects.get(subject=meeting.urn).status == Task.Status.DONE
    assert Task.objects.get(subject=NormMeeting.objects.get(pk=proof.coming_id).urn).status == Task.Status.OPEN
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


def test_a_meeting_is_moved_with_its_clock_its_history_and_the_team_knows() -> None:
    meeting = make_meeting()
    member, other = make_person("Lid", department=meeting.department), make_person("Elders")
    later = MONDAY.date() + timedelta(days=9)
    move_meeting(meeting=meeting, to=later, why="Zaal bezet.", by=meeting.by, at=MONDAY, seen=1)
    meeting.refresh_from_db()
    assert timezone.localdate(Task.objects.get(subject=meeting.urn).due_at) == meeting.planned_on == later
    (change,) = meeting.changes.all()
    assert (change.event, change.was_on, change.why) == ("moved", MONDAY.date(), "Zaal bezet.")
    told = set(Message.objects.filter(cause__startswith=meeting.urn).values_list("person", flat=True))
    assert member.pk in told
    assert other.pk not in told
    with pytest.raises(ChangedMeanwhileError):
        move_meeting(meeting=meeting, to=later, why="", by=meeting.by, at=MONDAY, seen=1)
    with pytest.raises(NormError):
        move_meeting(meeting=meeting, to=later, why="", by=meeting.by, at=MONDAY, seen=2)


def test_a_cancelled_meeting_stops_its_clock_leaves_room_for_another_and_goes_in_time() -> None:
    meeting = make_meeting()
    with pytest.raises(NormError):
        cancel_meeting(meeting=meeting, why=" ", by=meeting.by, at=MONDAY, seen=1)
    cancel_meeting(meeting=meeting, why="Te druk.", by=meeting.by, at=MONDAY, seen=1)
    assert Task.objects.get(subject=meeting.urn).status == Task.Status.CANCELLED
    with pytest.raises(ChangedMeanwhileError):
        hold_meeting(meeting=meeting, held=Held(9, "x"), by=meeting.by, at=MONDAY, seen=2)
    plan_meeting(department=meeting.department, planned_on=MONDAY.date(), by=meeting.by, at=MONDAY)
    late = MONDAY + timedelta(days=800)
    assert list(NORM_MEETING_RETENTION.waiting(stage=Stage.PERSONAL, began_before=late)) == [meeting]
    NORM_MEETING_RETENTION.erase(stage=Stage.PERSONAL, keys=[meeting.pk], by=SYSTEM, at=late)
    assert not meeting.changes.exists()


def collected(phones: int) -> NormExercise:
    """An exercise in which so many phones each wrote two lines, closed."""
    exercise = make_exercise(make_meeting(), kind=Exercise.COLLECT)
    for number in range(phones):
        lines = [f"Gedrag {number}", "Zuchten"]
        send_behaviours(exercise=exercise, token=f"phone {number}", lines=lines, at=MONDAY)
    assert behaviours(exercise) == []  # nothing while it is open
    close_exercise(exercise=exercise, by=exercise.meeting.by, at=MONDAY)
    exercise.refresh_from_db()
    return exercise


def test_phones_send_behaviours_and_below_five_nothing_is_kept() -> None:
    assert behaviours(collected(4)) == []
    assert not NormBehaviour.objects.exists()
    exercise = collected(5)
    assert sorted(set(behaviours(exercise))) == [*(f"Gedrag {number}" for number in range(5)), "Zuchten"]
    lines = lines_to_start_with(exercise.meeting, Exercise.TRAFFIC_LIGHT, on=MONDAY.date())
    assert set(lines) >= {"Zuchten", "Gedrag 0"}
    assert not NormSeat.objects.exists()


def test_a_phone_writes_once_few_short_lines_and_leaves_no_line_in_the_trail() -> None:
    exercise = make_exercise(make_meeting(), kind=Exercise.COLLECT)
    before = TrailLine.objects.count()
    for lines in ([" "], ["a", "b", "c", "d"], ["x" * 161]):
        with pytest.raises(NormError):
            send_behaviours(exercise=exercise, token="x", lines=lines, at=MONDAY)
    send_behaviours(exercise=exercise, token="x", lines=["Zuchten"], at=MONDAY)
    with pytest.raises(NormError):
        send_behaviours(exercise=exercise, token="x", lines=["Nog een"], at=MONDAY)
    assert TrailLine.objects.count() == before


def test_a_phone_and_a_leader_use_the_pages_of_collecting_and_of_moving(client: Client) -> None:
    now = timezone.now()
    meeting = make_meeting(at=now)
    client.force_login(meeting.by)
    here = f"/meldingen/norm/bijeenkomst/{meeting.pk}/"
    client.post(f"{here}oefening/gedrag/", {})
    code = NormExercise.objects.get().code
    page = client.post(f"{JOIN}{code}/", {"line_1": "Iemand filmt"}).content.decode()
    assert "zonder naam" in page
    assert "Iemand filmt" not in client.get(f"{here}scherm/{NormExercise.objects.get().pk}/").content.decode()
    assert (
        "nog een oefening open" in client.post(f"{here}plan/afzeggen/", {"seen": 1, "why": "Te druk"}).content.decode()
    )
    client.post(f"{here}scherm/{NormExercise.objects.get().pk}/")
    assert "minder dan vijf" in client.get(here).content.decode().lower()
    client.post(f"{here}plan/afzeggen/", {"seen": 1, "why": "Te druk"})
    assert "Te druk" in client.get(here).content.decode()
    assert client.get(f"{here}plan/afzeggen/").status_code == 404
    assert "Te druk" in client.get("/meldingen/norm/").content.decode() or meeting.by.department is None


def test_the_list_of_teams_is_filtered_by_where_a_team_stands(client: Client) -> None:
    meeting, idle = make_meeting(at=timezone.now()), make_department("Stilte")
    client.force_login(make_coordinator())
    page = client.get("/meldingen/norm/bijeenkomsten/", {"stands": "planned"}).content.decode()
    assert f"/meldingen/norm/bijeenkomst/{meeting.pk}/" in page
    assert "Stilte" not in page
    page = client.get("/meldingen/norm/bijeenkomsten/", {"stands": "nothing"}).content.decode()
    assert f"/meldingen/norm/bijeenkomsten/{idle.pk}/" in page


def test_who_reads_english_gets_english_words_and_hears_which_are_dutch(client: Client) -> None:
    norm = make_norm()
    NormRule.objects.filter(norm=norm, code="shouting").update(behaviour="Roepen aan de balie.")
    client.force_login(make_person())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/meldingen/norm/").content.decode()
    assert "Somebody grumbles" in page
    assert "Partly in Dutch" in page
    assert "Roepen aan de balie." in page
