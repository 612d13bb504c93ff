"""Who is concerned: adding somebody, and care that is not wanted, or wanted after all."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.actions.care.people import Known, Step
from bolwerk.incidents.forms import CareStepForm, PersonForm
from bolwerk.incidents.queries.care import STEPS
from bolwerk.incidents.queries.people import colleagues_near
from bolwerk.incidents.rules.care import Capacity, CareEvent, CareMoveNotAllowedError, PersonTwiceError

CONFLICT = 409


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def add(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Put a witness, a bystander or another colleague in the track."""
    found = access.care_or_404(request, incident_id)
    form = PersonForm(request.POST or None, colleagues=colleagues_near(found))
    page = {"incident": found, "form": form, "title": _("Who else is concerned?"), "button": _("Add")}
    page["note"] = _("This person gets moments and terms of their own, from now.")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        known = Known(Capacity(data["capacity"]), data["person"] or data["email"], data["name"])
        try:
            steps.add_concerned(incident=found, known=known, by=request.user, at=timezone.now())
        except PersonTwiceError:
            form.show_twice()
        except actions.ChangedMeanwhileError:
            form.add_error(None, _("This care track was erased: its term has passed."))
        else:
            return redirect("incidents:care", found.pk)
    return render(request, "incidents/care/step.html", page)


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def move_care(request: SignedInRequest, incident_id: UUID, concerned_id: UUID, move: str) -> HttpResponse:
    """Write down that somebody wants no more care, or wants it after all."""
    concerned = access.concerned_or_404(request, incident_id, concerned_id)
    event = next((event for event, word in STEPS.items() if word == move), None)
    if event is None:
        raise Http404
    found, hats = concerned.incident, access.care_hats_of(request.user, concerned.incident, on=timezone.localdate())
    form = CareStepForm(
        request.POST or None, initial={"seen": concerned.version}, with_reason=event is CareEvent.DECLINE
    )
    page = {"incident": found, "form": form, "title": f"{event.label}: {concerned.called}", "button": event.label}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = Step(event, hats, data["seen"], data.get("reason", ""))
        try:
            steps.move_care(concerned=concerned, step=chosen, by=request.user, at=timezone.now())
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=concerned.version)
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        except CareMoveNotAllowedError:
            form.add_error(None, _("This step is not possible now. Look at the care track again."))
        else:
            return redirect("incidents:care", found.pk)
    return render(request, "incidents/care/step.html", page)
