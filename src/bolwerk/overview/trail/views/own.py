"""Everybody's own part of the trail: who looked at what one sent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.audit.actions.reading import note_reading
from bolwerk.audit.rules.things import OWN
from bolwerk.overview.trail import queries


@signed_in("GET")
def who_looked(request: SignedInRequest) -> HttpResponse:
    """Show the last things that this person sent to whichever room, each with who looked at it."""
    things = queries.looked_at(request.user)
    shown = sum(len(thing.looks) for thing in things)
    note_reading(by=request.user.urn, shown=shown, filters=OWN, about=request.user.urn, at=timezone.now())
    return render(request, "overview/trail/who_looked.html", {"things": things})
