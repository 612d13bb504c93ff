"""Pages on which a reporter sets a report right, or takes it back."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.forms import CorrectForm, WithdrawForm
from bolwerk.incidents.forms.handling import SeenForm

CONFLICT = 409


@signed_in("GET", "POST", per_object=True)
def correct(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Set right what a report says. What it said before stays in its story."""
    incident, now = access.own_open_report(request, incident_id), timezone.now()
    codes = {"kind": incident.kind_code, "channel": incident.channel_code}
    start = {**asdict(actions.told_in(incident=incident)), **codes, "seen": incident.version}
    form = CorrectForm(request.POST or None, initial=start, incident=incident, at=now)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.correct(incident=incident, told=form.told(), by=request.user, at=now, seen=seen)
        except actions.ChangedMeanwhileError:
            return _conflict(request, "incidents/correct.html", incident_id, form)
        messages.success(request, _("Your report is set right. What it said before stays below it."))
        return redirect("incidents:own_incident", incident.pk)
    return render(request, "incidents/correct.html", {"incident": incident, "form": form})


@signed_in("GET", "POST", per_object=True)
def withdraw(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Take a report back, with or without a reason."""
    incident, now = access.own_open_report(request, incident_id), timezone.now()
    form = WithdrawForm(request.POST or None, initial={"seen": incident.version})
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        try:
            actions.withdraw(incident=incident, reason=reason, by=request.user, at=now, seen=seen)
        except actions.ChangedMeanwhileError:
            return _conflict(request, "incidents/withdraw.html", incident_id, form)
        messages.success(request, _("You took your report back. Nobody works on it any more."))
        return redirect("incidents:own_incident", incident.pk)
    return render(request, "incidents/withdraw.html", {"incident": incident, "form": form})


def _conflict(request: SignedInRequest, template: str, incident_id: UUID, form: SeenForm) -> HttpResponse:
    incident = access.own_open_report(request, incident_id)
    form.show_conflict(version=incident.version)
    return render(request, template, {"incident": incident, "form": form}, status=CONFLICT)
