"""Where an incident stands, and who may take which step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.duties import Duty


class Status(models.TextChoices):
    """Where an incident stands."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Taken back")


class Hat(models.TextChoices):
    """In which capacity somebody looks at one incident. One person can wear several."""

    REPORTER = "reporter", _("Whoever reported it")
    CONCERNED = "concerned", _("Whoever it happened to")
    MANAGER = "manager", _("Manager of the department")
    COORDINATOR = "coordinator", _("Aggression coordinator")
    DECIDER = "decider", _("Decider of a measure")
    CARE_TEAM = "care_team", _("Care team")


HANDLERS = frozenset({Hat.MANAGER, Hat.COORDINATOR})
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN})  # nothing is owed any more, and the time it is kept runs

# Who may take which step. What is not in this table is not allowed.
ALLOWED_STEPS: dict[tuple[Status, Status], frozenset[Hat]] = {
    (Status.NEW, Status.IN_PROGRESS): HANDLERS,
    (Status.NEW, Status.CLOSED): frozenset({Hat.COORDINATOR}),  # sent twice, or by mistake
    (Status.IN_PROGRESS, Status.CLOSED): HANDLERS,
    (Status.CLOSED, Status.IN_PROGRESS): frozenset({Hat.COORDINATOR}),  # reopening keeps the same number
    # A report is its reporter's. The employer can still have a duty to act: then the coordinator goes on with it.
    (Status.NEW, Status.WITHDRAWN): frozenset({Hat.REPORTER}),
    (Status.IN_PROGRESS, Status.WITHDRAWN): frozenset({Hat.REPORTER}),
    (Status.WITHDRAWN, Status.IN_PROGRESS): frozenset({Hat.COORDINATOR}),
}

WITH_REASON = frozenset(
    {
        (Status.NEW, Status.CLOSED),
        (Status.CLOSED, Status.IN_PROGRESS),
        (Status.WITHDRAWN, Status.IN_PROGRESS),
    }
)


class StepNotAllowedError(Exception):
    """The step is not in the table, or not for this person."""


class DutiesOpenError(StepNotAllowedError):
    """An incident cannot be closed while something is still owed to the reporter or the person it happened to."""

    def __init__(self, duties: frozenset["Duty"]) -> None:
        super().__init__(", ".join(sorted(duties)))
        self.duties = duties


class ReasonMissingError(StepNotAllowedError):
    """Closing without handling, and opening again, need a reason that others can read."""


def steps_for(now: Status, hats: frozenset[Hat]) -> list[Status]:
    """The steps that somebody with these hats may take from here, in the order of the statuses."""
    return [to for to in Status if hats & ALLOWED_STEPS.get((now, to), frozenset())]


def needs_reason(now: Status, to: Status) -> bool:
    """Whether this step asks for a reason: closing without handling, and opening again."""
    return (now, to) in WITH_REASON


def check_step(
    now: Status, to: Status, *, hats: frozenset[Hat], open_duties: frozenset[Duty] = frozenset(), reason: str = ""
) -> None:
    """Raise StepNotAllowedError when this step is not in the table for these hats.

    Closing is refused with DutiesOpenError while care or feedback is still owed; a report sent by mistake needs only
    its feedback. ReasonMissingError when the step asks for a reason.
    """
    if to not in steps_for(now, hats):
        raise StepNotAllowedError(f"{now.value} → {to.value}")
    if needs_reason(now, to) and not reason.strip():
        raise ReasonMissingError
    owed = open_duties & {Duty.FEEDBACK} if now is Status.NEW else open_duties
    if to is Status.CLOSED and owed:
        raise DutiesOpenError(owed)
