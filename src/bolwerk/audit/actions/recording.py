"""Adding lines. Every writer waits for the one head row, so that there is one chain, however many write at once."""

from datetime import datetime

from django.db import transaction

from bolwerk.audit.middleware import current_trace_id
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.chain import Fact, canonical_facts, chained_hash
from bolwerk.audit.rules.contents import check

SYSTEM = "urn:bolwerk:system"  # the actor of what happens by itself: a clock, a command


@transaction.atomic
def record(event: str, *, subject: str, actor: str, at: datetime, reason: str = "", **facts: Fact) -> Line:
    """Add one line to the trail, in the transaction of the caller, and return it.

    `event` is a dotted code such as `incidents.incident.read`; `subject` and `actor` are URNs (`Person.urn`, SYSTEM).
    `facts` are short codes and counts: never content, never personal data; NotForTheTrailError says what was refused.
    Call it last in an action: from here until the end of the transaction other writers wait.
    """
    check(event=event, subject=subject, actor=actor, reason=reason, facts=facts)
    trace_id = current_trace_id()
    facts_json = canonical_facts(facts)
    head = _locked_head()
    line = Line(
        sequence=head.sequence + 1,
        at=at,
        event=event,
        subject=subject,
        actor=actor,
        reason=reason,
        trace_id=trace_id,
        facts_json=facts_json,
        previous_hash=head.hash,
    )
    line.hash = chained_hash(
        previous_hash=head.hash,
        sequence=line.sequence,
        at=at,
        words=(event, subject, actor, reason, trace_id),
        facts=facts_json,
    )
    line.save(force_insert=True)  # the database moves the head with it (migration 0002)
    return line


@transaction.atomic(durable=True)
def record_apart(event: str, *, subject: str, actor: str, at: datetime, reason: str = "", **facts: Fact) -> Line:
    """Add a line that stands by itself: a denial or a read must be there even when what follows fails.

    Raises RuntimeError inside a transaction, whose rollback would take the line with it.
    """
    return record(event, subject=subject, actor=actor, at=at, reason=reason, **facts)


def _locked_head() -> Head:
    """The head, locked until the end of the transaction. An empty trail gets its head here."""
    locked = Head.objects.select_for_update()
    return locked.filter(pk=1).first() or locked.get_or_create(pk=1)[0]
