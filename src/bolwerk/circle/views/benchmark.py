"""Figures of the members of a circle together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.actions.benchmark import PoolRefusedError, publish_pool
from bolwerk.circle.queries import benchmark as queries
from bolwerk.circle.queries.tabs import frame_of


@signed_in("GET", per_object=True)
def figures(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The pooled figures, and for whoever leads the circle: which years wait."""
    circle, today = access.circle_or_404(request, circle_id), timezone.localdate()
    page = frame_of(circle, request.user) | {
        "releases": queries.releases_of(circle),
        "waiting": queries.waiting_years(circle, on=today),
        "headings": [_("What happened"), _("Incidents, about"), _("Per 1,000 employees")],
        "least": queries.policy().least,
    }
    return render(request, "circle/benchmark/figures.html", page)


@signed_in("POST", per_object=True)
def publish(request: SignedInRequest, circle_id: UUID, year: int) -> HttpResponse:
    """Publish the figures of a year, once."""
    circle, now = access.led_circle_or_404(request, circle_id), timezone.now()
    try:
        publish_pool(circle=circle, year=year, by=request.user, on=timezone.localdate(), at=now)
        messages.success(request, _("The figures of %(year)d are there for the whole circle.") % {"year": year})
    except PoolRefusedError as error:
        messages.error(request, str(error))
    return redirect("circle:figures", circle.pk)
