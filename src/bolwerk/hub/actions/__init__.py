"""Every change in the information hub: atomic, by the rules, written down in the trail."""

from bolwerk.hub.actions.asking import (
    JobAtWorkError,
    NoRuleOnError,
    Order,
    RegisterOffError,
    ask_to_read,
    ask_to_run,
)
from bolwerk.hub.actions.assessing import AssessmentText, decide, write_assessment
from bolwerk.hub.actions.excluding import AlreadyLeftOutError, LeftOut, add_exclusion, end_exclusion
from bolwerk.hub.actions.jobs import begin, close_lost_jobs, end, queue_named, report
from bolwerk.hub.actions.reading import What, record_export, record_reading
from bolwerk.hub.actions.reviewing import ChangedMeanwhileError, Said, review
from bolwerk.hub.actions.switching import NotAssessedError, SwitchedMeanwhileError, switch_off, switch_on
from bolwerk.hub.actions.taking_over import take_over, take_over_newest
from bolwerk.hub.actions.uploading import TooLargeError, drop_forgotten_uploads, drop_upload, keep_upload
from bolwerk.hub.actions.working import do

__all__ = [
    "AlreadyLeftOutError",
    "AssessmentText",
    "ChangedMeanwhileError",
    "JobAtWorkError",
    "LeftOut",
    "NoRuleOnError",
    "NotAssessedError",
    "Order",
    "RegisterOffError",
    "Said",
    "SwitchedMeanwhileError",
    "TooLargeError",
    "What",
    "add_exclusion",
    "ask_to_read",
    "ask_to_run",
    "begin",
    "close_lost_jobs",
    "decide",
    "do",
    "drop_forgotten_uploads",
    "drop_upload",
    "end",
    "end_exclusion",
    "keep_upload",
    "queue_named",
    "record_export",
    "record_reading",
    "report",
    "review",
    "switch_off",
    "switch_on",
    "take_over",
    "take_over_newest",
    "write_assessment",
]
