"""Setting: the address of the organisation, whom the police can call, and the term of the reminder."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.rules import Term
from bolwerk.incidents.models import PoliceSetting
from bolwerk.incidents.queries.names import POLICE_SETTING


@transaction.atomic
def set_police(*, address: str, contact: str, term: Term, by: Person, at: datetime) -> None:
    """Set what holds here. Clocks that run keep the term they started with."""
    row = {"address": address, "contact": contact, "amount": term.amount, "unit": term.unit.value}
    PoliceSetting.objects.update_or_create(pk=1, defaults=row | {"source": term.source})
    record("incidents.police.set", subject=POLICE_SETTING, actor=by.urn, at=at)
