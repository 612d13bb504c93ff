"""The page on which the coordinator lets a colleague see a report again from whom it was kept by mistake."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.rules import Role
from bolwerk.incidents import access, actions
from bolwerk.incidents.forms import AdmitForm

CONFLICT = 409


@signed_in("GET", "POST", roles=frozenset({Role.AGGRESSION_COORDINATOR}), per_object=True)
def admit(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Say why a report is no longer kept from somebody."""
    found = access.incident_to_handle(request, incident_id)
    if found.kept_from is None:
        return redirect("incidents:incident", found.pk)
    form = AdmitForm(request.POST or None, initial={"seen": found.version})
    page = {
        "incident": found,
        "form": form,
        "title": _("No longer keep this report from %(name)s") % {"name": found.kept_from},
        "note": _("The reporter chose this. From now on this colleague sees it again, as far as their roles go."),
        "button": _("Let this colleague see it again"),
    }
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        why = {"reason": data["reason"], "seen": data["seen"]}
        try:
            actions.admit(incident=found, by=request.user, at=timezone.now(), **why)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/step.html", page, status=CONFLICT)
        return redirect("incidents:incident", found.pk)
    return render(request, "incidents/step.html", page)
