"""The tables of the learning circle."""

from bolwerk.circle.models.adoptions import Adoption, Wish, WishVoice
from bolwerk.circle.models.benchmark import PooledRelease
from bolwerk.circle.models.cards import Caller, Card, CardVersion, LibraryStamp, Origin
from bolwerk.circle.models.cases import Case, CaseDraft, OwnWord
from bolwerk.circle.models.circles import Circle, Facilitator, Member, Municipality, Participant
from bolwerk.circle.models.exchange import Incoming, Issued, Received, TrustedKey
from bolwerk.circle.models.follow_up import CaseOutcome, FollowUp
from bolwerk.circle.models.intervision import Contribution, Intervision, Present, Tally, Voted
from bolwerk.circle.models.outcomes import OutcomeRelease
from bolwerk.circle.models.photos import Photo, Preparation, Recognised
from bolwerk.circle.models.publications import Edition, EditionItem, ItemKind
from bolwerk.circle.models.questions import Answer, Question
from bolwerk.circle.models.sessions import Attended, Block, Harvest, PollAnswer, PollDay, RatedBy, Rating, Session

__all__ = [
    "Adoption",
    "Answer",
    "Attended",
    "Block",
    "Caller",
    "Card",
    "CardVersion",
    "Case",
    "CaseDraft",
    "CaseOutcome",
    "Circle",
    "Contribution",
    "Edition",
    "EditionItem",
    "Facilitator",
    "FollowUp",
    "Harvest",
    "Incoming",
    "Intervision",
    "Issued",
    "ItemKind",
    "LibraryStamp",
    "Member",
    "Municipality",
    "Origin",
    "OutcomeRelease",
    "OwnWord",
    "Participant",
    "Photo",
    "PollAnswer",
    "PollDay",
    "PooledRelease",
    "Preparation",
    "Present",
    "Question",
    "RatedBy",
    "Rating",
    "Received",
    "Recognised",
    "Session",
    "Tally",
    "TrustedKey",
    "Voted",
    "Wish",
    "WishVoice",
]
