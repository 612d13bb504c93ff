"""What changes here, and what leaves: each with a line in the trail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.overview.models import Statement
from bolwerk.overview.safety.queries.sayings import HALF_YEAR, PAPER
from bolwerk.overview.safety.rules import EmployerMeasure, Said, check_said


@transaction.atomic
def state_measure(*, measure: EmployerMeasure, said: Said, by: Person, at: datetime) -> Statement:
    """Write down how a measure stands. Raises FutureDayError."""
    check_said(said, on=timezone.localdate(at))
    stated = Statement.objects.create(measure=measure, said=said.text, as_of=said.as_of, proof=said.proof, by=by, at=at)
    record("overview.measure.stated", subject=stated.urn, actor=by.urn, at=at)
    return stated


def record_half_year(*, department: str, year: int, by: Person, at: datetime) -> None:
    """Write down that the half-yearly report of a team left the house; `department` is its URN."""
    record("overview.half_year.taken", subject=f"{HALF_YEAR}{year}", actor=by.urn, at=at, team=department)


def record_privacy_paper(*, code: str, form: str, by: Person, at: datetime) -> None:
    """Write down that a privacy document was made from the settings of that moment."""
    record("overview.privacy_paper.taken", subject=f"{PAPER}{code}", actor=by.urn, at=at, form=form)
