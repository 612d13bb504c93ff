"""Every change in the care track: atomic, by the rules, written down in both logs."""

from bolwerk.incidents.actions.care.clocks import open_care, stop_care
from bolwerk.incidents.actions.care.help import arrange_help, write_absence
from bolwerk.incidents.actions.care.inspectorate import report_to_inspectorate, say_harm, undo_harm
from bolwerk.incidents.actions.care.moments import record_care_moment
from bolwerk.incidents.actions.care.noting import (
    record_accident_list,
    record_care_list,
    record_care_looks,
    record_care_reading,
    record_own_care,
)
from bolwerk.incidents.actions.care.people import add_concerned, move_care
from bolwerk.incidents.actions.care.ratings import publish_due_ratings, publish_ratings, rate_care
from bolwerk.incidents.actions.care.retention import CARE_RETENTION, erase_care
from bolwerk.incidents.actions.care.wishes import answer_wish, ask_for_care

__all__ = [
    "CARE_RETENTION",
    "add_concerned",
    "answer_wish",
    "arrange_help",
    "ask_for_care",
    "erase_care",
    "move_care",
    "open_care",
    "publish_due_ratings",
    "publish_ratings",
    "rate_care",
    "record_accident_list",
    "record_care_list",
    "record_care_looks",
    "record_care_moment",
    "record_care_reading",
    "record_own_care",
    "report_to_inspectorate",
    "say_harm",
    "stop_care",
    "undo_harm",
    "write_absence",
]
