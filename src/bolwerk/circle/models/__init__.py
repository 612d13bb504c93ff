"""The tables of the learning circle."""

from bolwerk.circle.models.circles import Circle, Facilitator, Member, Municipality, Participant
from bolwerk.circle.models.exchange import Incoming, Issued, Received, TrustedKey

__all__ = [
    "Circle",
    "Facilitator",
    "Incoming",
    "Issued",
    "Member",
    "Municipality",
    "Participant",
    "Received",
    "TrustedKey",
]
