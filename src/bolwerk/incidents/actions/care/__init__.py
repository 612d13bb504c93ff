"""Every change in the care track: atomic, by the rules, written down in both logs."""

from bolwerk.incidents.actions.care.clocks import open_care, stop_care
from bolwerk.incidents.actions.care.inspectorate import report_to_inspectorate, say_harm
from bolwerk.incidents.actions.care.moments import record_care_moment
from bolwerk.incidents.actions.care.noting import record_care_list, record_care_reading
from bolwerk.incidents.actions.care.people import add_concerned, move_care
from bolwerk.incidents.actions.care.retention import CARE_RETENTION, erase_care

__all__ = [
    "CARE_RETENTION",
    "add_concerned",
    "erase_care",
    "move_care",
    "open_care",
    "record_care_list",
    "record_care_moment",
    "record_care_reading",
    "report_to_inspectorate",
    "say_harm",
    "stop_care",
]
