"""How long work lists, moves of rules and studies about areas are kept, and how they go."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.models import StageChange, Study, WorkItem, WorkList
from bolwerk.vault.actions import kept_whole, present_in
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

DIGITS = 8  # bytes of chance that stand for an object whose address went


def worklists_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[WorkList]:
    """Work lists that were drawn before a moment, and that still have what this stage takes away."""
    over = WorkList.objects.filter(at__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_worklists(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out which objects they were and what was said of them by whom; or destroy lists whole.

    What looking gave stays after the first stage, each under a number of chance: how often a rule was right is counted
    without an address.
    """
    if stage is Stage.RECORD:
        WorkList.objects.filter(pk__in=keys).delete()
        return
    for item in WorkItem.objects.filter(list__in=keys):
        item.object_id, item.place, item.reason = secrets.token_hex(DIGITS), "", ""
        item.by, item.finding = None, None
        item.save(update_fields=["object_id", "place", "reason", "by", "finding"])
    WorkList.objects.filter(pk__in=keys).update(erased_at=at)


# No line of the selection list is about looking at findings of a rule; the archivist decides (domain notes §8.7).
WORKLIST_RETENTION = Kind(
    code="hub.worklist",
    name=_("Work lists"),
    begins=_("the day on which the list was drawn"),
    goes=_("The addresses, and what was said of them by whom, go. What looking gave stays, to count how often right."),
    default=Rule(
        code="12.1",
        personal=Period(years=1),
        record=Period(years=5),
        source=_("As the findings that they come from."),
        verified=False,
    ),
    began_field="at",
    waiting=worklists_waiting,
    present=present_in(model=WorkList),
    erase=erase_worklists,
)

STAGE_RETENTION = Kind(
    code="hub.stage",
    name=_("Moves of rules"),
    begins=_("the day on which the rule was moved"),
    goes=_("Who moved the rule and why goes whole. The stage of the rule stays as it is."),
    default=Rule(
        code="12.1",
        personal=None,
        record=Period(years=5),
        source=_("As the findings that rested on it."),
        verified=False,
    ),
    **kept_whole(model=StageChange, began_field="at"),
)

STUDY_RETENTION = Kind(
    code="hub.study",
    name=_("Looks ahead and other counts by area"),
    begins=_("the day on which it was worked out"),
    goes=_("The counts per area go whole. There is no address and no person in them."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=5),
        source=_("Choice of Bolwerk: long enough to hold a look ahead against what came of it."),
        verified=False,
    ),
    **kept_whole(model=Study, began_field="made_at"),
)
