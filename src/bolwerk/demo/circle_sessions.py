"""The sessions of the demo's circle: two that were held, and one for which a day is being chosen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bolwerk.circle.actions.harvest import (
    Attendance,
    Sheet,
    Words,
    answer_consent,
    capture,
    close_rating,
    keep_attendance,
    rate_session,
    tell_promise,
    write_minutes,
)
from bolwerk.circle.actions.photos import add_photo, answer_photo, prepare
from bolwerk.circle.actions.sessions import (
    SessionPlan,
    answer_poll,
    end_session,
    go_to_block,
    plan_session,
    start_session,
)
from bolwerk.circle.models import Circle, Participant, Session
from bolwerk.circle.queries.circles import around_the_table
from bolwerk.circle.queries.sessions import agendas, minutes_draft, poll_of
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import Answer, Captured, Consent, Kept, Worth
from bolwerk.deadlines.queries import working_calendar
from bolwerk.demo.cases import bring_cases, lay_before, look_back
from bolwerk.demo.content import read
from bolwerk.demo.pictures import flip_chart
from bolwerk.demo.runs import hold_runs, prepare_run
from bolwerk.documents.actions import Upload

Table = Mapping[str, Participant]  # who sits at the table, by municipality; no deputies


def hold_sessions(circle: Circle, *, at: datetime) -> None:
    """Hold two sessions, write down what they brought, and let the day of the third be chosen."""
    around = around_the_table(circle, on=timezone.localdate(at))
    table = {str(seat.member): seat for seat in around if not seat.is_deputy}
    for row in read("circle")["sessions"]:
        _hold(circle, row, table, began=_afternoon(at - timedelta(days=row["days_ago"])))
    _poll(circle, read("circle")["next"], table, at=at)
    bring_cases(table, at=at)


def _afternoon(moment: datetime) -> datetime:
    """One o'clock on that day, or on the first working day after it."""
    local, calendar = timezone.localtime(moment), working_calendar()
    while not calendar.is_working_day(local.date()):
        local += timedelta(days=1)
    return local.replace(hour=13, minute=0, second=0, microsecond=0)


def _plan(circle: Circle, row: Mapping[str, Any], moments: list[datetime], *, at: datetime) -> Session:
    script = next(one for one in agendas() if one.code == row["script"])
    host = circle.members.get(municipality__name=row["host"])
    plan = SessionPlan(row["theme"], host, row["place"], script.parts, moments)
    return plan_session(circle=circle, plan=plan, by=circle.founded_by, at=at)


def _hold(circle: Circle, row: Mapping[str, Any], table: Table, *, began: datetime) -> None:
    leader = circle.founded_by
    session = _plan(circle, row, [began], at=began - timedelta(days=30))
    cases = lay_before(session, table, at=began)
    session = start_session(session=session, seen=session.version, by=leader, at=began)
    for position in range(1, session.blocks.count()):
        moment = began + timedelta(minutes=25 * position)
        session = go_to_block(session=session, position=position, seen=session.version, by=leader, at=moment)
    ended = began + timedelta(minutes=195)
    hold_runs(session, cases, table, began=began)
    keep_attendance(session=session, present=Attendance([*table.values()]), by=leader, at=ended)
    for text, level in row["lessons"]:
        capture(session=session, words=Words(Captured.LESSON, text, Level(level)), by=leader, at=ended)
    for name, text, consent in row["quotes"]:
        seat = table[name]
        quote = capture(session=session, words=Words(Captured.QUOTE, text, Level.GREEN, seat), by=leader, at=ended)
        if seat.person:
            answer_consent(quote=quote, consent=Consent(consent), by=seat.person, at=ended + timedelta(days=1))
    session = end_session(session=session, seen=session.version, by=leader, at=ended)
    look_back(cases, at=ended)
    _photographed(session, row, table, at=ended)
    _promises(session, row, table, at=ended)
    _rate(session, row, table, at=ended + timedelta(days=7))


def _photographed(session: Session, row: Mapping[str, Any], table: Table, *, at: datetime) -> None:
    """A photo of what stood on the flip chart: one of those on it said yes, of the other nobody knows yet."""
    on_it = [table[name] for name in row.get("photo", [])]
    if not on_it:
        return
    data = flip_chart()
    upload = Upload("flipover.png", "image/png", data, len(data))
    photo = add_photo(session=session, upload=upload, on_it=on_it, by=session.circle.founded_by, at=at)
    first = photo.recognised.filter(participant=on_it[0]).first()
    if first and on_it[0].person:
        answer_photo(recognised=first, consent=Consent.GIVEN, by=on_it[0].person, at=at + timedelta(days=1))


def _promises(session: Session, row: Mapping[str, Any], table: Table, *, at: datetime) -> None:
    for name, text, kept, how in row["promises"]:
        seat, leader = table[name], session.circle.founded_by
        words = Words(Captured.PROMISE, text, Level.ORANGE, seat)
        promise = capture(session=session, words=words, by=leader, at=at)
        if kept and seat.person:
            tell_promise(promise=promise, kept=Kept(kept), how=how, by=seat.person, at=at + timedelta(days=80))


def _rate(session: Session, row: Mapping[str, Any], table: Table, *, at: datetime) -> None:
    for seat, (worth, takes_home, better) in zip(table.values(), row["ratings"], strict=False):
        rate_session(session=session, sheet=Sheet(Worth(worth), takes_home, better), participant=seat)
    close_rating(session=session, by=session.circle.founded_by, at=at)
    write_minutes(session=session, text=minutes_draft(session), by=session.circle.founded_by, at=at)


def _poll(circle: Circle, row: Mapping[str, Any], table: Table, *, at: datetime) -> None:
    moments = [_afternoon(at + timedelta(days=days)) for days in row["days_ahead"]]
    session = _plan(circle, row, moments, at=at - timedelta(days=2))
    prepare_run(session, lay_before(session, table, at=at), at=at)
    leader, moment = circle.founded_by, at - timedelta(days=1)
    for name, words in row.get("prepare", {}).items():
        seat = table.get(name)  # a word that is no municipality: for everybody
        prepare(session=session, to=seat, words=words, uploads=[], by=leader, at=moment)
    for number, seat in enumerate(list(table.values())[: row["answered"]]):
        days = sorted((one.day for one in poll_of(session, seat.pk)), key=lambda day: day.starts_at)
        answers = {day: list(Answer)[(number + place) % 3] for place, day in enumerate(days)}
        if seat.person:
            answer_poll(session=session, participant=seat, answers=answers, by=seat.person, at=at - timedelta(days=1))
