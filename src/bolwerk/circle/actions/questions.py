"""Asking, offering, answering and solving within a circle."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.access.circles import circles_led_by, taking_part_on
from bolwerk.circle.models import Answer, Card, Circle, Municipality, Question
from bolwerk.circle.queries.names import ANSWER_QUESTION
from bolwerk.circle.rules.questions import (
    ANSWER_WITHIN_WORKING_DAYS,
    QuestionError,
    QuestionKind,
    check_open,
    end_of,
)
from bolwerk.deadlines.actions import cancel, complete, start_clock
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit

ANSWER = "answer"
TERM = Term(ANSWER_WITHIN_WORKING_DAYS, Unit.WORKING_DAYS, "Choice of Bolwerk: two weeks for who is asked by name.")


@dataclass(frozen=True)
class Asked:
    """What is asked or offered, to whom, about which card and until when."""

    kind: QuestionKind
    words: str
    more: str = ""
    to: Municipality | None = None
    card: Card | None = None
    last_day: date | None = None


@transaction.atomic
def ask(*, circle: Circle, asked: Asked, by: Person, at: datetime) -> Question:
    """Ask or offer something. Who is asked by name gets a task. Raises QuestionError for a day that is no good."""
    today = timezone.localdate(at)
    ends_at = end_of(asked.last_day, on=today)
    question = Question.objects.create(
        circle=circle,
        kind=asked.kind,
        to=asked.to,
        card=asked.card,
        words=asked.words,
        more=asked.more,
        by=by,
        at=at,
        ends_at=ends_at,
    )
    if asked.to:
        seats = taking_part_on(today).filter(member__circle=circle, member__municipality=asked.to)
        seat = seats.exclude(person=None).exclude(person=by).select_related("person").order_by("is_deputy").first()
        if seat and seat.person:
            clock = Clock(ANSWER, ANSWER_QUESTION, TERM)
            start_clock(subject=question.urn, clock=clock, owner=Owner(person=seat.person), by=by.urn, at=at)
    record("circle.question.asked", subject=question.urn, actor=by.urn, at=at, kind=asked.kind.value)
    return question


@transaction.atomic
def answer(*, question: Question, words: str, by: Person, at: datetime) -> Answer:
    """Answer. Raises QuestionError when it is over."""
    found = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    check_open(ends_at=found.ends_at, at=at)
    row = Answer.objects.create(question=found, words=words, by=by, at=at)
    complete(subject=found.urn, key=ANSWER, by=by.urn, at=at)
    record("circle.question.answered", subject=found.urn, actor=by.urn, at=at)
    return row


@transaction.atomic
def solve(*, question: Question, by: Person, at: datetime) -> None:
    """Say that it is solved: whoever asked, or who leads the circle. Raises QuestionError for others and when over."""
    found = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    check_open(ends_at=found.ends_at, at=at)
    if found.by_id != by.pk and not circles_led_by(by).filter(pk=found.circle_id).exists():
        raise QuestionError(_("Only who asked says that it is solved."))
    found.solved, found.ends_at = True, at
    found.save(update_fields=["solved", "ends_at"])
    cancel(subject=found.urn, key=ANSWER, by=by.urn, at=at, reason="solved")
    record("circle.question.solved", subject=found.urn, actor=by.urn, at=at)
