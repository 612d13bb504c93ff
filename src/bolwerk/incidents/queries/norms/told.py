"""What may be said of the norm in a figure: that it holds, and how many teams spoke about it. One question each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from bolwerk.incidents.models import Norm, NormMeeting, NormRule
from bolwerk.incidents.models.norms import ORGANISATION
from bolwerk.incidents.rules.norms import NormState


@dataclass(frozen=True)
class NormTold:
    """The norm that holds: its number, since when, and whether it has house rules for visitors."""

    number: int
    valid_from: date | None
    house_rules: bool


def norm_told(*, on: date) -> NormTold | None:
    """Of the organisation's norm that holds on a day; None when none does."""
    rules = NormRule.objects.filter(norm=OuterRef("pk")).exclude(house_rule="")
    adopted = Norm.objects.filter(scope=ORGANISATION, state=NormState.ADOPTED, valid_from__lte=on)
    row = adopted.annotate(shown=Exists(rules)).values_list("number", "valid_from", "shown").first()
    return NormTold(*row) if row else None


def teams_that_met(*, since: date) -> int:
    """How many departments that are open held a meeting about the norm since a day."""
    held = NormMeeting.objects.filter(held_at__date__gte=since, department__closed_on=None).order_by()
    return held.values("department").distinct().count()
