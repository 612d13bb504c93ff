"""How the chain stands: its end, when it was last checked and with what outcome, and where it was last anchored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.models import Check, Line
from bolwerk.audit.queries.verification import Fault
from bolwerk.audit.rules.anchors import Anchor
from bolwerk.audit.rules.things import PEER

ANCHORED, RECEIVED = "audit.head.anchored", "audit.anchor.received"
WHERE: dict[str, str | Promise] = {
    "file": _("in a file"),
    "mail": _("in a mailbox"),
    "installation": _("at another installation"),
}
FAULTS: dict[str, str | Promise] = {
    Fault.CHANGED: _("Line %(line)s is not the line that was written."),
    Fault.MISSING: _("Line %(line)s is missing."),
    Fault.ADDED: _("Line %(line)s was never written by Bolwerk."),
    Fault.CUT: _("The log was cut off: line %(line)s and what followed is missing."),
    Fault.RECOMPUTED: _(
        "The log was computed anew: line %(line)s is not the line that was anchored. The first bad line is after line "
        "%(vouched)s and at most line %(line)s."
    ),
}


@dataclass(frozen=True)
class Anchored:
    """The last anchor: which line, when, and in what kind of place."""

    line: int
    at: datetime
    where: str | Promise


@dataclass(frozen=True)
class State:
    """What a page says about the chain. `check` is the last one that ended, `running` one under way."""

    lines: int
    last_at: datetime | None
    hash: str
    check: Check | None
    running: Check | None
    anchored: Anchored | None


def state_of_chain() -> State:
    """How the chain stands now. Four small questions, however long it is."""
    last = Line.objects.order_by("-sequence").first()
    running = Check.objects.filter(ended_at=None).first()
    ended = Check.objects.exclude(ended_at=None).order_by("-ended_at").first()
    return State(
        lines=last.sequence if last else 0,
        last_at=last.at if last else None,
        hash=last.hash if last else "",
        check=ended,
        running=running if running and (ended is None or ended.asked_at < running.asked_at) else None,
        anchored=_anchored(),
    )


def last_checks(*, most: int = 10) -> list[Check]:
    """The last checks, newest first."""
    return list(Check.objects.all()[:most])


def fault_in_words(check: Check) -> str:
    """What a check found, as a sentence; empty when all was well."""
    words = {"line": check.at_line, "vouched": check.vouched}
    return str(FAULTS[Fault(check.fault)]) % words if check.fault else ""


def anchors_of(peer: str) -> Iterator[Anchor]:
    """What was kept here for another installation, oldest first: with these it can verify its own trail."""
    for line in Line.objects.filter(subject=f"{PEER}{peer}", event=RECEIVED).order_by("at", "sequence").iterator():
        facts = line.facts
        yield Anchor(int(facts["line"] or 0), str(facts["hash"]), str(facts["anchored_at"]))


def _anchored() -> Anchored | None:
    line = Line.objects.filter(event=ANCHORED).order_by("-at", "-sequence").first()
    if line is None:
        return None
    facts = line.facts
    return Anchored(line=int(facts["line"] or 0), at=line.at, where=WHERE.get(str(facts["by"]), str(facts["by"])))
