"""Adding lines: one for each person whose data is processed, in the transaction of the processing itself."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex

from django.db import transaction

from bolwerk.audit.middleware import current_trace_id
from bolwerk.crypto.keyfile import current_ring
from bolwerk.processing.models import Operation, Status, Subject
from bolwerk.processing.queries.activities import activity_now
from bolwerk.processing.rules.identities import identity
from bolwerk.processing.rules.index import indexers

TRACE_BYTES, OPERATION_BYTES = 16, 8  # W3C Trace Context
ROWS_AT_ONCE = 1_000


def log_processing(
    activity: str,
    *,
    name: str,
    subjects: Iterable[str],
    at: datetime,
    ended_at: datetime | None = None,
    status: Status = Status.OK,
) -> int:
    """Write down that data of these people was processed for an activity, and return how many lines that took.

    `activity` is a code of the register, `name` the event of the trail that tells the same, `subjects` identities:
    `person.urn`, or `bsn:` with the number. One line per person, none left out; without people there is one line that
    is about nobody in particular. Lines of one request share its trace id with the trail.
    Raises UnknownActivityError and NotAnIdentityError, before anything is written.
    """
    current = activity_now(activity)
    wanted = list(dict.fromkeys(identity(text) for text in subjects))
    trace_id = current_trace_id() or token_hex(TRACE_BYTES)
    with transaction.atomic(savepoint=False):  # a line that cannot be written takes along what it is about
        people: list[Subject | None] = [*_subjects(wanted)] or [None]
        Operation.objects.bulk_create(
            (
                Operation(
                    trace_id=trace_id,
                    operation_id=token_hex(OPERATION_BYTES),
                    name=name,
                    status_code=status,
                    started_at=at,
                    ended_at=ended_at or at,
                    activity=current.code,
                    activity_version=current.version,
                    subject=person,
                )
                for person in people
            ),
            batch_size=ROWS_AT_ONCE,
        )
    return len(people)


def _subjects(wanted: list[str]) -> list[Subject]:
    """The rows of these people, in the order given; who is new here gets a row."""
    found: dict[str, Subject] = {}
    for first in range(0, len(wanted), ROWS_AT_ONCE):
        found |= _rows_of(wanted[first : first + ROWS_AT_ONCE])
    return [found[text] for text in wanted]


def _rows_of(wanted: list[str]) -> dict[str, Subject]:
    """The rows of at most ROWS_AT_ONCE people. Somebody else may add the same person now: the first row counts."""
    current, *others = indexers(current_ring())
    named = {indexer.index_of(text): text for indexer in (*others, current) for text in wanted}
    found = _known(named)
    fresh = [
        Subject(identity=text, index=current.index_of(text), index_key=current.key_id)
        for text in wanted
        if text not in found
    ]
    if fresh:
        Subject.objects.bulk_create(fresh, ignore_conflicts=True)
        found |= _known({bytes(row.index): named[bytes(row.index)] for row in fresh})
    return found


def _known(named: dict[bytes, str]) -> dict[str, Subject]:
    rows = Subject.objects.filter(index__in=list(named)).defer("identity")
    return {named[bytes(row.index)]: row for row in rows}
