"""Sessions: what is planned, what goes on now, what was brought, and what is asked back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bolwerk.accounts.models import Person
from bolwerk.circle.models import Block, Circle, Harvest, Participant, PollAnswer, PollDay, RatedBy, Rating, Session
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import (
    FEWEST_ANSWERS,
    Answer,
    Captured,
    Kept,
    Part,
    SessionState,
    Worth,
    seconds_left,
)
from bolwerk.ui.content import content_file, content_language
from bolwerk.ui.dates import moment_in_words

HERE = Path(__file__).resolve().parents[1] / "content"


@dataclass(frozen=True)
class Agenda:
    """A script for a session to begin with."""

    code: str
    title: str
    parts: Sequence[Part]


def agendas() -> list[Agenda]:
    """The scripts, in the reader's language; a municipality's own before those that come along."""
    file = content_file(HERE, f"agendas.{content_language()}.yaml")
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [Agenda(row["code"], row["title"], [Part(int(m), str(t)) for m, t in row["blocks"]]) for row in rows]


def sessions_of(circle: Circle) -> list[Session]:
    """Every session: what goes on and what comes first, then what was held, the latest first."""
    rows = list(Session.objects.filter(circle=circle).select_related("host__municipality"))
    ahead = [one for one in rows if one.state in (SessionState.PLANNED, SessionState.RUNNING)]
    past = [one for one in rows if one not in ahead]
    far = datetime.max.replace(tzinfo=(rows[0].starts_at or circle.founded_at).tzinfo) if rows else circle.founded_at
    ahead.sort(key=lambda one: (one.state != SessionState.RUNNING, one.starts_at or far))
    return ahead + sorted(past, key=lambda one: one.ended_at or one.starts_at or circle.founded_at, reverse=True)


def next_session(circle: Circle) -> Session | None:
    """The session that goes on or comes first."""
    open_ones = [one for one in sessions_of(circle) if one.state in (SessionState.PLANNED, SessionState.RUNNING)]
    return open_ones[0] if open_ones else None


@dataclass(frozen=True)
class DayShown:
    """A proposed day with how many said what, and the reader's own answer."""

    day: PollDay
    yes: int
    maybe: int
    no: int
    mine: str


def poll_of(session: Session, participant: Participant | None) -> list[DayShown]:
    """The proposed days, the one that suits most people first."""
    answers: dict[object, Counter[str]] = {}
    mine: dict[object, str] = {}
    for row in PollAnswer.objects.filter(day__session=session):
        answers.setdefault(row.day_id, Counter())[row.answer] += 1
        if participant is not None and row.participant_id == participant.pk:
            mine[row.day_id] = row.answer
    shown = []
    for day in session.days.all():
        said = answers.get(day.pk, Counter())
        counts = said[Answer.YES], said[Answer.MAYBE], said[Answer.NO]
        shown.append(DayShown(day, *counts, mine.get(day.pk, "")))
    return sorted(shown, key=lambda one: (-one.yes, -one.maybe, one.day.starts_at))


@dataclass(frozen=True)
class Stage:
    """What stands on the screen now: the block, the next one, and how long there is."""

    block: Block
    following: Block | None
    number: int
    of: int
    left: int  # seconds; negative once it takes longer than planned

    @property
    def clock(self) -> str:
        """The time that is left, as minutes and seconds."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'-' if self.left < 0 else ''}{minutes}:{seconds:02}"


def stage_of(session: Session, *, at: datetime) -> Stage | None:
    """What goes on in a running session."""
    if session.state != SessionState.RUNNING or session.block_began_at is None:
        return None
    blocks = list(session.blocks.all())
    now = next((one for one in blocks if one.position == session.current), blocks[0])
    following = next((one for one in blocks if one.position == now.position + 1), None)
    left = seconds_left(session.block_began_at, now.minutes, at=at)
    return Stage(now, following, now.position + 1, len(blocks), left)


def version_of(session: Session) -> int:
    """The number that changes with every step: what phones ask for."""
    return session.version


@dataclass(frozen=True)
class Brought:
    """What a session brought, as this reader may see it."""

    lessons: list[Harvest]
    quotes: list[Harvest]
    promises: list[Harvest]


def was_there(session: Session, participant: Participant | None, person: Person) -> bool:
    """Whether somebody was in the circle when this session was: led it, or took part before it ended."""
    if session.led_by_id == person.pk:
        return True
    since = participant.accepted_at if participant else None
    return since is not None and (session.ended_at is None or since <= session.ended_at)


def brought(session: Session, *, was_there: bool) -> Brought:
    """What was written down; red items only for who was there."""
    rows = list(session.harvest.select_related("of__member__municipality"))
    seen = [row for row in rows if was_there or row.level != Level.RED]
    kinds = {kind: [row for row in seen if row.kind == kind] for kind in Captured}
    return Brought(kinds[Captured.LESSON], kinds[Captured.QUOTE], kinds[Captured.PROMISE])


def asked_back(circle: Circle, participant: Participant | None) -> list[Harvest]:
    """Promises of this participant of which nobody knows yet what came."""
    if participant is None:
        return []
    open_ones = Harvest.objects.filter(session__circle=circle, of=participant, kind=Captured.PROMISE, kept=Kept.OPEN)
    return list(open_ones.filter(session__state=SessionState.ENDED).select_related("session"))


def has_rated(session: Session, participant: Participant | None) -> bool:
    """Whether this participant answered the three questions."""
    return participant is not None and RatedBy.objects.filter(session=session, participant=participant).exists()


@dataclass(frozen=True)
class Rated:
    """How a session was rated, as far as it may be shown."""

    answers: int
    enough: bool
    figures: list[tuple[str, str]]
    takes_home: list[str]
    better: list[str]


def rated(session: Session) -> Rated:
    """The words once five people answered, in no order; the figures as they passed the gate when rating was closed."""
    rows = list(Rating.objects.filter(session=session))
    enough = len(rows) >= FEWEST_ANSWERS
    figures = [
        (str(one.label), _("hidden") if session.rated.get(one.value) is None else str(session.rated[one.value]))
        for one in Worth
        if session.rated
    ]
    takes_home = sorted(row.takes_home for row in rows if row.takes_home) if enough else []
    better = sorted(row.better for row in rows if row.better) if enough else []
    return Rated(len(rows), enough, figures, takes_home, better)


def minutes_draft(session: Session) -> str:
    """The minutes as they follow from what was written down; red items and names of who said what stay out."""
    found = brought(session, was_there=False)
    lines = [session.theme, moment_in_words(session.starts_at) if session.starts_at else "", session.place, ""]
    lines += [_("What we did"), *(f"- {one.title}" for one in session.blocks.all()), ""]
    lines += [_("Lessons"), *(f"- {one.text}" for one in found.lessons), ""]
    lines += [_("Said"), *(f"“{one.text}”" for one in found.quotes), ""]
    promised = (f"- {one.of.member.municipality.name if one.of else ''}: {one.text}" for one in found.promises)
    return "\n".join([*lines, _("Promised"), *promised]).strip()


def calendar_file(session: Session, *, at: datetime) -> bytes:
    """The session as a calendar file: the day and the place; not the theme, which a shared calendar would show."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Bolwerk//bolwerk//NL")
    calendar.add("version", "2.0")
    length = sum(block.minutes for block in session.blocks.all())
    begins = session.starts_at or at
    event.add("uid", f"{session.pk}@{urlsplit(settings.BOLWERK_BASE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("sequence", session.version)
    event.add("summary", _("Learning circle"))
    event.add("location", session.place)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=length))
    event.add("url", settings.BOLWERK_BASE_URL + reverse("circle:session", args=[session.circle_id, session.pk]))
    event.add("status", "CANCELLED" if session.state == SessionState.CANCELLED else "CONFIRMED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
