"""Setting: the municipality's own terms."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.rules import Term
from bolwerk.incidents.models import DutyTerm
from bolwerk.incidents.rules import Duty


@transaction.atomic
def set_term(*, duty: Duty, term: Term | None, by: Person, at: datetime) -> None:
    """Give a duty the municipality's own term with its source, or (None) go back to the default.

    It holds for reports from now on: clocks that run keep the term they started with.
    """
    if term is None:
        DutyTerm.objects.filter(duty=duty).delete()
    else:
        chosen = {"amount": term.amount, "unit": term.unit.value, "source": term.source}
        DutyTerm.objects.update_or_create(duty=duty, defaults=chosen)
    record(
        "incidents.term.set",
        subject=f"urn:bolwerk:incidents:term:{duty.value}",
        actor=by.urn,
        at=at,
        amount=term.amount if term else None,
        unit=term.unit.value if term else None,
    )
