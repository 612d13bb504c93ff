"""A task that takes its time, so that its worker can be killed half-way."""

import time

from django.utils import timezone
from django_tasks import task

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import start_clock
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit


@task()
def start_slowly(subject: str, email: str, seconds: float) -> None:
    """Start a clock, then dawdle before the end."""
    owner = Owner(person=Person.objects.get(email=email))
    clock = Clock("slow", "Wait for it", Term(1, Unit.DAYS))
    start_clock(subject=subject, clock=clock, owner=owner, at=timezone.now(), by="urn:bolwerk:system")
    time.sleep(seconds)
