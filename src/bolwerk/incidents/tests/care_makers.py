"""Makes care for tests, through the real actions."""

from datetime import date, datetime

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.incidents.actions.care import record_care_moment
from bolwerk.incidents.models import CareMoment, Concerned, Incident
from bolwerk.incidents.rules import Duty, Outcome
from bolwerk.incidents.rules.care import Spoken
from bolwerk.incidents.tests.makers import MONDAY


def victim_of(incident: Incident) -> Concerned:
    """Whoever it happened to, in the care track."""
    found = Concerned.objects.select_related("person", "incident").get(incident=incident, capacity="victim")
    found.incident = incident
    return found


def make_carer(department: Department | None = None) -> Person:
    """Somebody of the care team, for the installation or for one department."""
    return make_person("Joost Prins", Role.CARE_TEAM, roles_for=department)


def care_for(
    incident: Incident, duty: Duty, by: Person, *, at: datetime = MONDAY, on: date | None = None, need: str = ""
) -> CareMoment:
    """A moment with whoever it happened to took place."""
    spoken = Spoken(Outcome.HELD, on or at.date(), need)
    return record_care_moment(concerned=victim_of(incident), duty=duty, spoken=spoken, by=by, at=at)
