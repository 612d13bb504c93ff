"""Reading the trail is a line in the trail: there before anything of it is on the screen, by itself (record_apart)."""

from datetime import datetime

from bolwerk.audit.actions.recording import record_apart
from bolwerk.audit.models import Line
from bolwerk.audit.rules.things import PROCESSING, TRAIL


def note_reading(*, by: str, shown: int, filters: str, about: str = "", at: datetime) -> None:
    """Write down that somebody looked in the trail: how many lines, and by which filters (their names).

    When it was narrowed to one thing or one person (`about`, a URN), the line is about that.
    """
    record_apart("audit.trail.read", subject=about or TRAIL, actor=by, at=at, shown=shown, filters=filters)


def note_opening(*, line: int, by: str, at: datetime) -> None:
    """Write down that somebody opened one line with all its details."""
    record_apart("audit.line.read", subject=TRAIL, actor=by, at=at, line=line)


def note_export(*, by: str, rows: int, reason: str, filters: str, about: str = "", at: datetime) -> Line:
    """Write down that lines left the house: how many, by which filters, and why. What leaves is what was before it."""
    return record_apart(
        "audit.trail.exported", subject=about or TRAIL, actor=by, at=at, reason=reason, rows=rows, filters=filters
    )


def note_processing_export(*, by: str, rows: int, reason: str, at: datetime) -> None:
    """Write down that lines of the processing log left the house: how many, and why."""
    record_apart("audit.processing.exported", subject=PROCESSING, actor=by, at=at, reason=reason, rows=rows)


def note_extract(*, person: str, by: str, rows: int, reason: str, with_names: bool, at: datetime) -> None:
    """Write down that an extract about a person was drawn: for whom, how many lines, and why."""
    record_apart(
        "audit.extract.drawn", subject=person, actor=by, at=at, reason=reason, rows=rows, with_names=with_names
    )
