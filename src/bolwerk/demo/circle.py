"""The learning circle of the demo: twelve fictional municipalities around one table, through the real actions."""

from datetime import datetime, timedelta

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.circle.actions import (
    Invited,
    accept_rules,
    add_facilitator,
    add_member,
    choose_first_password,
    found_circle,
    invite,
    place_municipality,
)
from bolwerk.circle.models import Circle, Member
from bolwerk.circle.queries.circles import default_house_rules
from bolwerk.circle.rules.circles import CirclePlan
from bolwerk.demo.circle_sessions import hold_sessions
from bolwerk.demo.content import read
from bolwerk.demo.people import PASSWORD, Town, address_of, guests

FACILITATOR, SECOND = "Vera Lammers", "Annelies Hoekstra"
LASTS = timedelta(days=365)
BEGAN = timedelta(days=250)  # before now: two meetings are past, and one is to come


def found_the_circle(town: Town, *, at: datetime) -> Circle:
    """A facilitator founds the circle, lets a second one lead along, and invites everybody; all but one are in."""
    leader, began = town.people[FACILITATOR], at - BEGAN
    text = read("circle")
    day = timezone.localdate(began)
    plan = CirclePlan(text["name"], text["purpose"].strip(), day, day + LASTS, default_house_rules())
    circle = found_circle(plan=plan, by=leader, at=began)
    add_facilitator(circle=circle, person=town.people[SECOND], by=leader, at=began)
    for row in text["members"]:
        member = add_member(circle=circle, name=row["name"], on=day, by=leader, at=began)
        longitude, latitude = row["place"]
        place_municipality(member=member, place=(longitude, latitude), by=leader, at=began)
        for name, is_deputy in ((row["person"], False), (row.get("deputy"), True)):
            if name:
                _seat(member, Invited(name, address_at(row["name"], name, town), is_deputy), leader, at=began)
    hold_sessions(circle, at=at)
    return circle


def address_at(municipality: str, name: str, town: Town) -> str:
    """The e-mail address of somebody: of Zilverdam the own one, of another municipality one of that house."""
    return address_of(name) if name in town.people else address_of(name, f"{municipality.lower()}.example")


def _seat(member: Member, invited: Invited, leader: Person, *, at: datetime) -> None:
    row, _link = invite(member=member, invited=invited, by=leader, at=at)
    if row.person and invited.email in {guest.email for guest in guests() if guest.role is Role.CIRCLE_MEMBER}:
        choose_first_password(person=row.person, password=PASSWORD, at=at + timedelta(hours=2))
    if member.municipality.name != read("circle")["waits"] and row.person:
        version = member.circle.rules_version
        accept_rules(participant=row, version=version, by=row.person, at=at + timedelta(hours=3))
