"""Every change in the track of police and damage: atomic, by the rules, written down in both logs."""

from bolwerk.incidents.actions.police.clocks import police_reminder, stop_police_clock
from bolwerk.incidents.actions.police.damage import add_damage, change_damage, leave_damage, record_damage_list
from bolwerk.incidents.actions.police.exporting import record_police_export
from bolwerk.incidents.actions.police.noting import record_police_reading
from bolwerk.incidents.actions.police.reporting import add_police_report, change_police_report, tell_state, tell_why_not
from bolwerk.incidents.actions.police.retention import POLICE_RETENTION, erase_police
from bolwerk.incidents.actions.police.setting import set_police

__all__ = [
    "POLICE_RETENTION",
    "add_damage",
    "add_police_report",
    "change_damage",
    "change_police_report",
    "erase_police",
    "leave_damage",
    "police_reminder",
    "record_damage_list",
    "record_police_export",
    "record_police_reading",
    "set_police",
    "stop_police_clock",
    "tell_state",
    "tell_why_not",
]
