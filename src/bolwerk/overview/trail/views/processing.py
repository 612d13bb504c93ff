"""The register of processing activities, and the processing log as a file."""

from datetime import timedelta

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.audit.actions.reading import note_processing_export
from bolwerk.overview.trail import queries
from bolwerk.overview.trail.access import EXTRACTORS, READERS
from bolwerk.overview.trail.forms import ProcessingExportForm
from bolwerk.processing.queries import activity_in, count_between, otlp_lines, register

A_MONTH = timedelta(days=30)


@signed_in("GET", roles=READERS)
def processing(request: SignedInRequest) -> HttpResponse:
    """What the municipality does with data of people: every activity with its purpose and its legal basis."""
    page = {"activities": register(), "tabs": queries.tabs(request.roles), "may_export": request.roles & EXTRACTORS}
    return render(request, "overview/trail/processing.html", page)


@signed_in("GET")
def activity(request: SignedInRequest, activity: str, version: int) -> HttpResponse:
    """One version of an activity: where the lines of the log point. It holds nothing about anybody."""
    found = activity_in(activity, version)
    if found is None:
        raise Http404
    return render(request, "overview/trail/activity.html", {"activity": found})


@signed_in("GET", "POST", roles=EXTRACTORS)
def export(request: SignedInRequest) -> HttpResponseBase:
    """Ask for which days and why, write that down, and give the lines as OTLP/JSON."""
    if answer := ask_again(request):
        return answer
    today = timezone.localdate()
    form = ProcessingExportForm(request.POST or None, initial={"since": today - A_MONTH, "until": today})
    if request.method != "POST" or not form.is_valid():
        return render(request, "overview/trail/processing_export.html", {"form": form})
    since, until = form.period()
    rows, reason = count_between(since, until), form.cleaned_data["reason"]
    note_processing_export(by=request.user.urn, rows=rows, reason=reason, at=timezone.now())
    response = StreamingHttpResponse(otlp_lines(since, until), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="verwerkingen.json"'
    return response
