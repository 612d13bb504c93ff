"""The terms of this room: what holds, where it comes from, and changing it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import actions, queries
from bolwerk.incidents.access import SETTING_ROLES
from bolwerk.incidents.forms import TermForm
from bolwerk.incidents.rules import Duty


@signed_in("GET", roles=SETTING_ROLES)
def terms(request: SignedInRequest) -> HttpResponse:
    """Show every term with its source."""
    page = {"terms": queries.terms_in_force().values(), "others": queries.other_terms()}
    return render(request, "incidents/terms.html", page)


@signed_in("GET", "POST", roles=SETTING_ROLES)
def term(request: SignedInRequest, duty: str) -> HttpResponse:
    """Give a duty the municipality's own term, or go back to the default."""
    if duty not in Duty.values:
        raise Http404
    chosen = Duty(duty)
    now_in_force = queries.terms_in_force()[chosen]
    start = {"amount": now_in_force.term.amount, "unit": now_in_force.term.unit.value}
    form = TermForm(request.POST or None, initial=start)
    back = request.method == "POST" and "default" in request.POST
    if back or (request.method == "POST" and form.is_valid()):
        actions.set_term(duty=chosen, term=None if back else form.term(), by=request.user, at=timezone.now())
        return redirect("incidents:terms")
    return render(request, "incidents/term.html", {"form": form, "current": now_in_force})
