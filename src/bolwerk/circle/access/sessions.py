"""Which sessions exist for somebody, and whose words are one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.circle.access.circles import circles_led_by, circles_of, led_circle_or_404, taking_part_on
from bolwerk.circle.models import Attended, Block, Circle, Harvest, Participant, PollDay, RatedBy, Session
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import Captured, Consent


def session_or_404(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> Session:
    """A session of a circle that this person is in, or 404. One question to the database: the page has many others."""
    mine = circles_of(request.user, on=timezone.localdate()).order_by().values("pk")
    return _session(request, Session.objects.filter(circle=circle_id, circle__in=mine), session_id)


@dataclass(frozen=True)
class Seat:
    """As whom somebody takes part in a circle, as far as the page of a session needs it."""

    pk: UUID
    accepted_at: datetime | None


@dataclass(frozen=True)
class Seen:
    """A session with its blocks, and what it is to this person."""

    session: Session
    blocks: Sequence[Block]
    me: Seat | None
    leads: bool
    on_list: bool  # of who was there
    has_rated: bool


def seen_session_or_404(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> Seen:
    """The same with all that its page needs to know of this person, in one question to the database, or 404."""
    today, person = timezone.localdate(), request.user
    mine = circles_of(person, on=today).order_by().values("pk")
    seat = taking_part_on(today).filter(member__circle=OuterRef("session__circle"), person=person)
    here = {"session": OuterRef("session"), "participant__person": person}
    rows = Block.objects.filter(session=session_id, session__circle=circle_id, session__circle__in=mine).annotate(
        seat=Subquery(seat.values("pk")[:1]),
        since=Subquery(seat.values("accepted_at")[:1]),
        leads=Exists(circles_led_by(person).filter(pk=OuterRef("session__circle"))),
        on_list=Exists(Attended.objects.filter(**here)),
        has_rated=Exists(RatedBy.objects.filter(**here)),
    )
    blocks = list(rows.select_related("session__circle", "session__host__municipality", "session__led_by"))
    if not blocks:
        deny(request, subject=f"urn:bolwerk:circle:session:{session_id}")
    row = blocks[0]
    me = Seat(row.seat, row.since) if row.seat else None
    return Seen(row.session, blocks, me, row.leads, row.on_list, row.has_rated)


def led_session_or_404(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> Session:
    """A session of a circle that this person leads, or 404."""
    return _session(request, Session.objects.filter(circle=led_circle_or_404(request, circle_id)), session_id)


def _session(request: SignedInRequest, rows: QuerySet[Session], session_id: UUID) -> Session:
    found = (
        rows.select_related("circle", "host__municipality", "led_by", "notes_by", "time_by")
        .filter(pk=session_id)
        .first()
    )
    return found or deny(request, subject=f"urn:bolwerk:circle:session:{session_id}")


def day_or_404(request: SignedInRequest, session: Session, day: str) -> PollDay:
    """A proposed day of this session, or 404."""
    found = next((one for one in session.days.all() if str(one.pk) == day), None)
    return found or deny(request, subject=session.urn)


def outward(circle: Circle) -> QuerySet[Harvest]:
    """What of a circle may go outside, the latest first: green lessons, and green quotes whose speaker said yes."""
    lesson, quote = Q(kind=Captured.LESSON), Q(kind=Captured.QUOTE, consent=Consent.GIVEN)
    rows = Harvest.objects.filter(lesson | quote, session__circle=circle, level=Level.GREEN)
    return rows.select_related("session", "of__member__municipality").order_by("-written_at")


def outward_words_or_404(request: SignedInRequest, circle_id: UUID, harvest_id: UUID) -> Harvest:
    """A lesson or quote that may go outside, of a circle that this person leads, or 404."""
    found = outward(led_circle_or_404(request, circle_id)).filter(pk=harvest_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:harvest:{harvest_id}")


def own_words_or_404(
    request: SignedInRequest, circle: Circle, harvest_id: UUID, participant: Participant | None
) -> Harvest:
    """A quote or promise of this very participant, or 404."""
    mine = Harvest.objects.filter(session__circle=circle, of=participant, of__isnull=False).select_related("session")
    found = mine.filter(pk=harvest_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:harvest:{harvest_id}")
