"""The norm of Zilverdam: adopted, two teams with one of their own; made through the real actions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.demo.content import read
from bolwerk.demo.people import Town
from bolwerk.incidents.actions import norms as steps
from bolwerk.incidents.models import Norm
from bolwerk.incidents.queries.norms import default_rules
from bolwerk.incidents.rules.norm_meetings import Exercise, Held, Preparation, choices_of
from bolwerk.incidents.rules.norms import Line, NormMove, Police, RuleText

COORDINATOR, BOARD = "Carla Vos", "Annelies Hoekstra"
AGO = timedelta(days=200)


def add_norms(town: Town, *, at: datetime) -> None:
    """The organisation's norm of some months ago, and what two teams made of it."""
    norm = _organisation(town, at=at - AGO)
    for told in read("norms")["teams"]:
        _team(town, told, norm, at=at - timedelta(days=told["days_ago"]))
    for told in read("norms")["meetings"]:
        _meeting(town, told, at=at - timedelta(days=told["days_ago"]))


def _move(norm: Norm, move: NormMove, *, by: Person, at: datetime) -> Norm:
    norm.refresh_from_db()
    given = steps.Adoption(timezone.localdate(at))
    return steps.move_norm(norm=norm, move=move, given=given, by=by, at=at, seen=norm.version)


def _organisation(town: Town, *, at: datetime) -> Norm:
    writer, board = town.people[COORDINATOR], town.people[BOARD]
    norm = steps.begin_norm(rules=default_rules("nl"), department=None, base=None, by=writer, at=at)
    _move(norm, NormMove.OFFER, by=writer, at=at + timedelta(hours=1))
    return _move(norm, NormMove.ADOPT, by=board, at=at + timedelta(days=3))


def _team(town: Town, told: dict[str, Any], base: Norm, *, at: datetime) -> None:
    manager, department = town.people[told["manager"]], town.departments[told["department"]]
    norm = steps.begin_norm(rules=base.texts(), department=department, base=base, by=manager, at=at)
    for rule in told["rules"]:
        codes = {"line": Line(rule["line"]), "police": Police(rule.get("police", Police.NONE.value))}
        norm.refresh_from_db()
        steps.write_rule(norm=norm, rule=RuleText(**(rule | codes)), by=manager, at=at, seen=norm.version)
    norm.refresh_from_db()
    steps.write_protocol(norm=norm, text=told["protocol"], by=manager, at=at, seen=norm.version)
    _move(norm, NormMove.ADOPT, by=manager, at=at + timedelta(hours=2))


def _meeting(town: Town, told: dict[str, Any], *, at: datetime) -> None:
    """A meeting with a traffic light, what was agreed, and the next one."""
    manager, department = town.people[told["manager"]], town.departments[told["department"]]
    day = timezone.localdate(at)
    meeting = steps.plan_meeting(department=department, planned_on=day, by=manager, at=at - timedelta(days=14))
    steps.prepare_meeting(meeting=meeting, done=list(Preparation), by=manager, at=at - timedelta(days=1))
    kind = Exercise.TRAFFIC_LIGHT
    exercise = steps.open_exercise(meeting=meeting, exercise=kind, lines=list(told["answers"]), by=manager, at=at)
    for seat in range(told["present"]):
        given = {item.pk: choices_of(kind)[int(told["answers"][item.text][seat])] for item in exercise.items.all()}
        steps.answer_exercise(exercise=exercise, token=str(seat), answers=given, at=at)
    steps.close_exercise(exercise=exercise, by=manager, at=at + timedelta(minutes=30))
    next_on = day + timedelta(days=told["next_in_days"])
    held = Held(told["present"], told["outcomes"], next_on)
    meeting.refresh_from_db()
    steps.hold_meeting(meeting=meeting, held=held, by=manager, at=at + timedelta(hours=1), seen=meeting.version)
