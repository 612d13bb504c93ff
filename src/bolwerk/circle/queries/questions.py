"""What is asked and offered in a circle, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.circle.access.cards import readable_cards
from bolwerk.circle.access.questions import questions_for
from bolwerk.circle.models import Answer, Card, Circle, Municipality, Participant, Question
from bolwerk.circle.rules.questions import QuestionKind

PAST_SHOWN = 20


@dataclass(frozen=True)
class Asking:
    """The page of questions: what stands, what is offered, and what is over."""

    questions: list[Question]
    offers: list[Question]
    past: list[Question]


def asked_in(circle: Circle, *, at: datetime) -> Asking:
    """What is asked and offered in a circle, with the number of answers. One query."""
    rows = Question.objects.filter(circle=circle).select_related("to", "by").annotate(answer_count=Count("answers"))
    standing = [row for row in rows.order_by("-at")[:200] if row.ends_at > at]
    past = rows.filter(ends_at__lte=at).order_by("-ends_at")[:PAST_SHOWN]
    return Asking(
        questions=[row for row in standing if row.kind == QuestionKind.ASK],
        offers=[row for row in standing if row.kind == QuestionKind.OFFER],
        past=list(past),
    )


def answers_to(question: Question) -> QuerySet[Answer]:
    """What was answered, in order."""
    return question.answers.select_related("by")


def seats_of(circle: Circle, people: Iterable[UUID]) -> dict[UUID, str]:
    """For which municipality each of these people takes part in a circle, or took part."""
    rows = Participant.objects.filter(member__circle=circle, person__in=set(people))
    return dict(rows.values_list("person_id", "member__municipality__name"))


def municipalities_in(circle: Circle) -> QuerySet[Municipality]:
    """Whom one can ask by name."""
    return Municipality.objects.filter(memberships__circle=circle, memberships__left_on=None).distinct()


def card_named(key: str) -> Card | None:
    """The card that a question is about, when the address names one of the library."""
    try:
        return readable_cards().filter(pk=UUID(key)).first()
    except ValueError:
        return None


def forum() -> str:
    """Where people talk at length: an address of the municipality's own choice, or nothing."""
    address = str(settings.CIRCLE_FORUM)
    return address if address.startswith("https://") else ""


def question_address(key: UUID, person: Person, on: date) -> str | None:
    """The page of a question for this person, or None."""
    there = questions_for(person, on=on).filter(pk=key).exists()
    return reverse("circle:question", args=[key]) if there else None
