"""Is the trail whole? What the last check found, and asking for another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.audit.actions.checking import ask_check
from bolwerk.audit.queries.chain import last_checks, state_of_chain
from bolwerk.audit.tasks import check_chain
from bolwerk.overview.trail import queries
from bolwerk.overview.trail.access import READERS


@signed_in("GET", "POST", roles=READERS)
def checks(request: SignedInRequest) -> HttpResponse:
    """Show how the chain stands and what checks found; a worker checks on request."""
    if request.method == "POST":
        check, new = ask_check(by=request.user.urn, at=timezone.now())
        if new:
            check_chain.enqueue(check_id=str(check.pk))
        else:
            messages.info(request, _("A check is under way already. Its outcome appears here."))
        return redirect("trail:checks")
    page = {
        "state": state_of_chain(),
        "story": queries.story_of_checks(last_checks()),
        "tabs": queries.tabs(request.roles),
    }
    return render(request, "overview/trail/checks.html", page)


@signed_in("GET", roles=READERS)
def progress(request: SignedInRequest) -> HttpResponse:
    """How far the check under way is: the part of the page that asks again by itself."""
    return render(request, "overview/trail/progress.html", {"state": state_of_chain()})
