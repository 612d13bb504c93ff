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
from bolwerk.hub.actions.looking import (
    Drawing,
    Gave,
    NoPopulationError,
    NothingToLookAtError,
    OutcomeGivenError,
    draw_list,
    give_outcome,
)
from bolwerk.hub.actions.moving import MovedMeanwhileError, Moving, move_rule, take_over_moves
from bolwerk.hub.actions.reading import What, record_export, record_reading
from bolwerk.hub.actions.reviewing import ChangedMeanwhileError, Said, review
from bolwerk.hub.actions.studying import NothingToStudyError, ask_to_study
from bolwerk.hub.actions.switching import NotAssessedError, SwitchedMeanwhileError, switch_off, switch_on
from bolwerk.hub.actions.taking_out import (
    FORMATS,
    TakenOut,
    make_riec_signal,
    report_errors,
    take_out,
    take_out_areas,
)
from bolwerk.hub.actions.taking_over import take_over, take_over_newest
from bolwerk.hub.actions.uploading import TooLargeError, drop_forgotten_uploads, drop_upload, keep_upload
from bolwerk.hub.actions.working import do

__all__ = [
    "FORMATS",
    "AlreadyLeftOutError",
    "AssessmentText",
    "ChangedMeanwhileError",
    "Drawing",
    "Gave",
    "JobAtWorkError",
    "LeftOut",
    "MovedMeanwhileError",
    "Moving",
    "NoPopulationError",
    "NoRuleOnError",
    "NotAssessedError",
    "NothingToLookAtError",
    "NothingToStudyError",
    "Order",
    "OutcomeGivenError",
    "RegisterOffError",
    "Said",
    "SwitchedMeanwhileError",
    "TakenOut",
    "TooLargeError",
    "What",
    "add_exclusion",
    "ask_to_read",
    "ask_to_run",
    "ask_to_study",
    "begin",
    "close_lost_jobs",
    "decide",
    "do",
    "draw_list",
    "drop_forgotten_uploads",
    "drop_upload",
    "end",
    "end_exclusion",
    "give_outcome",
    "keep_upload",
    "make_riec_signal",
    "move_rule",
    "queue_named",
    "record_export",
    "record_reading",
    "report",
    "report_errors",
    "review",
    "switch_off",
    "switch_on",
    "take_out",
    "take_out_areas",
    "take_over",
    "take_over_moves",
    "take_over_newest",
    "write_assessment",
]
