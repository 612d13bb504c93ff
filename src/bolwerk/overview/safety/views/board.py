"""The page for the board, and the eight measures of an employer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.queries.pool_bundles import year_to_contribute
from bolwerk.overview.safety import access, actions, queries
from bolwerk.overview.safety.forms import StatementForm
from bolwerk.overview.safety.rules import EmployerMeasure, FutureDayError


@signed_in("GET", roles=access.OVERSEERS)
def board(request: SignedInRequest) -> HttpResponse:
    """One page to read and to print."""
    page = {"board": queries.board_page(on=timezone.localdate()), "contribute": year_to_contribute(request.roles)}
    return render(request, "overview/safety/board.html", page)


@signed_in("GET", roles=access.OVERSEERS)
def measures(request: SignedInRequest) -> HttpResponse:
    """All eight, with how each is counted and what was stated."""
    page = {
        "measures": queries.board_page(on=timezone.localdate()).measures,
        "states": bool(request.roles & access.STATERS),
    }
    return render(request, "overview/safety/measures.html", page)


@signed_in("GET", "POST", roles=access.STATERS)
def state(request: SignedInRequest, measure: str) -> HttpResponse:
    """State how a measure stands, with a day and a proof."""
    if measure not in EmployerMeasure.values:
        raise Http404
    found, now = EmployerMeasure(measure), timezone.now()
    form = StatementForm(request.POST or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_measure(measure=found, said=form.said(), by=request.user, at=now)
        except FutureDayError:
            form.add_error("as_of", _("This day is not over yet."))
        else:
            messages.success(request, _("Written down."))
            return redirect("safety:measures")
    return render(request, "overview/safety/measure.html", {"form": form, "measure": found})
