"""The tracks of an incident as tabs with addresses."""

from django.urls import reverse

from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Hat, Track, tracks_for

PAGES: dict[Track, str] = {
    Track.REPORT: "incidents:incident",
    Track.CARE: "incidents:care",
    Track.RESPONSE: "incidents:response",
    Track.POLICE: "incidents:police",
}


def tabs_of(incident: Incident, *, hats: frozenset[Hat]) -> list[tuple[str, str]]:
    """Address and name of each track that somebody with these hats may read; empty when there is only one."""
    tracks = tracks_for(hats)
    return [(reverse(PAGES[track], args=[incident.pk]), str(track.label)) for track in tracks] if tracks[1:] else []
