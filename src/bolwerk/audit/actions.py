"""Writing in the trail: the one door to it."""

from datetime import datetime

from django.db import transaction

from bolwerk.audit.middleware import current_trace_id
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules import Fact, chained_hash

SYSTEM = "urn:bolwerk:system"  # the actor of what happens by itself: a clock, a command


@transaction.atomic
def record(event: str, *, subject: str, actor: str, at: datetime, reason: str = "", **facts: Fact) -> Line:
    """Add one line to the trail, in the transaction of the caller, and return it.

    `event` is a dotted code such as `incidents.incident.read`; `subject` and `actor` are URNs (`Person.urn`, SYSTEM).
    `facts` are short codes and counts: never content, never personal data. The head row is locked first, so that
    parallel writers form one chain.
    """
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    trace_id = current_trace_id()
    sequence = head.sequence + 1
    digest = chained_hash(
        previous_hash=head.hash, sequence=sequence, at=at, words=(event, subject, actor, reason, trace_id), facts=facts
    )
    line = Line.objects.create(
        sequence=sequence,
        at=at,
        event=event,
        subject=subject,
        actor=actor,
        reason=reason,
        trace_id=trace_id,
        facts=facts,
        previous_hash=head.hash,
        hash=digest,
    )
    Head.objects.filter(pk=1).update(sequence=sequence, hash=digest)
    return line
