"""The seven questions: answered at ease, by whoever reported it, whom it happened to, or a handler."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.noting import REPORTING, note
from bolwerk.incidents.models import Incident, SevenWs
from bolwerk.incidents.rules.seven_ws import Answers


@transaction.atomic
def write_seven_ws(*, incident: Incident, answers: Answers, by: Person, at: datetime, seen: int) -> SevenWs:
    """Write the answers. Raises ChangedMeanwhileError when they moved on since version `seen` (0: there were none)."""
    now = Incident.objects.select_for_update().get(pk=incident.pk)  # so that two first answers cannot both win
    known = SevenWs.objects.filter(incident=now).first()
    if (known.version if known else 0) != seen or now.erased_at is not None:
        raise ChangedMeanwhileError
    values = asdict(answers) | {"by": by, "at": at, "version": seen + 1}
    row, _new = SevenWs.objects.update_or_create(incident=now, defaults=values)
    note("incidents.seven_ws.written", incident=incident, by=by, at=at, activity=REPORTING)
    return row


def record_seven_ws_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody opened the answers."""
    note("incidents.seven_ws.read", incident=incident, by=by, at=at, activity=REPORTING)
