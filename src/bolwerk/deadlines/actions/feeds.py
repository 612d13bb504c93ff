"""The secret address of a personal calendar: made, shown once, revoked."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import Q

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.models import Feed
from bolwerk.deadlines.rules import token_hash

SECRET_BYTES = 32  # 256 bits: nobody finds it by trying
NOTE_READING_EVERY = timedelta(hours=1)  # calendars ask often; one note an hour shows that somebody uses it


@transaction.atomic
def make_feed(*, person: Person, at: datetime) -> str:
    """Give somebody a calendar address and return its secret, once; an earlier address stops working."""
    revoke_feed(person=person, at=at)
    secret = token_urlsafe(SECRET_BYTES)
    Feed.objects.create(person=person, token_hash=token_hash(secret), created_at=at)
    record("deadlines.feed.made", subject=person.urn, actor=person.urn, at=at)
    return secret


@transaction.atomic
def revoke_feed(*, person: Person, at: datetime) -> bool:
    """Let the calendar address of somebody stop working. False when there was none."""
    if not Feed.objects.filter(person=person, revoked_at=None).update(revoked_at=at):
        return False
    record("deadlines.feed.revoked", subject=person.urn, actor=person.urn, at=at)
    return True


def note_reading(*, person: Person, at: datetime) -> None:
    """Note that a calendar asked, at most once an hour, so that its owner can see that it is in use."""
    long_ago = Q(last_read_at=None) | Q(last_read_at__lt=at - NOTE_READING_EVERY)
    Feed.objects.filter(long_ago, person=person, revoked_at=None).update(last_read_at=at)
