"""Noting: what is done with a document stands in two logs, joined by the trace id of the request.

The trail says who did it. The processing log says of whom data was processed, and for which activity; the room that a
document belongs to knows that (DOCUMENT_PEOPLE). What belongs to no room yet is about nobody in particular.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from bolwerk.audit.actions import record, together
from bolwerk.audit.rules.chain import Fact
from bolwerk.processing.actions import log_processing


@together
def note(event: str, *, urn: str, about: str, by: str, at: datetime, **facts: Fact) -> None:
    """Write down that something was done with a document or letter (`urn`) of a subject (`about`), by a URN.

    A fact `reason` is why it was done, where that was asked. Call it last in an action, as `record`: from here until
    the end of the transaction other writers wait.
    """
    reason = str(facts.pop("reason", ""))
    address = settings.DOCUMENT_PEOPLE.get(about.split(":")[2])
    if address is not None:
        activity, people = import_string(address)(about)
        log_processing(activity, name=event, subjects=people, at=at)
    record(event, subject=urn, actor=by, at=at, reason=reason, about=about, **facts)


@transaction.atomic(durable=True)
def note_apart(*, event: str, urn: str, about: str, by: str, at: datetime, **facts: Fact) -> None:
    """As `note`, standing by itself: a reading must be there even when what follows fails."""
    note(event, urn=urn, about=about, by=by, at=at, **facts)
