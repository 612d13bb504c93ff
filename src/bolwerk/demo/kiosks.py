"""A depot of Zilverdam where people report without an account."""

from datetime import datetime, timedelta
from uuid import UUID

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import ContactType
from bolwerk.audit.middleware import traced
from bolwerk.demo.content import read
from bolwerk.incidents import actions
from bolwerk.incidents.rules import Channel, Facts, Kind, Receiver, Safety

BETWEEN = timedelta(minutes=8)


def put_up_kiosk(*, coordinator: Person, at: datetime) -> None:
    """A poster in the canteen of the depot, and two reports that were made at it."""
    told = read("kiosk")
    depot = Department.objects.filter(contact_type=ContactType.STREET, closed_on=None).order_by("code").first()
    if depot is None:
        return
    with traced():
        kiosk = actions.make_kiosk(department=depot, place=told["place"], by=coordinator, at=at)
    for number, story in enumerate(told["reports"], start=1):
        moment = at + number * BETWEEN
        facts = Facts(Kind(story["kind"]), Channel(story["channel"]), moment, Safety.YES, words=story["words"])
        key, name = UUID(int=number), story["name"]
        who = {"receiver": Receiver(story["receiver"]), "name": name}
        with traced():
            actions.report_at_kiosk(kiosk=kiosk, facts=facts, at=moment, submission_key=key, **who)
