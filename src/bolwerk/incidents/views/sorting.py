"""The page on which a handler sorts a report."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.forms import SortForm

CONFLICT = 409


@signed_in("GET", "POST", roles=frozenset(access.HANDLER_ROLES), per_object=True)
def sort(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Say in which form it came and what lay behind it."""
    found = access.incident_to_handle(request, incident_id)
    form = SortForm(request.POST or None, incident=found)
    page = {"incident": found, "form": form, "title": _("Sort this report"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.sort(incident=found, by=request.user, at=timezone.now(), **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/step.html", page, status=CONFLICT)
        return redirect("incidents:incident", found.pk)
    return render(request, "incidents/step.html", page)
