"""The tables of the learning circle."""

from bolwerk.circle.models.adoptions import Adoption, Wish, WishVoice
from bolwerk.circle.models.cards import Caller, Card, CardVersion, LibraryStamp, Origin
from bolwerk.circle.models.circles import Circle, Facilitator, Member, Municipality, Participant
from bolwerk.circle.models.exchange import Incoming, Issued, Received, TrustedKey

__all__ = [
    "Adoption",
    "Caller",
    "Card",
    "CardVersion",
    "Circle",
    "Facilitator",
    "Incoming",
    "Issued",
    "LibraryStamp",
    "Member",
    "Municipality",
    "Origin",
    "Participant",
    "Received",
    "TrustedKey",
    "Wish",
    "WishVoice",
]
