"""Police and damage of one incident: what was reported to the police, where it stands, or why nothing was."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.actions import police as steps
from bolwerk.incidents.forms.police import PoliceReportForm, StateForm, WhyNotForm
from bolwerk.incidents.queries import police as answers
from bolwerk.incidents.rules.police import (
    MoveNotAllowedError,
    NotYetError,
    OutcomeMissingError,
    ReportKind,
    State,
)

CONFLICT = 409
PAGE = "incidents/police/step.html"
FILED = ("kind", "filer", "reported_on", "vpt", "privacy", "number")


@signed_in("GET", roles=access.POLICE_ROLES, per_object=True)
def track(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show what was reported to the police, what is due, and what became of it."""
    now, today = timezone.now(), timezone.localdate()
    found = access.police_or_404(request, incident_id)
    steps.record_police_reading(incident=found, by=request.user, at=now)
    page = {
        "incident": found,
        "tabs": queries.tabs_of(found, hats=access.care_hats_of(request.user, found, on=today)),
        "track": answers.police_of(found, at=now),
        "readers": answers.readers_of_police(found, on=today),
    }
    return render(request, "incidents/police/track.html", page)


def _page(request: SignedInRequest, incident: Any, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, PAGE, {"incident": incident, "form": form} | more, status=status)


def _offences(request: SignedInRequest, *chosen: str) -> dict[str, Any]:
    """The offences to choose from: those that were looked up, and those that were chosen already."""
    words = request.GET.get("zoek", "").strip()[:60]
    keep = {*chosen, *request.POST.getlist("offences")}
    shown = {one.code for one in answers.looked_up(words)} | keep
    return {"offences": [(one.code, f"{one}. {one.words}") for one in answers.offences() if one.code in shown]}


def _around(request: SignedInRequest, form: PoliceReportForm) -> dict[str, Any]:
    """What stands around the form: the address for the police, plain words, and what was looked up."""
    settings, looking = answers.police_settings(), request.GET.get("zoek", "")
    return {"privacy_words": form.privacy_words(), "settings": settings, "looking": looking}


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def add(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Write down that it was reported to the police."""
    found = access.police_or_404(request, incident_id)
    version, today = getattr(getattr(found, "police", None), "version", 0), timezone.localdate()
    start = {"seen": version, "kind": ReportKind.COMPLAINT, "filer": "employer", "reported_on": today}
    form = PoliceReportForm(request.POST or None, initial=start, today=today, **_offences(request))
    more: dict[str, Any] = {
        "title": _("Reported to the police"),
        "button": _("Save"),
        "privacy_words": form.privacy_words(),
    }
    more |= {"settings": answers.police_settings(), "looking": request.GET.get("zoek", "")}
    if request.method == "POST" and form.is_valid():
        data = {"filed": form.filed(), "seen": form.cleaned_data["seen"]}
        try:
            steps.add_police_report(incident=found, by=request.user, at=timezone.now(), on=today, **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=version)
            return _page(request, found, form, status=CONFLICT, **more)
        return redirect("incidents:police", found.pk)
    return _page(request, found, form, **more)


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def change(request: SignedInRequest, incident_id: UUID, report_id: UUID) -> HttpResponse:
    """Correct what was reported, or write what came later."""
    report, today = access.police_report_or_404(request, incident_id, report_id), timezone.localdate()
    start = {name: getattr(report, name) for name in FILED} | {"seen": report.version, "offences": report.codes}
    choices = _offences(request, *report.codes)
    form = PoliceReportForm(request.POST or None, initial=start, today=today, fixed_kind=True, **choices)
    more: dict[str, Any] = {
        "title": _("Change what was reported"),
        "button": _("Save"),
        "privacy_words": form.privacy_words(),
    }
    more |= {"settings": answers.police_settings(), "looking": request.GET.get("zoek", "")}
    if request.method == "POST" and form.is_valid():
        data = {"filed": form.filed(kind=ReportKind(report.kind)), "seen": form.cleaned_data["seen"]}
        try:
            steps.change_police_report(report=report, by=request.user, at=timezone.now(), on=today, **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=report.version)
            return _page(request, report.incident, form, status=CONFLICT, **more)
        return redirect("incidents:police", incident_id)
    return _page(request, report.incident, form, **more)


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def state(request: SignedInRequest, incident_id: UUID, report_id: UUID) -> HttpResponse:
    """Write down what the police or the prosecutor told."""
    report, today = access.police_report_or_404(request, incident_id, report_id), timezone.localdate()
    kind, now = ReportKind(report.kind), State(report.state)
    start = {"seen": report.version, "on": today}
    form = StateForm(request.POST or None, initial=start, kind=kind, now=now)
    more: dict[str, Any] = {"title": _("What the police told"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        data = {"told": form.told(), "seen": form.cleaned_data["seen"]}
        try:
            steps.tell_state(report=report, by=request.user, at=timezone.now(), on=today, **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=report.version)
            return _page(request, report.incident, form, status=CONFLICT, **more)
        except OutcomeMissingError:
            form.add_error("outcome", _("Choose how it ended when it is over, and only then."))
        except NotYetError:
            form.add_error("on", _("Choose a day from the report to the police up to and including today."))
        except MoveNotAllowedError:
            form.add_error("to", _("This step is not possible now. Look at the page again."))
        else:
            return redirect("incidents:police", incident_id)
    return _page(request, report.incident, form, **more)


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def why_not(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Write down why nothing is reported to the police."""
    found = access.police_or_404(request, incident_id)
    known = getattr(found, "police", None)
    version = known.version if known else 0
    start = {"seen": version, "reason": known.no_report_because if known else ""}
    form = WhyNotForm(request.POST or None, initial=start)
    more: dict[str, Any] = {"title": _("Nothing is reported to the police"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            steps.tell_why_not(
                incident=found, reason=data["reason"], by=request.user, at=timezone.now(), seen=data["seen"]
            )
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=version)
            return _page(request, found, form, status=CONFLICT, **more)
        return redirect("incidents:police", found.pk)
    return _page(request, found, form, **more)
