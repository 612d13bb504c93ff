"""What the programme lead of Zilverdam states of the measures that nobody can count."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.demo.content import read
from bolwerk.overview.safety.actions import state_measure
from bolwerk.overview.safety.rules import EmployerMeasure, Said


def state_measures(*, by: Person, at: datetime) -> None:
    """One statement for each of those in the text."""
    day: date = timezone.localdate(at) - timedelta(days=30)
    for code, row in read("statements").items():
        state_measure(measure=EmployerMeasure(code), said=Said(row["text"], day, row["proof"]), by=by, at=at)
