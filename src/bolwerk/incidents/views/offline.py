"""Reporting without network: the page a phone keeps, the script that keeps it, and the door for what was sealed."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.incidents import actions, queries
from bolwerk.incidents.forms import BlankReportForm, EnvelopeForm, SealedReportForm
from bolwerk.incidents.rules import NotReadableError
from bolwerk.ui.templatetags.ui import asset

SHELL = "incidents/offline.html"


@everybody("GET")
def offline(request: HttpRequest) -> HttpResponse:
    """The form as a phone keeps it: of nobody, with nothing filled in, and the key to seal to."""
    return render(request, SHELL, _shell())


def _shell() -> dict[str, object]:
    now = timezone.now()
    return {"form": BlankReportForm(at=now), "key": actions.sealing_key(at=now).public}


@everybody("GET")
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker. Its text changes with the page it keeps, so that browsers fetch that anew."""
    places = {
        "page": reverse("incidents:report"),
        "shell": reverse("incidents:offline"),
        "version": hashlib.sha256(render_to_string(SHELL, _shell()).encode()).hexdigest()[:16],
    }
    files = ", ".join(json.dumps(asset(f"incidents/{name}.js")) for name in ("queue", "worker"))
    text = f"self.BOLWERK = {json.dumps(places)};\nimportScripts({files});\n"
    return HttpResponse(text, content_type="text/javascript")


@signed_in("GET")
def standing(request: SignedInRequest) -> HttpResponse:
    """Who is signed in here, as a mark that tells no name, and a token to send with."""
    return JsonResponse({"sender": queries.sender_of(request.user), "token": get_token(request)})


@signed_in("POST")
def receive_sealed(request: SignedInRequest) -> HttpResponse:
    """Take in one sealed report, once. 409: it is somebody else's and stays on the phone. 422: it does not open."""
    now, envelope = timezone.now(), EnvelopeForm(request.POST)
    if not envelope.is_valid():
        return JsonResponse({"state": "unreadable"}, status=422)
    sent = envelope.cleaned_data
    try:
        opened = queries.opened_report(sent["sealed"], public=sent["key"])
    except NotReadableError:
        return JsonResponse({"state": "unreadable"}, status=422)
    if opened.sender != queries.sender_of(request.user):
        return JsonResponse({"state": "of somebody else"}, status=409)
    form = SealedReportForm(opened, phone=sent["phone"], person=request.user, at=now)
    if not form.is_valid():
        return JsonResponse({"state": "unreadable"}, status=422)
    key = form.cleaned_data["submission_key"]
    incident = actions.report_sealed(arrival=form.arrival(), by=request.user, at=now, submission_key=key)
    return JsonResponse({"state": "arrived", "number": incident.reference})
