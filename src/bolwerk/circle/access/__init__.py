"""Who may see and do what in the learning circle. What a person may not see does not exist for that person."""

from bolwerk.circle.access.circles import (
    CIRCLE_ROLES,
    LEADERS,
    circle_or_404,
    circles_led_by,
    circles_of,
    led_circle_or_404,
    member_or_404,
    own_invitation_or_404,
    own_participant,
    participant_or_404,
    taking_part_on,
)

__all__ = [
    "CIRCLE_ROLES",
    "LEADERS",
    "circle_or_404",
    "circles_led_by",
    "circles_of",
    "led_circle_or_404",
    "member_or_404",
    "own_invitation_or_404",
    "own_participant",
    "participant_or_404",
    "taking_part_on",
]
