"""The tables of the information hub. Rows of history are only ever added."""

from bolwerk.hub.models.findings import Batch, Exclusion, Finding, FindingQuerySet, Review
from bolwerk.hub.models.jobs import Job
from bolwerk.hub.models.sources import Assessment, AssessmentQuerySet, Decision, Source, SwitchChange
from bolwerk.hub.models.studies import Study
from bolwerk.hub.models.yields import RuleStage, StageChange, WorkItem, WorkList

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "Batch",
    "Decision",
    "Exclusion",
    "Finding",
    "FindingQuerySet",
    "Job",
    "Review",
    "RuleStage",
    "Source",
    "StageChange",
    "Study",
    "SwitchChange",
    "WorkItem",
    "WorkList",
]
