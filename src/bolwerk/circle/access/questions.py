"""Questions exist for whoever is in their circle, and for nobody else."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.circle.access.circles import circles_of
from bolwerk.circle.models import Question


def questions_for(person: Person, *, on: date) -> QuerySet[Question]:
    """The questions of the circles in which this person is."""
    circles = circles_of(person, on=on).order_by().values("pk")
    return Question.objects.filter(circle__in=circles).select_related("circle", "to", "by", "card")


def question_or_404(request: SignedInRequest, question_id: UUID) -> Question:
    """A question of a circle in which this person is, or 404."""
    found = questions_for(request.user, on=timezone.localdate()).filter(pk=question_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:question:{question_id}")
