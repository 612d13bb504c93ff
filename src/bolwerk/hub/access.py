"""Who may see and do what in the information hub. What a person may not see does not exist for that person."""

from datetime import date
from uuid import UUID

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.rules import Role
from bolwerk.hub.models import (
    Assessment,
    AssessmentQuerySet,
    Exclusion,
    Finding,
    FindingQuerySet,
    Job,
    RuleStage,
    Source,
    WorkItem,
    WorkList,
)
from bolwerk.hub.rules.stages import Stage

# Analysts work with findings; a case director reads them to begin a case. The privacy officer sees what is assessed and
# switched, never a finding. Nobody else enters: no administrator, no board, no auditor (ADR 16).
ANALYSTS = frozenset({Role.ANALYST})
READERS = frozenset({Role.ANALYST, Role.CASE_DIRECTOR})
OVERSEERS = frozenset({Role.ANALYST, Role.PRIVACY_OFFICER})
DECIDERS = frozenset({Role.PRIVACY_OFFICER})


def in_use(*, on: date) -> frozenset[str]:
    """The codes of registers and rules that are on, and whose assessment holds on a day. One query."""
    rows = Source.objects.filter(is_on=True, rests_on__valid_until__gte=on)
    return frozenset(rows.values_list("code", flat=True))


def put_off() -> frozenset[str]:
    """The rules that are off in their life, by a person or by themselves. One query."""
    return frozenset(RuleStage.objects.filter(stage=Stage.OFF).values_list("code", flat=True))


def findings_of(rules: frozenset[str]) -> FindingQuerySet:
    """The findings of rules that are in use; those of a rule that was switched off do not exist, at once."""
    return Finding.objects.of_rules(rules)


def assessments() -> AssessmentQuerySet:
    """Every assessment with what was said of it: whoever may see one may see them all."""
    return Assessment.objects.with_outcome()


def finding_or_404(request: SignedInRequest, finding_id: UUID, *, rules: frozenset[str]) -> Finding:
    """Return a finding of a rule in use, or 404."""
    found = findings_of(rules).select_related("batch").filter(pk=finding_id).first()
    return found or deny(request, subject=f"urn:bolwerk:hub:finding:{finding_id}")


def assessment_or_404(request: SignedInRequest, assessment_id: UUID) -> Assessment:
    """Return an assessment, or 404."""
    found = assessments().filter(pk=assessment_id).first()
    return found or deny(request, subject=f"urn:bolwerk:hub:assessment:{assessment_id}")


def job_or_404(request: SignedInRequest, job_id: UUID) -> Job:
    """Return a job, or 404."""
    found = Job.objects.select_related("by").filter(pk=job_id).first()
    return found or deny(request, subject=f"urn:bolwerk:hub:job:{job_id}")


def exclusion_or_404(request: SignedInRequest, exclusion_id: UUID) -> Exclusion:
    """Return an exclusion that is not ended, or 404."""
    found = Exclusion.objects.select_related("by").filter(pk=exclusion_id, ended_at=None).first()
    return found or deny(request, subject=f"urn:bolwerk:hub:exclusion:{exclusion_id}")


def worklist_or_404(request: SignedInRequest, list_id: UUID) -> WorkList:
    """Return a work list, or 404."""
    found = WorkList.objects.select_related("by").filter(pk=list_id, erased_at=None).first()
    return found or deny(request, subject=f"urn:bolwerk:hub:worklist:{list_id}")


def item_or_404(request: SignedInRequest, item_id: UUID) -> WorkItem:
    """Return an object of a work list, or 404."""
    found = WorkItem.objects.select_related("list").filter(pk=item_id, list__erased_at=None).first()
    return found or deny(request)
