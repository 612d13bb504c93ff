"""A person's tasks as a calendar (RFC 5545): moments and links, not a word of what they are about."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from bolwerk.accounts.models import Person
from bolwerk.deadlines.access import tasks_owned_by
from bolwerk.deadlines.models import Feed, Task
from bolwerk.deadlines.rules import END_OF_DAY, ZONE

SHOWN_BEFORE = timedelta(minutes=30)  # how wide a moment shows in a calendar
REFRESH = timedelta(hours=1)
MOST_EVENTS = 500


def feed_of(person: Person) -> Feed | None:
    """The calendar address that `person` has now: since when, and when it was last read. Never the address."""
    return Feed.objects.filter(person=person, revoked_at=None).first()


def calendar_of(person: Person, *, at: datetime) -> bytes:
    """The open tasks of `person` as an iCalendar file, in the person's language."""
    with override(person.language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("prodid", "-//Bolwerk//bolwerk//NL")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Bolwerk tasks"))
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        for task in tasks_owned_by(person, at=at).open()[:MOST_EVENTS]:
            calendar.add_component(_event(task, at))
        calendar.add_missing_timezones()
        return bytes(calendar.to_ical())


def _event(task: Task, at: datetime) -> Event:
    due = task.due_at.astimezone(ZONE)
    event = Event()
    event.add("uid", f"{task.pk}@{urlsplit(settings.BOLWERK_BASE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("summary", _("Task in Bolwerk"))
    event.add("url", settings.BOLWERK_BASE_URL + reverse("deadlines:task", args=[task.pk]))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if due.time() == END_OF_DAY:
        event.add("dtstart", due.date())
        event.add("dtend", due.date() + timedelta(days=1))
    else:
        event.add("dtstart", _plain(task.due_at - SHOWN_BEFORE))
        event.add("dtend", _plain(task.due_at))
    return event


def _plain(moment: datetime) -> datetime:
    """A moment in the time of the Netherlands; in the hour that comes twice a year it says UTC, which comes once."""
    here = moment.astimezone(ZONE)
    return moment.astimezone(UTC) if here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset() else here
