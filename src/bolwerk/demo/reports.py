"""A year of reports in Zilverdam: who met with what, and what was done about it, early or late."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.demo.content import read
from bolwerk.demo.people import Town
from bolwerk.demo.police import decide_about_police
from bolwerk.incidents import actions
from bolwerk.incidents.access import CARE_ROLES
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.queries import handlers_for, open_duties
from bolwerk.incidents.rules import ENDED, ByWhom, Channel, Duty, Facts, Kind, Outcome, Receiver, Safety, Status
from bolwerk.incidents.rules.care import Capacity, CareState, Spoken

REPORTS = 124
YEAR = timedelta(days=365)
FORTNIGHT = timedelta(days=14)
COORDINATOR = "Carla Vos"
LATER_TALKS = ((Duty.SECOND_TALK, timedelta(days=12)), (Duty.THIRD_TALK, timedelta(days=50)))
OPENS, CLOSES = 9, 17
SATURDAY = 5
PAST_THE_MANAGER = 17  # one in so many reports
SENT_BY_MISTAKE, SET_RIGHT = 0.03, 0.1  # shares of all reports

FORMS = {
    Kind.AGGRESSION.value: (["verbal"], ["verbal", "destruction"], ["physical"]),
    Kind.THREAT.value: (["personal_threat"], ["verbal", "personal_threat"], ["family_threat", "at_home"], ["doxing"]),
    Kind.DISCRIMINATION.value: (["discrimination"], ["sexual"], ["verbal", "discrimination"]),
}
MOTIVES = ("frustration", "frustration", "frustration", "instrumental", "uncontrolled", "unknown")

Deed = Callable[[datetime], None]
Event = tuple[datetime, Deed]


@dataclass
class Case:
    """One report on its way: what is told, by whom, and (once it was sent) the incident."""

    story: dict[str, Any]
    victim: Person
    reporter: Person
    key: UUID
    incident: Incident | None = None

    def now(self) -> Incident:
        """The incident as it stands in the database."""
        if self.incident is None:
            raise LookupError("this report was not sent yet")
        return Incident.objects.get(pk=self.incident.pk)


def in_office_hours(moment: datetime) -> datetime:
    """The moment itself when somebody is at work, else the next morning on which people are."""
    local = timezone.localtime(moment)
    if local.hour >= CLOSES:
        local = (local + timedelta(days=1)).replace(hour=OPENS)
    elif local.hour < OPENS:
        local = local.replace(hour=OPENS)
    while local.weekday() >= SATURDAY:
        local += timedelta(days=1)
    return local


def _send(case: Case, facts: Facts, at: datetime) -> None:
    case.incident = actions.report(
        facts=facts,
        happened_to=case.victim,
        by=case.reporter,
        at=at,
        submission_key=case.key,
        sending=_sending(case),
    )


def _sending(case: Case) -> actions.Sending:
    """Now and then past the own manager; of those who report for another, half saw it happen."""
    receiver = Receiver.COORDINATOR if case.key.int % PAST_THE_MANAGER == 0 else Receiver.MANAGER
    return actions.Sending(by_whom=ByWhom.WITNESS if case.key.int % 2 else ByWhom.COLLEAGUE, receiver=receiver)


def _handler(case: Case, at: datetime) -> Person:
    """Whoever is nearest: a manager of the department who is not the victim, else the coordinator."""
    nearby = handlers_for(case.now(), on=timezone.localdate(at)).exclude(pk=case.victim.pk)
    near = nearby.filter(department=case.victim.department).exclude(name=COORDINATOR).first()
    return near or nearby.get(name=COORDINATOR)


def _care(case: Case, duty: Duty, outcome: Outcome, dice: Random, at: datetime) -> None:
    incident = case.now()
    victim = Concerned.objects.select_related("incident", "person").get(incident=incident, person=case.victim)
    words = dice.choice(read("care")["talks"]) if outcome is Outcome.HELD and duty is not Duty.CONTACT else {}
    why = read("care")["declined"] if outcome is Outcome.DECLINED else ""
    spoken = Spoken(outcome, timezone.localdate(at), words.get("need", ""), words.get("agreed", ""), why)
    steps.record_care_moment(concerned=victim, duty=duty, spoken=spoken, by=_carer(case, at), at=at)
    for seen in Concerned.objects.filter(incident=incident, capacity=Capacity.WITNESS, state=CareState.RUNNING):
        spoken = Spoken(Outcome.HELD, timezone.localdate(at))
        steps.record_care_moment(concerned=seen, duty=duty, spoken=spoken, by=_carer(case, at), at=at)


def _carer(case: Case, at: datetime) -> Person:
    """A manager who has no part in it, else one of the care team."""
    past = case.now().receiver != Receiver.MANAGER
    roles = [Role.CARE_TEAM] if past else CARE_ROLES
    near = people_with(*roles, on=timezone.localdate(at), department=case.victim.department)
    free = near.exclude(pk__in=[case.victim.pk, case.reporter.pk])
    return free.order_by("-department__code", "name").first() or case.reporter


def _pick_up(case: Case, coordinator: Person, at: datetime) -> None:
    incident = case.now()
    actions.record_reading(incident=incident, by=coordinator, at=at)
    to = _handler(case, at)
    incident = actions.assign(incident=incident, to=to, by=coordinator, at=at, seen=incident.version)
    incident = actions.change_status(
        incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=at, seen=incident.version
    )
    if incident.kind in FORMS:
        dice = Random(case.key.int)  # noqa: S311  a story, not a secret
        forms, motive = dice.choice(FORMS[incident.kind]), dice.choice(MOTIVES)
        actions.sort(incident=incident, forms=forms, motive=motive, by=coordinator, at=at, seen=incident.version)


def _police(case: Case, coordinator: Person, dice: Random, at: datetime) -> None:
    decide_about_police(incident=case.now(), by=coordinator, at=at, dice=dice)


def _answer(case: Case, text: str, at: datetime) -> None:
    incident = case.now()
    actions.give_feedback(incident=incident, text=text, by=_handler(case, at), at=at, seen=incident.version)


def _add(case: Case, text: str, at: datetime) -> None:
    actions.add_details(incident=case.now(), text=text, by=case.reporter, at=at)


def _correct(case: Case, place: str, at: datetime) -> None:
    incident = case.now()
    if incident.status not in ENDED:
        told = replace(actions.told_in(incident=incident), place=place, occurred_uncertain=True)
        actions.correct(incident=incident, told=told, by=case.reporter, at=at, seen=incident.version)


def _take_back(case: Case, reason: str, at: datetime) -> None:
    incident = case.now()
    actions.withdraw(incident=incident, reason=reason, by=case.reporter, at=at, seen=incident.version)


def _close(case: Case, coordinator: Person, at: datetime) -> None:
    """Close when nothing is owed any more; else it stays open, as in life."""
    incident = case.now()
    if incident.status == Status.IN_PROGRESS and not open_duties(incident, at=at):
        actions.change_status(incident=incident, to=Status.CLOSED, by=coordinator, at=at, seen=incident.version)


def _facts(story: dict[str, Any], at: datetime, dice: Random) -> Facts:
    earlier = timedelta(minutes=dice.choice([0, 0, 0, 20, 90, 300, 1500]))
    return Facts(
        kind=Kind(story["kind"]),
        channel=Channel(story["channel"]),
        occurred_at=at - earlier,
        safety=dice.choices([Safety.YES, Safety.UNKNOWN, Safety.NO], [86, 10, 4])[0],
        place=story.get("place", ""),
        words=story["words"] if dice.random() < 0.85 else "",
        occurred_uncertain=earlier > timedelta(hours=4),
    )


def _after(start: datetime, dice: Random, usual_hours: int, *, late: float) -> datetime:
    """A moment after `start` in office hours: about `usual_hours` later, and with chance `late` far too late."""
    hours = usual_hours * dice.uniform(0.25, 1.0) * (dice.uniform(2.5, 5) if dice.random() < late else 1)
    return in_office_hours(start + timedelta(hours=hours))


def _life(case: Case, sent_at: datetime, town: Town, dice: Random) -> Iterator[Event]:
    """Everything that happens to one report, in the order of a usual case."""
    coordinator, answers = town.people[COORDINATOR], read("answers")
    outcome = Outcome.DECLINED if dice.random() < 0.12 else Outcome.HELD
    yield sent_at, partial(_send, case, _facts(case.story, sent_at, dice))
    if dice.random() < 0.2:
        yield _after(sent_at, dice, 30, late=0), partial(_add, case, dice.choice(answers["details"]))
    seldom = Random(case.key.int ^ 1)  # noqa: S311  what happens to a few reports leaves the dice of all others alone
    if seldom.random() < SENT_BY_MISTAKE:
        yield _after(sent_at, seldom, 8, late=0), partial(_take_back, case, seldom.choice(answers["taken_back"]))
        return
    if seldom.random() < SET_RIGHT and case.story.get("place"):
        yield _after(sent_at, seldom, 6, late=0), partial(_correct, case, seldom.choice(answers["places"]))
    yield _after(sent_at, dice, 20, late=0.12), partial(_pick_up, case, coordinator)
    yield _after(sent_at, dice, 18, late=0.15), partial(_care, case, Duty.CONTACT, Outcome.HELD, dice)
    yield _after(sent_at, dice, 66, late=0.15), partial(_care, case, Duty.RECEPTION_TALK, outcome, dice)
    for duty, days in LATER_TALKS:
        yield _after(sent_at + days, dice, 24, late=0.1), partial(_care, case, duty, Outcome.HELD, dice)
    yield _after(sent_at, dice, 44, late=0.1), partial(_police, case, coordinator, Random(case.key.int))  # noqa: S311  a demo throws dice
    answered_at = _after(sent_at, dice, 110, late=0.2)
    yield answered_at, partial(_answer, case, dice.choice(answers["feedback"]))
    yield _after(answered_at, dice, 24 * 25, late=0), partial(_close, case, coordinator)


def _case(town: Town, dice: Random) -> Case:
    story = dice.choice(read("stories"))
    team = town.teams[story["department"]]
    victim = dice.choice(team)
    others = [person for person in team if person is not victim]
    reporter = dice.choice(others) if dice.random() < 0.15 else victim
    return Case(story, victim, reporter, UUID(int=dice.getrandbits(128), version=4))


def year_of_reports(town: Town, *, until: datetime, dice: Random, reports: int = REPORTS) -> list[Event]:
    """All events of the year before `until`, oldest first. A third of the last two weeks' waits untouched."""
    events: list[Event] = []
    for number in range(reports):
        age = YEAR * ((number + dice.random()) / reports) ** 1.25  # more of them lately: people learn to report
        sent_at = min(in_office_hours(until - age - timedelta(minutes=40)), until - timedelta(minutes=40))
        life = list(_life(_case(town, dice), sent_at, town, dice))
        neglected = age < FORTNIGHT and number % 3 == 1
        events += life[:1] if neglected else [event for event in life if event[0] < until]
    return sorted(events, key=lambda event: event[0])
