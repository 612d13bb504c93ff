"""How long findings and what was done with them are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.models import Batch, Exclusion, Finding, Job, Review
from bolwerk.hub.queries import vault_folder
from bolwerk.vault.actions import kept_whole, present_in
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage
from knooppunt.findings import forget_run

WHERE = ("object_id", "part", "place", "street", "area", "town", "headline_nl", "headline_en")


def findings_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Finding]:
    """Findings whose last day of use was before a moment, and that still have what this stage takes away."""
    over = Finding.objects.filter(expires_on__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_findings(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out which address it was, and who said what of it; or destroy findings whole.

    The verdict stays after the first stage: how often a rule was right is counted without an address.
    """
    Review.objects.filter(carried_from__in=keys).update(carried_from=None)
    Review.objects.filter(finding__in=keys).delete()
    if stage is Stage.RECORD:
        Finding.objects.filter(pk__in=keys).delete()
        return
    nowhere: dict[str, object] = dict.fromkeys(WHERE, "") | {"longitude": None, "latitude": None}
    Finding.objects.filter(pk__in=keys).update(**nowhere, current=False, erased_at=at)


# No line of the selection list is about findings of a rule; the archivist decides (domain notes §8.7).
FINDING_RETENTION = Kind(
    code="hub.finding",
    name=_("Findings"),
    begins=_("the last day on which the finding may be used"),
    goes=_(
        "The address, and what was said of it by whom, go. Rule, day and verdict stay, to count how often a rule was "
        "right."
    ),
    default=Rule(
        code="12.1",
        personal=Period(years=1),
        record=Period(years=5),
        source=_(
            "Five years as for supervision that was carried out. One year for the address, as for a request that came "
            "to nothing, is a choice of Bolwerk."
        ),
        verified=False,
    ),
    began_field="expires_on",
    waiting=findings_waiting,
    present=present_in(model=Finding),
    erase=erase_findings,
)


def runs_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Batch]:
    """Runs that were taken over before a moment and of which no finding needs anything any more."""
    over = Batch.objects.filter(taken_at__lt=began_before)
    if stage is Stage.PERSONAL:
        return over.filter(erased_at=None).exclude(pk__in=Finding.objects.filter(erased_at=None).values("batch"))
    return over.exclude(pk__in=Finding.objects.values("batch"))


def erase_runs(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy what a run left in the vault of registers: its findings with their reasons. At last the run itself."""
    going = Batch.objects.filter(pk__in=keys)
    needed = Batch.objects.filter(erased_at=None).exclude(pk__in=keys).values_list("as_of", "run")
    for day, run in set(going.values_list("as_of", "run")) - set(needed):
        forget_run(vault_folder(), day, run)
    if stage is Stage.RECORD:
        going.exclude(pk__in=Finding.objects.values("batch")).delete()
        return
    going.update(erased_at=at)


RUN_RETENTION = Kind(
    code="hub.batch",
    name=_("Runs of rules"),
    begins=_("the day the findings of the run came into the list"),
    goes=_(
        "The findings of the run, with their reasons and the records they rest on, go from the vault of registers. "
        "Never before the address went from the last finding in the list."
    ),
    default=Rule(
        code="12.1",
        personal=Period(years=1),
        record=Period(years=5),
        source=_("As the findings. A run that still has findings in the list waits for them."),
        verified=False,
    ),
    began_field="taken_at",
    waiting=runs_waiting,
    present=present_in(model=Batch),
    erase=erase_runs,
)

EXCLUSION_RETENTION = Kind(
    code="hub.exclusion",
    name=_("Addresses that a rule leaves out"),
    begins=_("the last day on which the address would be left out"),
    goes=_("The address with the reason, and who said so, go whole."),
    default=Rule(
        code="12.3",
        personal=None,
        record=Period(years=1),
        source=_("One year, as for supervision that was broken off."),
        verified=False,
    ),
    **kept_whole(model=Exclusion, began_field="until"),
)

JOB_RETENTION = Kind(
    code="hub.job",
    name=_("What was read in and worked out"),
    begins=_("the day the work ended"),
    goes=_("Who asked for it, the name of the file and the summary go whole. The trail keeps that it was done."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=1),
        source=_("Choice of Bolwerk: as long as one may ask where a number in a list comes from."),
        verified=False,
    ),
    **kept_whole(model=Job, began_field="ended_at"),
)
