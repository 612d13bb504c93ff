"""Every change in the response track: atomic, by the rules, written down in both logs."""

from bolwerk.incidents.actions.response.clocks import first_response
from bolwerk.incidents.actions.response.establishing import establish, write_hearing
from bolwerk.incidents.actions.response.measures import change_measure, end_measures, move_measure, propose
from bolwerk.incidents.actions.response.noting import record_track_reading
from bolwerk.incidents.actions.response.objecting import Received, answer_objection, receive_objection
from bolwerk.incidents.actions.response.places import PlaceTold, add_place, change_place, offer_place
from bolwerk.incidents.actions.response.retention import RESPONSE_RETENTION, erase_responses
from bolwerk.incidents.actions.response.setting import set_ladder_step, set_period
from bolwerk.incidents.actions.response.store import (
    STORE,
    SamePersonError,
    add_person,
    correct_person,
    link_person,
    merge_persons,
    record_extract,
    record_person_search,
    undo_merge,
)

__all__ = [
    "RESPONSE_RETENTION",
    "STORE",
    "PlaceTold",
    "Received",
    "SamePersonError",
    "add_person",
    "add_place",
    "answer_objection",
    "change_measure",
    "change_place",
    "correct_person",
    "end_measures",
    "erase_responses",
    "establish",
    "first_response",
    "link_person",
    "merge_persons",
    "move_measure",
    "offer_place",
    "propose",
    "receive_objection",
    "record_extract",
    "record_person_search",
    "record_track_reading",
    "set_ladder_step",
    "set_period",
    "undo_merge",
    "write_hearing",
]
