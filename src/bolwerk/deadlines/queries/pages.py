"""Where the work of a task is done: the room of its subject knows."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person
from bolwerk.deadlines.models import Task


def address_of_work(task: Task, person: Person, *, on: date) -> str | None:
    """The page on which `person` does this task, or None when its subject has no page for this person."""
    resolver = settings.SUBJECT_ADDRESSES.get(task.subject.split(":")[2])
    address: str | None = import_string(resolver)(task.subject, person, on=on) if resolver else None
    if address and task.page:
        return reverse(task.page, args=[task.subject.rsplit(":", 1)[-1]])
    return address
