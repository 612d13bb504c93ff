"""Setting: the municipality's own ladder and terms."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.rules import Term
from bolwerk.incidents.models import LadderStep, ResponseTerm
from bolwerk.incidents.rules.ladder import Rung, Step
from bolwerk.incidents.rules.objections import Period


@transaction.atomic
def set_ladder_step(*, step: Step, rung: Rung | None, by: Person, at: datetime) -> None:
    """Give a step the municipality's own row, or (None) go back to the default.

    Measures that run keep their decider.
    """
    if rung is None:
        LadderStep.objects.filter(step=step).delete()
    else:
        row = {
            "decider": rung.decider,
            "most_months": rung.most_months,
            "within_days": rung.within.amount if rung.within else None,
            "needs": sorted(rung.needs),
            "source": rung.source,
        }
        LadderStep.objects.update_or_create(step=step, defaults=row)
    subject = f"urn:bolwerk:incidents:ladder:{step.value}"
    record("incidents.ladder.set", subject=subject, actor=by.urn, at=at, own=rung is not None)


@transaction.atomic
def set_period(*, period: Period, term: Term | None, by: Person, at: datetime) -> None:
    """Give a term of this track the municipality's own length, or (None) go back to the default."""
    if term is None:
        ResponseTerm.objects.filter(period=period).delete()
    else:
        chosen = {"amount": term.amount, "unit": term.unit.value, "source": term.source}
        ResponseTerm.objects.update_or_create(period=period, defaults=chosen)
    subject = f"urn:bolwerk:incidents:ladder:{period.value}"
    record("incidents.ladder.set", subject=subject, actor=by.urn, at=at, own=term is not None)
