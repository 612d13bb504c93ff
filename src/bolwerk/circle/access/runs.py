"""Which runs of a case exist for somebody. A red one that is over: for who was there."""

from datetime import date
from typing import NoReturn
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.circle.access.circles import circles_led_by, circles_of
from bolwerk.circle.models import Intervision, Present
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.intervision import OVER


def runs_for(person: Person, circle_id: UUID, *, on: date) -> QuerySet[Intervision]:
    """The runs of a circle for somebody who is in it on a day."""
    mine = circles_of(person, on=on).filter(pk=circle_id).order_by().values("pk")
    was_there = Exists(Present.objects.filter(intervision=OuterRef("pk"), person=person))
    return Intervision.objects.filter(
        Q(case=None) | ~Q(case__level=Level.RED) | ~Q(state__in=OVER) | Q(was_there), circle__in=mine
    )


def run_or_404(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> Intervision:
    """A run of a circle that this person is in, or 404."""
    rows = runs_for(request.user, circle_id, on=timezone.localdate())
    found = rows.select_related("circle", "session", "led_by", "case__member__municipality").filter(pk=run_id).first()
    return found or refuse(request, run_id)


def led_run_or_404(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> Intervision:
    """A run of a circle that this person leads, or 404."""
    found = run_or_404(request, circle_id, run_id)
    leads = circles_led_by(request.user).filter(pk=circle_id).exists()
    return found if leads else refuse(request, run_id)


def refuse(request: SignedInRequest, run_id: UUID) -> NoReturn:
    """404, and a line in the trail."""
    deny(request, subject=f"urn:bolwerk:circle:intervision:{run_id}")


def is_present(run: Intervision, person: Person) -> bool:
    """Whether somebody said to take part."""
    return Present.objects.filter(intervision=run, person=person).exists()
