"""Reading: who looked at what is in the trail, before it is on the screen."""

from datetime import datetime
from enum import StrEnum

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.queries.names import FINDINGS, LISTS


class What(StrEnum):
    """What somebody looked at."""

    FINDINGS = "findings"
    MAP = "map"
    FINDING = "finding"
    SOURCES = "sources"
    SOURCE = "source"
    LEFT_OUT = "left_out"
    ASSESSMENT = "assessment"
    JOBS = "jobs"
    JOB = "job"
    EXCLUSIONS = "exclusions"
    YIELDS = "yields"
    WORKLISTS = "worklists"
    WORKLIST = "worklist"
    OUTLOOK = "outlook"
    ERRORS = "errors"


def record_reading(
    *, what: What, by: Person, at: datetime, subject: str = "", shown: int = 1, filters: str = ""
) -> None:
    """Write down that somebody looked: at a thing (`subject`, a URN) or at a list, of which `shown` rows were shown.

    Of a search the names of the filters are kept, never what was searched for.
    """
    about = subject or f"{LISTS}{what.value}"
    record(f"hub.{what.value}.read", subject=about, actor=by.urn, at=at, shown=shown, filters=filters)


def record_export(*, rows: int, reason: str, by: Person, at: datetime) -> None:
    """Write down that findings left the house, how many and why."""
    record("hub.findings.exported", subject=FINDINGS, actor=by.urn, at=at, reason=reason, rows=rows)
