"""Telling everybody in a circle that something changed: neutral words and a link, one mail a person."""

from datetime import datetime

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.circle.models import Circle, Facilitator
from bolwerk.circle.queries.circles import around_the_table
from bolwerk.deadlines.actions import queue_mail
from bolwerk.deadlines.models import Message


def tell_circle(*, circle: Circle, path: str, cause: str, by: Person, at: datetime) -> int:
    """Queue a neutral mail to everybody who takes part or leads, but for who did it. Returns how many.

    Call it inside the transaction of the change. `cause` makes that nobody gets two mails for one thing.
    """
    seats = around_the_table(circle, on=timezone.localdate(at))
    leaders = Facilitator.objects.filter(circle=circle, left_at=None).select_related("person")
    people = {row.person for row in seats if row.person is not None} | {row.person for row in leaders}
    told = [person for person in people - {by} if person.is_active]
    for person in told:
        queue_mail(person=person, kind=Message.Kind.NEWS, path=path, cause=cause, at=at)
    return len(told)
