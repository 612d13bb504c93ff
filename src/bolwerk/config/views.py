"""The page "Toestand": what the doctor says, for the functional administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.config import health
from bolwerk.config.doors import ROLES


@signed_in("GET", roles=ROLES)
def state(request: SignedInRequest) -> HttpResponse:
    """Show what asks for attention first, then what is well. What takes a scan is left to `bolwerk doctor`."""
    found = health.examine(at=timezone.now(), looks=health.QUICK)
    named = [(health.ABOUT[one.about], one) for one in found]
    page = {"ill": [pair for pair in named if not pair[1].well], "well": [pair for pair in named if pair[1].well]}
    return render(request, "config/state.html", page)
