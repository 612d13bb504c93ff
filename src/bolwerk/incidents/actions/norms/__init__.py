"""Every change of norms: atomic, by the rules, written down in the trail."""

from bolwerk.incidents.actions.norms.adopting import Adoption, move_norm
from bolwerk.incidents.actions.norms.exercising import (
    answer_exercise,
    close_exercise,
    open_exercise,
    send_behaviours,
)
from bolwerk.incidents.actions.norms.meetings import (
    cancel_meeting,
    hold_meeting,
    move_meeting,
    plan_meeting,
    prepare_meeting,
)
from bolwerk.incidents.actions.norms.retention import NORM_MEETING_RETENTION, NORM_RETENTION
from bolwerk.incidents.actions.norms.writing import begin_norm, drop_draft, remove_rule, write_protocol, write_rule

__all__ = [
    "NORM_MEETING_RETENTION",
    "NORM_RETENTION",
    "Adoption",
    "answer_exercise",
    "begin_norm",
    "cancel_meeting",
    "close_exercise",
    "drop_draft",
    "hold_meeting",
    "move_meeting",
    "move_norm",
    "open_exercise",
    "plan_meeting",
    "prepare_meeting",
    "remove_rule",
    "send_behaviours",
    "write_protocol",
    "write_rule",
]
