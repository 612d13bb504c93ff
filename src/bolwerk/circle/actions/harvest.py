"""What a session brings: lessons, quotes, promises; how it was rated; and its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.publications import take_back_consent
from bolwerk.circle.models import Attended, Harvest, Participant, RatedBy, Rating, Session
from bolwerk.circle.rules.circles import CircleError, Level
from bolwerk.circle.rules.sessions import Captured, Consent, Kept, SessionState, Worth
from knooppunt.disclosure import Axis, Figure, Policy, Row, Table, gate


@dataclass(frozen=True)
class Words:
    """What is written down: which kind, the text, how far it may travel, and of whom it is."""

    kind: Captured
    text: str
    level: Level
    of: Participant | None = None


@dataclass(frozen=True)
class Sheet:
    """The three questions about a session."""

    worth: Worth
    takes_home: str
    better: str


@transaction.atomic
def capture(*, session: Session, words: Words, by: Person, at: datetime) -> Harvest:
    """Write something down. Of a quote the one who said it is asked for consent; a promise is asked back next time.

    Raises CircleError for a quote or promise of nobody, and before the session began.
    """
    if session.state not in (SessionState.RUNNING, SessionState.ENDED):
        raise CircleError(_("The session has not begun."))
    if words.kind is not Captured.LESSON and words.of is None:
        raise CircleError(_("Say whose words these are."), field="of")
    row = Harvest.objects.create(
        session=session,
        kind=words.kind,
        text=words.text,
        level=words.level,
        of=None if words.kind is Captured.LESSON else words.of,
        written_by=by,
        written_at=at,
        consent=Consent.ASKED if words.kind is Captured.QUOTE else "",
        kept=Kept.OPEN if words.kind is Captured.PROMISE else "",
    )
    record("circle.harvest.captured", subject=session.urn, actor=by.urn, at=at, kind=words.kind.value)
    return row


@dataclass(frozen=True)
class Attendance:
    """Who is at a session, who writes down what it brings, and who minds the time."""

    there: Sequence[Participant]
    notes_by: Participant | None = None
    time_by: Participant | None = None


@transaction.atomic
def keep_attendance(*, session: Session, present: Attendance, by: Person, at: datetime) -> None:
    """Write down who was there and who has which role, in place of an earlier list. The shared screen goes along.

    Raises CircleError before the session began.
    """
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.state not in (SessionState.RUNNING, SessionState.ENDED):
        raise CircleError(_("The session has not begun."))
    Attended.objects.filter(session=found).delete()
    Attended.objects.bulk_create(Attended(session=found, participant=one) for one in present.there)
    if (found.notes_by_id, found.time_by_id) != (_key(present.notes_by), _key(present.time_by)):
        found.version += 1
    found.notes_by, found.time_by, found.attended_at = present.notes_by, present.time_by, at
    found.save(update_fields=["attended_at", "notes_by", "time_by", "version"])
    record("circle.attendance.kept", subject=found.urn, actor=by.urn, at=at, count=len(present.there))


def _key(one: Participant | None) -> UUID | None:
    return one.pk if one else None


@transaction.atomic
def answer_consent(*, quote: Harvest, consent: Consent, by: Person, at: datetime) -> None:
    """Whoever said it lets it go outside, or not; a later answer counts."""
    Harvest.objects.filter(pk=quote.pk, kind=Captured.QUOTE).update(consent=consent)
    if consent is not Consent.GIVEN:
        take_back_consent(source=quote.urn)
    record("circle.quote.answered", subject=quote.session.urn, actor=by.urn, at=at, consent=consent.value)


@transaction.atomic
def tell_promise(*, promise: Harvest, kept: Kept, how: str, by: Person, at: datetime) -> None:
    """Say what became of a promise."""
    row = Harvest.objects.select_for_update().get(pk=promise.pk)
    row.kept, row.kept_how = kept, how
    row.save(update_fields=["kept", "kept_how"])
    record("circle.promise.told", subject=promise.session.urn, actor=by.urn, at=at, kept=kept.value)


@transaction.atomic
def rate_session(*, session: Session, sheet: Sheet, participant: Participant) -> None:
    """Answer the three questions once. No line in the trail: it would say who answered when.

    Raises CircleError when this participant did so before, or the session is not open for it.
    """
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.state != SessionState.ENDED or found.rating_closed_at is not None:
        raise CircleError(_("This session cannot be rated now."))
    people = set(RatedBy.objects.filter(session=found).values_list("participant", flat=True))
    if participant.pk in people:
        raise CircleError(_("You answered already. Thank you."))
    sheets = [Sheet(Worth(row.worth), row.takes_home, row.better) for row in Rating.objects.filter(session=found)]
    _laid_anew(found, [*sheets, sheet], [*people, participant.pk])


def _laid_anew(session: Session, sheets: list[Sheet], people: list[UUID]) -> None:
    """Write all sheets and all who answered anew, each in an order by chance: tables keep the order in which rows came,
    and the two beside each other would say whose sheet is whose."""
    chance = SystemRandom()
    chance.shuffle(sheets)
    chance.shuffle(people)
    Rating.objects.filter(session=session).delete()
    RatedBy.objects.filter(session=session).delete()
    Rating.objects.bulk_create(Rating(session=session, **vars(sheet)) for sheet in sheets)
    RatedBy.objects.bulk_create(RatedBy(session=session, participant_id=one) for one in people)


@transaction.atomic
def close_rating(*, session: Session, by: Person, at: datetime) -> None:
    """Nobody answers any more. What was answered passes the gate for figures once, and never again."""
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.rating_closed_at is not None:
        return
    counts = [Row((rating.worth,)) for rating in found.ratings.all()]
    table = Table.of(f"circle.rating.{found.pk}", [Axis.flat("worth", list(Worth.values))], counts)
    release = gate(table, Policy(smallest_group=settings.SMALLEST_GROUP))
    found.rated = {at_[0]: cell.value if isinstance(cell, Figure) else None for at_, cell in release}
    found.rating_closed_at = at
    found.save(update_fields=["rated", "rating_closed_at"])
    record("circle.rating.closed", subject=found.urn, actor=by.urn, at=at)


@transaction.atomic
def write_minutes(*, session: Session, text: str, by: Person, at: datetime) -> None:
    """Keep the minutes; the last text counts."""
    found = Session.objects.select_for_update().get(pk=session.pk)
    found.minutes = text
    found.save(update_fields=["minutes"])
    record("circle.minutes.written", subject=found.urn, actor=by.urn, at=at)
