"""Pages of whoever looks after incidents: the worklist, one incident, and every step in it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.queries import documents_of
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import AssignForm, FeedbackForm, StatusForm
from bolwerk.incidents.rules import CARE_DUTIES, DutiesOpenError, Hat, Status, StepNotAllowedError, steps_for
from bolwerk.ui.lists import list_page

ROLES = frozenset(access.HANDLER_ROLES)
CONFLICT = 409


@signed_in("GET", roles=ROLES)
def worklist(request: SignedInRequest) -> HttpResponse:
    """List what this person looks after; a file of it needs a reason first."""
    now = timezone.now()
    spec = queries.worklist_spec(request.user, at=now)
    page = list_page(spec, request, queries.worklist(request.user, on=timezone.localdate()))
    if page.wants_csv:
        return redirect(f"{reverse('incidents:export')}?{page.view_query}")
    used = [one.filter.name for one in page.choices if one.chosen]
    actions.record_search(shown=[row.thing for row in page.rows], filters=",".join(used), by=request.user, at=now)
    return render(request, "incidents/worklist.html", {"page": page})


@signed_in("GET", roles=ROLES, per_object=True)
def incident(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show one incident: where it stands, what to do, what happened, and who can read it."""
    now, today = timezone.now(), timezone.localdate()
    found = access.incident_to_handle(request, incident_id)
    actions.record_reading(incident=found, by=request.user, at=now)
    hats = access.care_hats_of(request.user, found, on=today)
    duties, care = queries.duties_and_care(found, at=now)
    page = {
        "incident": found,
        "tabs": queries.tabs_of(found, hats=hats),
        "duties": duties,
        "care_duties": CARE_DUTIES,
        "cares": access.may_care(hats),
        "coordinates": Hat.COORDINATOR in hats,
        "care": care,
        "steps": steps_for(Status(found.status), hats),
        "story": queries.story_for_handlers(found),
        "documents": documents_of(found.urn),
        "readers": queries.readers_of(found, on=today),
        "now": now,
    }
    return render(request, "incidents/incident.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def assign(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Ask somebody to handle an incident."""
    found = access.incident_to_handle(request, incident_id)
    handlers = queries.handlers_for(found, on=timezone.localdate())
    start = {"seen": found.version, "to": found.assigned_to_id or request.user.pk}
    form = AssignForm(request.POST or None, initial=start, handlers=handlers)
    page = {"incident": found, "form": form, "title": _("Assign this report"), "button": _("Assign report")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.assign(incident=found, to=data["to"], by=request.user, at=timezone.now(), seen=data["seen"])
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/step.html", page, status=CONFLICT)
        return redirect("incidents:incident", found.pk)
    return render(request, "incidents/step.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def change_status(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Move an incident to another status."""
    found = access.incident_to_handle(request, incident_id)
    now = Status(found.status)
    steps = steps_for(now, access.hats_of(request.user, found, on=timezone.localdate()))
    form = StatusForm(request.POST or None, initial={"seen": found.version}, now=now, steps=steps)
    page = {"incident": found, "form": form, "title": _("Change the status"), "button": _("Change status")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = {"to": Status(data["to"]), "seen": data["seen"], "reason": data["reason"]}
        try:
            actions.change_status(incident=found, by=request.user, at=timezone.now(), **step)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/step.html", page, status=CONFLICT)
        except DutiesOpenError as refusal:
            form.show_open_duties(refusal.duties)
        except StepNotAllowedError:
            form.add_error("to", _("This step is not possible now. Look at the report again."))
        else:
            return redirect("incidents:incident", found.pk)
    return render(request, "incidents/step.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def feedback(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Tell the reporter what was done."""
    found = access.incident_to_handle(request, incident_id)
    form = FeedbackForm(request.POST or None, initial={"seen": found.version})
    page = {"incident": found, "form": form, "title": _("Tell the reporter what was done"), "button": _("Send answer")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_feedback(
                incident=found, text=data["text"], by=request.user, at=timezone.now(), seen=data["seen"]
            )
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/step.html", page, status=CONFLICT)
        return redirect("incidents:incident", found.pk)
    return render(request, "incidents/step.html", page)
