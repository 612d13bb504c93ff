"""Sessions: planned, dated, run by whoever presses first, written down, rated without names."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.db.models import Model
from icalendar import Calendar

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError, add_facilitator
from bolwerk.circle.actions.contributions import join_run
from bolwerk.circle.actions.harvest import (
    Sheet,
    Words,
    answer_consent,
    capture,
    close_rating,
    rate_session,
    tell_promise,
)
from bolwerk.circle.actions.sessions import answer_poll, choose_day, end_session, go_to_block, start_session
from bolwerk.circle.models import Circle, Harvest, Intervision, Participant, RatedBy, Rating, Session
from bolwerk.circle.queries.sessions import (
    agendas,
    asked_back,
    brought,
    minutes_draft,
    poll_of,
    rated,
    stage_of,
    to_tick,
)
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import Answer, Captured, Consent, Kept, SessionState, Worth, as_lines, parts_from
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_facilitator, make_member, make_participant
from bolwerk.circle.tests.run_makers import make_run
from bolwerk.circle.tests.session_makers import make_ended, make_running, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def seat(circle: Circle) -> Participant:
    return make_participant(make_member(circle))


def person_of(seat: Participant) -> Person:
    assert seat.person
    return seat.person


def place(session: Session) -> str:
    return f"/leerkring/{session.circle_id}/bijeenkomsten/{session.pk}/"


def test_blocks_are_read_from_lines_and_written_back() -> None:
    for script in agendas():
        assert parts_from(as_lines(script.parts)) == list(script.parts)
    for bad in ("Nieuws van de dag", "0 Niets", "", "300 Lang\n300 Langer"):
        with pytest.raises(CircleError):
            parts_from(bad)


def test_a_session_is_planned_from_a_script(circle: Circle) -> None:
    client = signed_in_client(circle.founded_by)
    page = client.get(f"/leerkring/{circle.pk}/bijeenkomsten/nieuw/").content.decode()
    assert "65 Intervisie op een casus" in page
    data = {"theme": "Lekken", "first": "2026-12-01T13:00", "blocks": "20 Nieuws\n40 Casus"}
    answer = client.post(f"/leerkring/{circle.pk}/bijeenkomsten/nieuw/", data)
    session = Session.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, place(session))
    assert [block.title for block in session.blocks.all()] == ["Nieuws", "Casus"]


def test_a_line_without_minutes_is_named_and_nothing_is_lost(circle: Circle) -> None:
    client = signed_in_client(circle.founded_by)
    data = {"theme": "Lekken", "first": "2026-12-01T13:00", "blocks": "20 Nieuws\nCasus"}
    page = client.post(f"/leerkring/{circle.pk}/bijeenkomsten/nieuw/", data).content.decode()
    assert "Regel 2" in page
    assert "20 Nieuws" in page


def test_a_poll_shows_what_suits_most_and_a_day_can_be_chosen_without_answers(
    circle: Circle, seat: Participant
) -> None:
    first, second = MONDAY + timedelta(days=7), MONDAY + timedelta(days=8)
    session = make_session(circle, first, second)
    assert "Nog niemand heeft geantwoord" in signed_in_client(circle.founded_by).get(place(session)).content.decode()
    days = {one.day.starts_at: one.day for one in poll_of(session, seat.pk)}
    answers = {days[first]: Answer.NO, days[second]: Answer.YES}
    answer_poll(session=session, participant=seat, answers=answers, by=person_of(seat), at=MONDAY)
    best = poll_of(session, seat.pk)[0]
    assert (best.day.starts_at, best.yes, best.mine) == (second, 1, Answer.YES)
    choose_day(session=session, day=best.day, by=circle.founded_by, at=MONDAY)
    with pytest.raises(CircleError):
        choose_day(session=session, day=days[first], by=circle.founded_by, at=MONDAY)


def test_two_who_press_next_at_once_the_second_is_told(circle: Circle) -> None:
    session = make_running(circle)
    other = make_facilitator("Bram Vos")
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    seen = session.version
    go_to_block(session=session, position=1, seen=seen, by=circle.founded_by, at=MONDAY)
    with pytest.raises(ChangedMeanwhileError):
        go_to_block(session=session, position=1, seen=seen, by=other, at=MONDAY)
    answer = signed_in_client(other).post(f"{place(session)}verder/", {"seen": seen}, follow=True)
    assert "Iemand anders drukte net" in answer.content.decode()
    session.refresh_from_db()
    assert (session.current, session.led_by) == (1, circle.founded_by)


def test_another_facilitator_goes_on_when_the_first_drops_out(circle: Circle) -> None:
    session = make_running(circle)
    other = make_facilitator("Bram Vos")
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    signed_in_client(other).post(f"{place(session)}verder/", {"seen": session.version})
    session.refresh_from_db()
    assert (session.current, session.led_by) == (1, other)


def test_a_participant_cannot_lead(circle: Circle, seat: Participant) -> None:
    session = make_session(circle)
    answer = signed_in_client(person_of(seat)).post(f"{place(session)}beginnen/", {"seen": 1})
    assert answer.status_code == 404
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED


def test_the_screen_says_what_goes_on_and_how_long_it_may_take(circle: Circle, seat: Participant) -> None:
    session = make_running(circle)
    stage = stage_of(session, at=MONDAY + timedelta(minutes=11, seconds=5))
    assert stage
    assert (stage.block.title, stage.clock, stage.following and stage.following.minutes) == (
        "Terug naar de beloften",
        "-1:05",
        65,
    )
    client = signed_in_client(person_of(seat))
    assert "Terug naar de beloften" in client.get(f"{place(session)}scherm/").content.decode()
    before = client.get(f"{place(session)}stand/").content
    go_to_block(session=session, position=1, seen=session.version, by=circle.founded_by, at=MONDAY)
    assert client.get(f"{place(session)}stand/").content != before


def test_a_session_that_ended_does_not_begin_again(circle: Circle) -> None:
    session = make_ended(circle)
    for step in (start_session, end_session):
        with pytest.raises(CircleError):
            step(session=session, seen=session.version, by=circle.founded_by, at=MONDAY)


def test_a_quote_goes_outside_only_when_who_said_it_says_so(circle: Circle, seat: Participant) -> None:
    session = make_running(circle)
    words = Words(Captured.QUOTE, "Wij bellen nu altijd eerst.", Level.GREEN, seat)
    quote = capture(session=session, words=words, by=circle.founded_by, at=MONDAY)
    other = make_participant(make_member(circle, "Veendrecht"), "Wietske Hoekema")
    path = f"/leerkring/{circle.pk}/citaten/{quote.pk}/goed/"
    assert signed_in_client(person_of(other)).post(path).status_code == 404
    assert signed_in_client(person_of(seat)).post(path).status_code == 302
    quote.refresh_from_db()
    assert quote.consent == Consent.GIVEN
    answer_consent(quote=quote, consent=Consent.REFUSED, by=person_of(seat), at=MONDAY)
    quote.refresh_from_db()
    assert quote.consent == Consent.REFUSED


def test_a_promise_is_asked_back_after_the_session(circle: Circle, seat: Participant) -> None:
    session = make_running(circle)
    words = Words(Captured.PROMISE, "Ik test het vier-ogenformulier.", Level.ORANGE, seat)
    promise = capture(session=session, words=words, by=person_of(seat), at=MONDAY)
    assert asked_back(circle, seat) == []
    end_session(session=session, seen=session.version, by=circle.founded_by, at=MONDAY)
    assert asked_back(circle, seat) == [promise]
    tell_promise(promise=promise, kept=Kept.DONE, how="Werkt goed.", by=person_of(seat), at=MONDAY)
    assert asked_back(circle, seat) == []


def test_words_of_nobody_are_refused(circle: Circle) -> None:
    with pytest.raises(CircleError):
        words = Words(Captured.QUOTE, "Iets", Level.ORANGE)
        capture(session=make_running(circle), words=words, by=circle.founded_by, at=MONDAY)
    assert not Harvest.objects.exists()


def test_red_words_are_for_who_was_there_and_never_in_the_minutes(circle: Circle) -> None:
    session = make_running(circle)
    for minute, (level, text) in enumerate(((Level.RED, "Geheim"), (Level.ORANGE, "Open"))):
        at = MONDAY + timedelta(minutes=minute)
        capture(session=session, words=Words(Captured.LESSON, text, level), by=circle.founded_by, at=at)
    assert [one.text for one in brought(session, was_there=True).lessons] == ["Geheim", "Open"]
    assert [one.text for one in brought(session, was_there=False).lessons] == ["Open"]
    assert "Geheim" not in minutes_draft(session)


def test_answers_have_no_name_and_show_from_five_on(circle: Circle) -> None:
    session = make_ended(circle)
    member = make_member(circle)
    for number in range(5):
        assert rated(session).takes_home == []
        who = make_participant(member, f"Deelnemer {number}")
        rate_session(session=session, sheet=Sheet(Worth.YES, f"Les {number}", ""), participant=who)
        with pytest.raises(CircleError):
            rate_session(session=session, sheet=Sheet(Worth.NO, "", ""), participant=who)
    assert rated(session).takes_home == [f"Les {number}" for number in range(5)]
    assert not [field.name for field in Rating._meta.fields if field.related_model in (Participant, Person)]
    close_rating(session=session, by=circle.founded_by, at=MONDAY)
    session.refresh_from_db()
    assert set(session.rated.values()) == {None}, "five answers are too few for figures"


def test_the_order_of_rows_on_the_disk_does_not_say_whose_answers_are_whose(circle: Circle) -> None:
    session, seats = (
        make_ended(circle),
        [make_participant(make_member(circle, f"Gemeente {n}"), f"P {n}") for n in range(12)],
    )
    for number, one in enumerate(seats):
        rate_session(session=session, sheet=Sheet(Worth.YES, f"Les {number}", ""), participant=one)
    with_words = {row.pk: row.takes_home for row in Rating.objects.all()}
    sheets = [with_words[key] for key in in_order_of_the_disk(Rating)]
    named = {row.pk: row.participant_id for row in RatedBy.objects.all()}
    people = [named[key] for key in in_order_of_the_disk(RatedBy)]
    assert sorted(sheets) == sorted(f"Les {number}" for number in range(12)), "none is lost"
    came_in = [seat.pk for seat in seats]
    assert sheets != [f"Les {number}" for number in range(12)]
    assert people != came_in
    assert [int(sheet.split()[1]) for sheet in sheets] != [came_in.index(key) for key in people]


def in_order_of_the_disk(model: type[Model]) -> list[UUID]:
    """The keys of a table as whoever holds the file of the database finds them."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table} ORDER BY {place}")
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def test_who_was_there_is_written_down_and_red_items_are_for_them(circle: Circle) -> None:
    session = make_running(circle)
    came, stayed = (make_participant(make_member(circle, name), f"Wie {name}") for name in ("Eerdam", "Veendrecht"))
    capture(session=session, words=Words(Captured.LESSON, "Rode les", Level.RED), by=circle.founded_by, at=MONDAY)
    client, address = signed_in_client(circle.founded_by), f"{place(session)}aanwezig/"
    assert "Wie Veendrecht (Veendrecht)" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 200, "nobody was ticked"
    assert client.post(address, {"there": [str(uuid4())]}).status_code == 200, "a stranger"
    assert client.post(address, {"there": [str(came.pk)]}).status_code == 302
    pages = [signed_in_client(person_of(one)).get(place(session)).content.decode() for one in (came, stayed)]
    assert ["Rode les" in page for page in pages] == [True, False]
    assert "Je staat niet op de lijst" in pages[1]
    assert minutes_draft(session).count("Eerdam") == 1
    assert "Veendrecht" not in minutes_draft(session)
    assert signed_in_client(person_of(came)).get(address).status_code == 404
    client.post(address, {"there": [str(came.pk), str(stayed.pk)]})
    assert "Rode les" in signed_in_client(person_of(stayed)).get(place(session)).content.decode()


def test_who_writes_down_and_who_minds_the_time_stand_on_the_screen(circle: Circle, seat: Participant) -> None:
    session = make_running(circle)
    client, address = signed_in_client(circle.founded_by), f"{place(session)}aanwezig/"
    given = {"there": [str(seat.pk)], "notes_by": str(seat.pk), "time_by": ""}
    client.post(address, given)
    screen = signed_in_client(person_of(seat)).get(f"{place(session)}scherm/").content.decode()
    assert f"{seat.name} schrijft op" in screen
    assert "let op de tijd" not in screen
    after = Session.objects.get()
    assert after.version == session.version + 1, "the screen on the wall goes along"
    client.post(address, given)
    assert Session.objects.get().version == after.version
    assert client.post(address, given | {"time_by": str(uuid4())}).status_code == 200, "a stranger"


def test_who_took_part_in_an_intervision_is_ticked_to_begin_with(circle: Circle, seat: Participant) -> None:
    session = make_running(circle)
    run = make_run(circle)
    Intervision.objects.filter(pk=run.pk).update(session=session)
    join_run(run=run, by=person_of(seat), at=MONDAY)
    everybody, there = to_tick(session, on=MONDAY.date())
    assert (everybody, there) == ([seat], [seat])


def test_the_calendar_file_names_no_theme(circle: Circle, seat: Participant) -> None:
    session = make_session(circle)
    file = signed_in_client(person_of(seat)).get(f"{place(session)}agenda/").content
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["summary"] == "Leerkring"
    assert event.decoded("dtstart") == session.starts_at
    assert b"Bedreiging" not in file


def test_another_circle_sees_no_session(circle: Circle) -> None:
    session = make_session(circle)
    stranger = make_participant(make_member(make_circle("Kring Zuid"), "Veendrecht"), "Wietske")
    assert signed_in_client(person_of(stranger)).get(place(session)).status_code == 404
    other = make_circle("Kring West", by=circle.founded_by)
    crossed = f"/leerkring/{other.pk}/bijeenkomsten/{session.pk}/"
    assert signed_in_client(circle.founded_by).get(crossed).status_code == 404
