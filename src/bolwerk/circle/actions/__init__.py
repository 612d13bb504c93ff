"""Every change in the learning circle: one rule, one transaction, one line in the trail."""

from bolwerk.circle.actions.circles import (
    ChangedMeanwhileError,
    add_facilitator,
    change_circle,
    close_circle,
    found_circle,
    stop_leading,
)
from bolwerk.circle.actions.members import (
    Invited,
    accept_rules,
    add_member,
    end_member,
    end_participation,
    invite,
    place_municipality,
)
from bolwerk.circle.actions.ways_in import begin_anew, begin_with_passkey, choose_first_password, renew_link
from bolwerk.circle.rules.circles import CircleError

__all__ = [
    "ChangedMeanwhileError",
    "CircleError",
    "Invited",
    "accept_rules",
    "add_facilitator",
    "add_member",
    "begin_anew",
    "begin_with_passkey",
    "change_circle",
    "choose_first_password",
    "close_circle",
    "end_member",
    "end_participation",
    "found_circle",
    "invite",
    "place_municipality",
    "renew_link",
    "stop_leading",
]
