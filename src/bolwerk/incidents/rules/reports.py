"""What a report tells: kinds, channels, safety, and the limits of a mini-report."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

CLOCK_SLACK = timedelta(minutes=10)  # a phone's clock may run ahead of ours
WORDS_LIMIT = 4000  # characters: two printed pages, far more than "a few words"


class Kind(models.TextChoices):
    """What happened, in the words of whoever reports it; `content/kinds.<language>.yaml` has the words of the form.

    The list joins the kinds of a Dutch incident register with near misses and accidents; aggression covers what the
    A&O fonds calls verbal and physical violence.
    """

    AGGRESSION = "aggression", _("Aggression or violence")
    THREAT = "threat", _("Threat or intimidation")
    DISCRIMINATION = "discrimination", _("Discrimination or sexual intimidation")
    BRIBERY = "bribery", _("Offer of money or a gift")
    UNDUE_INFLUENCE = "undue_influence", _("Pressure on a decision")
    INFORMATION_LEAK = "information_leak", _("Information in the wrong hands")
    ACCIDENT = "accident", _("Accident")
    NEAR_MISS = "near_miss", _("Near miss")
    OTHER = "other", _("Something else")


class Channel(models.TextChoices):
    """Where or how it happened (the channels of municipal handling protocols)."""

    DESK = "desk", _("At the desk")
    MEETING_ROOM = "meeting_room", _("In a meeting room")
    PHONE = "phone", _("By phone")
    MAIL = "mail", _("By e-mail or letter")
    SOCIAL_MEDIA = "social_media", _("On social media")
    HOME_VISIT = "home_visit", _("During a home visit")
    STREET = "street", _("In the street")
    COUNCIL = "council", _("At a council or residents' meeting")
    PRIVATE_HOME = "private_home", _("At my own home or in private time")
    EVENT = "event", _("At an event")
    OTHER = "other", _("Somewhere else")


class Safety(models.TextChoices):
    """The answer to the first question: are you safe now?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not sure")


# Kinds in which somebody did something to a colleague, who then hears from the municipality.
WITH_A_PERSON = frozenset({Kind.AGGRESSION, Kind.THREAT, Kind.DISCRIMINATION})


class NotYetHappenedError(Exception):
    """The moment of an incident lies in the future."""


@dataclass(frozen=True)
class Facts:
    """What a mini-report tells: enough to act on, little enough to send in a minute."""

    kind: Kind
    channel: Channel
    occurred_at: datetime
    safety: Safety
    place: str = ""
    words: str = ""
    occurred_uncertain: bool = False
    kind_own: str = ""  # the municipality's own code, which counts as `kind`; so too for the channel
    channel_own: str = ""


def check_moment(occurred_at: datetime, *, at: datetime) -> None:
    """Raise NotYetHappenedError when something is said to have happened after now."""
    if occurred_at > at + CLOCK_SLACK:
        raise NotYetHappenedError
