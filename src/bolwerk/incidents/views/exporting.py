"""The worklist as a file."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.rules import Role
from bolwerk.incidents import actions, queries
from bolwerk.incidents.forms import ExportForm
from bolwerk.ui.exports import EXPORT_LIMIT, csv_response
from bolwerk.ui.lists import list_page

COORDINATOR = frozenset({Role.AGGRESSION_COORDINATOR})


@signed_in("GET", "POST", roles=COORDINATOR)
def export(request: SignedInRequest) -> HttpResponseBase:
    """Ask why, write that down, and give the rows of the worklist as filtered in the address."""
    now = timezone.now()
    rows = queries.worklist(request.user, on=timezone.localdate())
    page = list_page(queries.export_spec(request.user, at=now), request, rows)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.record_export(rows=page.found[:EXPORT_LIMIT], reason=reason, by=request.user, at=now)
        return csv_response(page)
    return render(request, "incidents/export.html", {"form": form, "page": page})
