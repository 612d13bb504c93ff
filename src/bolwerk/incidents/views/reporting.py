"""Pages of whoever reports: the mini-report, its receipt, and what became of it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.forms import tell_cut
from bolwerk.documents.queries import documents_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.uploading import TOO_LARGE, keeps_typed, was_cut
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import DetailsForm, ReportForm
from bolwerk.incidents.queries.care import own_care, own_cares
from bolwerk.incidents.queries.police import reports_for_victim
from bolwerk.incidents.rules import ENDED
from bolwerk.incidents.views.photos import photos_waiting, tell_refused, tell_voice
from bolwerk.ui.compression import compressed_page
from bolwerk.ui.drafts import draft_initial, forget_draft
from bolwerk.ui.styles import styled_at_once

PAGE_SIZE = 25
DRAFT = "incidents-report"


@keeps_typed
@signed_in("GET", "POST")
@styled_at_once
@compressed_page
def report(request: SignedInRequest) -> HttpResponse:
    """Report something in under a minute. Photos come after the report itself: they may fail, it may not."""
    now = timezone.now()
    draft = draft_initial(request, DRAFT, ReportForm)
    form = ReportForm(request.POST or None, request.FILES or None, initial=draft, person=request.user, at=now)
    cut = was_cut(request)
    if cut:
        tell_cut(form)
    elif request.method == "POST" and form.is_valid():
        key, by = form.cleaned_data["submission_key"], request.user
        incident = actions.report(
            facts=form.facts(),
            happened_to=form.happened_to,
            by=by,
            at=now,
            submission_key=key,
            sending=form.sending(),
        )
        forget_draft(request, DRAFT)
        actions.bind_photos(incident=incident, key=key, chosen=form.chosen_before(), by=by, at=now)
        refused = actions.add_photos(incident=incident, uploads=form.uploads(), by=by, at=now)
        tell_refused(request, refused, first=_("Your report is in."))
        spoken = actions.add_voice(incident=incident, uploads=form.sounds(), by=by, at=now)
        tell_voice(request, spoken, first=_("Your report is in."))
        return redirect("incidents:receipt", incident.pk)
    names = queries.nearby_colleagues(request.user).values_list("name", flat=True)
    page = {"form": form, "draft": DRAFT, "colleagues": names}
    page["waiting"] = photos_waiting(request, form, at=now)
    return render(request, "incidents/report.html", page, status=TOO_LARGE if cut else 200)


@signed_in("GET", per_object=True)
def receipt(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Tell that the report arrived, and what happens next and when."""
    incident = access.own_incident(request, incident_id)
    now = timezone.now()
    page = {
        "incident": incident,
        "duties": queries.open_duties(incident, at=now),
        "people": queries.people_to_call(incident, on=timezone.localdate()),
    }
    return render(request, "incidents/receipt.html", page)


@signed_in("GET")
def own(request: SignedInRequest) -> HttpResponse:
    """List what this person reported, and what others reported for this person."""
    rows = access.own_incidents(request.user).with_concerned()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "incidents/own.html", {"page": page, "cares": own_cares(request.user)})


@signed_in("GET", per_object=True)
def own_incident(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show what became of one's own report."""
    incident = access.own_incident(request, incident_id)
    not_for_others = incident.happened_to_id == request.user.pk
    page = {
        "incident": incident,
        "duties": queries.open_duties(incident, at=timezone.now(), care=not_for_others),
        "story": queries.story_for_reporter(incident),
        "documents": documents_of(incident.urn, Kind.PHOTO, Kind.VOICE),
        "readers": queries.readers_of(incident, on=timezone.localdate()),
        "may_change": incident.reporter_id == request.user.pk and incident.status not in ENDED,
        "own_care": own_care(incident, request.user, at=timezone.now()) if not_for_others else [],
        "police": reports_for_victim(incident, request.user),
    }
    return render(request, "incidents/own_incident.html", page)


@signed_in("GET", per_object=True)
def who_looked(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show who looked at one's own report, in which role, when and what for."""
    incident = access.own_incident(request, incident_id)
    looks = queries.looks_at(incident, person=request.user)
    actions.record_looking_back(incident=incident, shown=len(looks), by=request.user, at=timezone.now())
    return render(request, "incidents/who_looked.html", {"incident": incident, "looks": looks})


@keeps_typed
@signed_in("GET", "POST", per_object=True)
def add_details(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Add what came to mind later, in words or photos."""
    incident = access.own_incident(request, incident_id)
    form = DetailsForm(request.POST or None, request.FILES or None)
    cut = was_cut(request)
    if cut:
        tell_cut(form)
    elif request.method == "POST" and form.is_valid():
        now, text = timezone.now(), form.cleaned_data["text"]
        if text:
            actions.add_details(incident=incident, text=text, by=request.user, at=now)
        refused = actions.add_photos(incident=incident, uploads=form.uploads(), by=request.user, at=now)
        tell_refused(request, refused)
        return redirect("incidents:own_incident", incident.pk)
    page = {"incident": incident, "form": form}
    return render(request, "incidents/add_details.html", page, status=TOO_LARGE if cut else 200)
