"""The tracks of an incident: parts with readers, clocks and closing rules of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bolwerk.incidents.rules.care import CARERS
from bolwerk.incidents.rules.statuses import HANDLERS, Hat


class Track(models.TextChoices):
    """A part of an incident that has a page of its own, in the order of the tabs."""

    REPORT = "report", pgettext_lazy("part of a report", "Report")
    CARE = "care", pgettext_lazy("part of a report", "Care")
    RESPONSE = "response", _("Response")
    POLICE = "police", _("Police and damage")


# Who reads which track. Somebody without one of these hats does not see that the track is there.
TRACK_READERS: dict[Track, frozenset[Hat]] = {
    Track.REPORT: HANDLERS,
    Track.CARE: CARERS,
    Track.RESPONSE: HANDLERS | {Hat.DECIDER},
    Track.POLICE: HANDLERS,
}


def tracks_for(hats: frozenset[Hat]) -> list[Track]:
    """The tracks that somebody with these hats may read, in the order of the tabs.

    Whoever it happened to does not lead the care around it, not as a manager and not as one of the care team either.
    """
    mine = [track for track in Track if hats & TRACK_READERS[track]]
    return [track for track in mine if track is not Track.CARE or Hat.CONCERNED not in hats]
