"""Checking the chain: a worker does it, every day and on request, and whoever asked comes back for the outcome."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from bolwerk.audit.actions.recording import record
from bolwerk.audit.models import Check
from bolwerk.audit.queries.lines import length
from bolwerk.audit.queries.verification import verify
from bolwerk.audit.rules.anchors import NoAnchorsError, read_anchors
from bolwerk.audit.rules.things import CHAIN

PATIENCE = timedelta(hours=1)  # a check that has not ended by then is taken for lost, and another may be asked for


@transaction.atomic
def ask_check(*, by: str, at: datetime) -> tuple[Check, bool]:
    """Ask for a check and say whether it is a new one: while one is under way, that one answers everybody."""
    running = Check.objects.filter(ended_at=None, asked_at__gt=at - PATIENCE).first()
    if running is not None:
        return running, False
    check = Check.objects.create(asked_by=by, asked_at=at, lines_to_do=length())
    record("audit.check.asked", subject=CHAIN, actor=by, at=at)
    return check, True


def carry_out(*, check_id: UUID, now: Callable[[], datetime]) -> None:
    """Do a check and keep what it found. It may begin again after a worker died; one that ended stays as it is."""
    open_check = Check.objects.filter(pk=check_id, ended_at=None)
    check = open_check.first()
    if check is None:
        return
    verdict = verify(anchors=_own_anchors(), tell=lambda lines: open_check.update(lines_done=lines))
    found = {"fault": verdict.fault or "", "at_line": verdict.at_line, "vouched": verdict.vouched}
    at = now()
    with transaction.atomic():
        if open_check.update(ended_at=at, lines_done=verdict.lines, **found):
            record(
                "audit.check.done",
                subject=CHAIN,
                actor=check.asked_by,
                at=at,
                lines=verdict.lines,
                fault=verdict.fault.value if verdict.fault else "",
                at_line=verdict.at_line,
            )


def _own_anchors() -> Mapping[int, set[str]]:
    """The anchors in the file that the settings name, when this machine can read it; none otherwise."""
    file = Path(settings.AUDIT_ANCHOR_FILE) if settings.AUDIT_ANCHOR_FILE else None
    if file is None or not file.is_file():
        return {}
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return read_anchors(lines)
    except (NoAnchorsError, OSError):
        return {}
