"""Makes norms for tests, through the real actions."""

from datetime import date, datetime, timedelta

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.incidents.actions.norms import Adoption, begin_norm, move_norm
from bolwerk.incidents.models import Norm
from bolwerk.incidents.queries.norms import default_rules, norm_in_force
from bolwerk.incidents.rules.norms import NormMove
from bolwerk.incidents.tests.makers import MONDAY


def make_norm_draft(by: Person | None = None, *, at: datetime = MONDAY) -> Norm:
    """A draft of the organisation's next version, with the rules that come along."""
    writer = by or make_person("Carla Vos", Role.AGGRESSION_COORDINATOR)
    return begin_norm(rules=default_rules("nl"), department=None, base=None, by=writer, at=at)


def adopt(norm: Norm, by: Person, *, at: datetime = MONDAY, valid_from: date | None = None) -> Norm:
    """Adopt a version that waits for it."""
    norm.refresh_from_db()
    given = Adoption(valid_from or at.date())
    return move_norm(norm=norm, move=NormMove.ADOPT, given=given, by=by, at=at, seen=norm.version)


def offer(norm: Norm, by: Person, *, at: datetime = MONDAY) -> Norm:
    """Offer a draft to the board."""
    norm.refresh_from_db()
    return move_norm(norm=norm, move=NormMove.OFFER, given=Adoption(), by=by, at=at, seen=norm.version)


def make_norm(*, at: datetime = MONDAY) -> Norm:
    """A norm of the organisation that holds: written by the coordinator, adopted by the board."""
    writer = make_person("Carla Vos", Role.AGGRESSION_COORDINATOR)
    norm = offer(make_norm_draft(writer, at=at), writer, at=at)
    return adopt(norm, make_person("Annelies Hoekstra", Role.BOARD), at=at)


def make_team_draft(department: Department, by: Person, *, at: datetime = MONDAY) -> Norm:
    """A draft of a team, as the organisation's norm says."""
    base = norm_in_force(on=at.date())
    assert base is not None
    return begin_norm(rules=base.texts(), department=department, base=base, by=by, at=at + timedelta(minutes=1))
