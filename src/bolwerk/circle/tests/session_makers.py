"""Makes sessions for tests."""

from datetime import datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.sessions import SessionPlan, end_session, plan_session, start_session
from bolwerk.circle.models import Circle, Session
from bolwerk.circle.rules.sessions import Part
from bolwerk.circle.tests.makers import MONDAY

PARTS = [Part(10, "Terug naar de beloften"), Part(65, "Intervisie op een casus"), Part(15, "Beloften")]


def make_session(circle: Circle, *moments: datetime, by: Person | None = None) -> Session:
    """A session next week, or one with a poll for its day."""
    when = moments or (MONDAY + timedelta(days=7),)
    plan = SessionPlan("Bedreiging aan de balie", None, "Raadhuis", PARTS, when)
    return plan_session(circle=circle, plan=plan, by=by or circle.founded_by, at=MONDAY)


def make_running(circle: Circle) -> Session:
    """A session that began a moment ago."""
    session = make_session(circle, MONDAY)
    return start_session(session=session, seen=session.version, by=circle.founded_by, at=MONDAY)


def make_ended(circle: Circle) -> Session:
    """A session that was held."""
    session = make_running(circle)
    at = MONDAY + timedelta(hours=3)
    return end_session(session=session, seen=session.version, by=circle.founded_by, at=at)
