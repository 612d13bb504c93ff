"""Writing down a moment with somebody."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.forms import CareForm
from bolwerk.incidents.rules import CARE_DUTIES, Duty

CONFLICT = 409


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def moment(request: SignedInRequest, incident_id: UUID, concerned_id: UUID, duty: str) -> HttpResponse:
    """Write down that a moment took place, or that somebody did not want it."""
    concerned = access.concerned_or_404(request, incident_id, concerned_id)
    if duty not in CARE_DUTIES:
        raise Http404
    reported_on = timezone.localdate(concerned.incident.reported_at)
    form = CareForm(request.POST or None, reported_on=reported_on, today=timezone.localdate())
    page = {
        "incident": concerned.incident,
        "form": form,
        "title": f"{Duty(duty).label}: {concerned.called}",
        "button": _("Save"),
        "note": _("Bolwerk keeps who, on which day, the need and the help agreed. What was said stays between you."),
    }
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"duty": Duty(duty), "spoken": form.spoken()}
        try:
            steps.record_care_moment(concerned=concerned, by=request.user, at=timezone.now(), **what)
        except actions.ChangedMeanwhileError:
            form.add_error(None, _("This care track was erased: its term has passed."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", incident_id)
    return render(request, "incidents/care/step.html", page)
