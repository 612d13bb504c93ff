"""Care in Zilverdam beyond the usual: a witness, help, absence, a request, a case for the inspectorate."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.audit.middleware import traced
from bolwerk.demo.content import read
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.actions.care.people import Known, Step
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.rules import Hat, Kind
from bolwerk.incidents.rules.care import Capacity, CareEvent, CareState
from bolwerk.incidents.rules.care_help import Absence, Help, HelpKind, WishKind
from bolwerk.incidents.rules.care_rating import AT_THE_END, Question, Rating
from bolwerk.incidents.rules.inspectorate import Harm, Notice

ANSWERING, RATINGS = 0.66, 3
LIKELY = {Question.ON_TIME: [60, 30, 10], Question.HEARD: [75, 20, 5], Question.HELPED: [55, 35, 10]}  # yes, partly, no
A_DAY, A_FEW_HOURS = timedelta(days=1), timedelta(hours=4)


def add_care(*, at: datetime) -> None:
    """What the pages of care show: each story on a report of its own, the latest ones first."""
    told, cases = read("care"), _cases(at)
    carer = people_with(Role.CARE_TEAM, on=timezone.localdate(at)).order_by("name").first()
    if carer is None:
        return
    _rate(at, Random(RATINGS))  # noqa: S311  a demo throws dice
    for story in (_witness, _ask, _help_and_absence, _hospital, _by_mistake):
        with traced():
            story(next(cases), told, carer, at)


def _cases(at: datetime) -> Iterator[Concerned]:
    """Whoever it happened to, where care still runs; the latest reports first."""
    kinds = [Kind.AGGRESSION, Kind.THREAT]
    rows = Concerned.objects.filter(capacity=Capacity.VICTIM, state=CareState.RUNNING, incident__kind__in=kinds)
    late = rows.filter(incident__reported_at__lt=at - 2 * A_DAY, incident__care__erased_at=None)
    return iter(late.select_related("incident__department", "person").order_by("-incident__reported_at"))


def _colleague(incident: Incident) -> Person | None:
    team: QuerySet[Person] = Person.objects.filter(is_active=True, department=incident.department)
    return team.exclude(pk__in=[incident.happened_to_id, incident.reporter_id]).order_by("name").first()


def _witness(case: Concerned, told: dict[str, Any], carer: Person, at: datetime) -> None:
    """A colleague saw it, and a visitor by name; the colleague wants no care."""
    moment, colleague = at - A_DAY, _colleague(case.incident)
    visitor = Known(Capacity.BYSTANDER, name=told["visitor"])
    steps.add_concerned(incident=case.incident, known=visitor, by=carer, at=moment)
    if colleague is not None:
        known = Known(Capacity.WITNESS, colleague)
        seen = steps.add_concerned(incident=case.incident, known=known, by=carer, at=moment)
        step = Step(CareEvent.DECLINE, frozenset({Hat.CONCERNED}), seen.version, told["declined"])
        steps.move_care(concerned=seen, step=step, by=colleague, at=at)


def _ask(case: Concerned, told: dict[str, Any], carer: Person, at: datetime) -> None:
    """Whoever it happened to asks two things: one was answered."""
    for kind, words in zip((WishKind.HELP, WishKind.OTHER_MOMENT), told["asked"], strict=True):
        wish = steps.ask_for_care(concerned=case, kind=kind, words=words, by=case.incident.happened_to, at=at - A_DAY)
        if kind is WishKind.HELP:
            steps.answer_wish(wish=wish, answer=told["answered"], by=carer, at=at - A_FEW_HOURS)


def _help_and_absence(case: Concerned, told: dict[str, Any], carer: Person, at: datetime) -> None:
    """Absent for a week, with an appointment at the occupational doctor."""
    day = timezone.localdate(case.incident.reported_at)
    steps.write_absence(concerned=case, absence=Absence(day - 8 * A_DAY), by=carer, at=at)
    arranged = Help(HelpKind.OCCUPATIONAL_DOCTOR, timezone.localdate(at), told["arranged"])
    steps.arrange_help(concerned=case, arranged=arranged, by=carer, at=at)


def _hospital(case: Concerned, _told: dict[str, Any], carer: Person, at: datetime) -> None:
    """Somebody was admitted, and the inspectorate was told the same day."""
    found = steps.say_harm(incident=case.incident, harm=Harm.ADMISSION, by=carer, at=at - A_DAY)
    notice = Notice(timezone.localdate(at - A_DAY), "2026-0417")
    steps.report_to_inspectorate(case=found, notice=notice, by=carer, at=at - A_DAY)


def _by_mistake(case: Concerned, told: dict[str, Any], carer: Person, at: datetime) -> None:
    """Written down at the wrong report, and taken back."""
    found = steps.say_harm(incident=case.incident, harm=Harm.PERMANENT, by=carer, at=at - A_DAY)
    steps.undo_harm(case=found, why=told["mistake"], by=carer, at=at - A_FEW_HOURS)


def _rate(at: datetime, dice: Random) -> None:
    """Two of three people whose care is over answer the questions, and each quarter they are published."""
    over = Concerned.objects.filter(state__in=AT_THE_END, incident__care__erased_at=None).exclude(person=None)
    rated = []
    for one in over.select_related("incident").prefetch_related("moments").order_by("added_at", "pk"):
        last = max((moment.at for moment in one.moments.all()), default=one.added_at)
        if dice.random() < ANSWERING:
            rated.append((min(last + A_DAY, at), one))
    for moment, one in sorted(rated, key=lambda pair: pair[0]):
        answers = {question: dice.choices(list(Rating), LIKELY[question])[0] for question in Question}
        steps.rate_care(concerned=one, answers=answers, at=moment)
    steps.publish_due_ratings(at=at)
