"""Sessions: what is planned, what goes on now, what was brought, and what is asked back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bolwerk.accounts.models import Person
from bolwerk.circle.access.sessions import Seen
from bolwerk.circle.models import (
    Block,
    Circle,
    Harvest,
    Participant,
    PollDay,
    Present,
    RatedBy,
    Rating,
    Session,
)
from bolwerk.circle.queries.circles import around_the_table
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
from bolwerk.ui.content import content_file, content_language, read_yaml
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
    rows = read_yaml(file.read_text(encoding="utf-8"))
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
class Mine:
    """A circle in somebody's list, with the session that goes on there or comes first."""

    circle: Circle
    next: Session | None


def with_next(circles: Sequence[Circle]) -> list[Mine]:
    """These circles, each with its next session. One question for all of them."""
    rows = Session.objects.filter(circle__in=circles, state__in=(SessionState.PLANNED, SessionState.RUNNING))
    coming: dict[UUID, Session] = {}
    for one in rows.order_by(F("starts_at").asc(nulls_last=True), "pk"):
        coming.setdefault(one.circle_id, one)
    return [Mine(circle, coming.get(circle.pk)) for circle in circles]


@dataclass(frozen=True)
class DayShown:
    """A proposed day with how many said what, and the reader's own answer."""

    day: PollDay
    yes: int
    maybe: int
    no: int
    mine: str


def poll_of(session: Session, seat: UUID | None) -> list[DayShown]:
    """The proposed days, the one that suits most people first, with what this participant answered. One query."""
    answers: dict[PollDay, Counter[str]] = {}
    mine: dict[PollDay, str] = {}
    rows = PollDay.objects.filter(session=session)
    for key, starts_at, who, answer in rows.values_list("pk", "starts_at", "answers__participant", "answers__answer"):
        day = PollDay(pk=key, session=session, starts_at=starts_at)
        counts = answers.setdefault(day, Counter())
        if who is not None:
            counts[answer] += 1
        if who is not None and who == seat:
            mine[day] = answer
    shown = [
        DayShown(day, said[Answer.YES], said[Answer.MAYBE], said[Answer.NO], mine.get(day, ""))
        for day, said in answers.items()
    ]
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


def was_there(seen: Seen, person: Person) -> bool:
    """Whether somebody was at this session: led it, or is on the list. As long as there is no list: took part in the
    circle before it ended."""
    session, since = seen.session, seen.me.accepted_at if seen.me else None
    if session.led_by_id == person.pk:
        return True
    if session.attended_at is not None:
        return seen.on_list
    return since is not None and (session.ended_at is None or since <= session.ended_at)


@dataclass(frozen=True)
class Told:
    """What a session brought, and what is asked back in it."""

    brought: Brought
    asked_back: list[Harvest]


def told(seen: Seen, person: Person) -> Told:
    """What was written down, red items only for who was there; and the own promises of earlier sessions. One query."""
    session, seat = seen.session, seen.me.pk if seen.me else None
    asked = Q(session__circle=session.circle_id) & _open_promises(seat)
    rows = list(
        Harvest.objects.filter(Q(session=session) | asked).select_related("session", "of__member__municipality")
    )
    here = [row for row in rows if row.session_id == session.pk]
    back = [row for row in rows if row.session.state == SessionState.ENDED and row.of_id == seat and _is_open(row)]
    return Told(_sorted(here, was_there=was_there(seen, person)), back if seat else [])


def _is_open(row: Harvest) -> bool:
    return row.kind == Captured.PROMISE and row.kept == Kept.OPEN


def _open_promises(seat: UUID | None) -> Q:
    return Q(of=seat, of__isnull=False, kind=Captured.PROMISE, kept=Kept.OPEN, session__state=SessionState.ENDED)


def brought(session: Session, *, was_there: bool) -> Brought:
    """What was written down; red items only for who was there."""
    return _sorted(list(session.harvest.select_related("of__member__municipality")), was_there=was_there)


def _sorted(rows: list[Harvest], *, was_there: bool) -> Brought:
    seen = [row for row in rows if was_there or row.level != Level.RED]
    kinds = {kind: [row for row in seen if row.kind == kind] for kind in Captured}
    return Brought(kinds[Captured.LESSON], kinds[Captured.QUOTE], kinds[Captured.PROMISE])


def attended(session: Session) -> list[Participant]:
    """Who is on the list of this session, by municipality."""
    rows = Participant.objects.filter(pk__in=session.attended.values("participant"))
    return list(rows.select_related("member__municipality").order_by("member__municipality__name", "name"))


def to_tick(session: Session, *, on: date) -> tuple[list[Participant], list[Participant]]:
    """Who can have been there: everybody who is in the circle, and who is on the list; and who to begin with.

    Before there is a list those who took part in an intervision of this session are on it.
    """
    there = attended(session)
    people = around_the_table(session.circle, on=on)
    everybody = people + [one for one in there if one not in people]
    if session.attended_at is not None:
        return everybody, there
    present = set(Present.objects.filter(intervision__session=session).values_list("person", flat=True))
    return everybody, [one for one in everybody if one.person_id in present]


def asked_back(circle: Circle, participant: Participant | None) -> list[Harvest]:
    """Promises of this participant of which nobody knows yet what came."""
    if participant is None:
        return []
    rows = Harvest.objects.filter(_open_promises(participant.pk), session__circle=circle)
    return list(rows.select_related("session"))


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
    if towns := list(dict.fromkeys(one.member.municipality.name for one in attended(session))):
        lines += [_("There were people of %(names)s.") % {"names": ", ".join(towns)}, ""]
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
