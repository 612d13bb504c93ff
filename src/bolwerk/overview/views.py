"""Pages of the bridge."""

from django.http import HttpResponse
from django.shortcuts import render

from bolwerk.accounts.access import SignedInRequest, signed_in


@signed_in("GET")
def my_day(request: SignedInRequest) -> HttpResponse:
    """Mijn dag: what is mine today."""
    return render(request, "overview/my_day.html")
