"""Kiosks: the coordinator makes them; whoever has no account reports there, and looks it up with a code."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.accounts.signin import throttling
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import KioskCodeForm, KioskDetailsForm, KioskForm, KioskReportForm
from bolwerk.incidents.queries.norms import qr
from bolwerk.incidents.rules import Receiver
from bolwerk.incidents.rules.kiosks import A_KIOSK, ALL_KIOSKS, AN_ADDRESS, OPEN_FOR, SLOWLY

PACE = throttling.Pace(account=A_KIOSK, address=AN_ADDRESS, overall=ALL_KIOSKS, wait=SLOWLY)
NOT_THERE, TOO_MANY = 404, 429
OPENED = "kiosk_report"  # in the session: which report, until when, and the next code


@signed_in("GET", "POST", roles=access.KIOSK_ROLES)
def kiosks(request: SignedInRequest) -> HttpResponse:
    """List the kiosks, and make one."""
    form = KioskForm(request.POST or None, departments=access.departments_for_kiosks(request.user))
    if request.method == "POST" and form.is_valid():
        made = actions.make_kiosk(by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("incidents:kiosk_poster", made.pk)
    return render(request, "incidents/kiosks/list.html", {"form": form, "kiosks": access.kiosks_of(request.user)})


@signed_in("GET", roles=access.KIOSK_ROLES, per_object=True)
def poster(request: SignedInRequest, kiosk_id: UUID) -> HttpResponse:
    """The poster to print, on one A4."""
    kiosk = access.kiosk_or_404(request, kiosk_id)
    address = settings.BOLWERK_BASE_URL + reverse("incidents:kiosk_report", args=[kiosk.address])
    page = {"kiosk": kiosk, "address": address, "code": qr(address)}
    return render(request, "incidents/kiosks/poster.html", page)


@signed_in("GET", "POST", roles=access.KIOSK_ROLES, per_object=True)
def revoke(request: SignedInRequest, kiosk_id: UUID) -> HttpResponse:
    """Take a kiosk down."""
    kiosk = access.kiosk_or_404(request, kiosk_id)
    if request.method == "POST":
        actions.revoke_kiosk(kiosk=kiosk, by=request.user, at=timezone.now())
        messages.success(request, _("The kiosk is taken down: its code to scan opens nothing any more."))
        return redirect("incidents:kiosks")
    return render(request, "incidents/kiosks/revoke.html", {"kiosk": kiosk})


@everybody("GET", "POST")
def report(request: HttpRequest, address: str) -> HttpResponse:
    """Report without an account. What was typed stays when it must wait a moment."""
    kiosk, now = access.kiosk_at(address), timezone.now()
    if kiosk is None:
        return render(request, "incidents/kiosks/gone.html", status=NOT_THERE)
    form = KioskReportForm(request.POST or None, at=now)
    page: dict[str, object] = {"form": form, "kiosk": kiosk}
    if request.method == "POST" and form.is_valid():
        try:
            throttling.keep_pace(request, purpose="kiosk", account=str(kiosk.pk), pace=PACE, at=now)
        except throttling.TooManyAttemptsError as slow:
            return _wait(request, "incidents/kiosks/report.html", page, slow)
        data = form.cleaned_data
        incident, code = actions.report_at_kiosk(
            kiosk=kiosk,
            facts=form.facts(),
            receiver=Receiver(data["receiver"] or Receiver.MANAGER),
            name=data["name"],
            at=now,
            submission_key=data["submission_key"],
        )
        _open(request, incident.pk, code=code, at=now)
        messages.success(request, _("Your report has arrived."))
        return redirect("incidents:kiosk_opened")
    return render(request, "incidents/kiosks/report.html", page)


@everybody("GET", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of a report. A wrong, a used and an old one are answered alike."""
    form, now = KioskCodeForm(request.POST or None), timezone.now()
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            attempt = throttling.begin(request, purpose="kiosk-code", account=typed, at=now)
        except throttling.TooManyAttemptsError as slow:
            return _wait(request, "incidents/kiosks/code.html", page, slow)
        found = access.report_with_code(typed, at=now)
        try:
            if found:
                _open(request, found.pk, code=actions.use_code(report=found, at=now), at=now)
                throttling.was_right(attempt)
                return redirect("incidents:kiosk_opened")
        except actions.CodeUsedError:
            pass
        form.add_error("code", _("This code opens nothing. It works once, and 90 days at most. Look at it again."))
    return render(request, "incidents/kiosks/code.html", page)


@everybody("GET", "POST")
def opened(request: HttpRequest) -> HttpResponse:
    """What became of the report that a code opened, and adding to it, for half an hour."""
    now = timezone.now()
    kept = request.session.get(OPENED, {})
    until = datetime.fromisoformat(kept["until"]) if kept else now
    found = access.opened_kiosk_report(UUID(kept["incident"])) if until > now else None
    if found is None:
        request.session.pop(OPENED, None)
        return redirect("incidents:kiosk_code")
    form = KioskDetailsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.complete_at_kiosk(report=found, text=form.cleaned_data["text"], at=now)
        messages.success(request, _("It is added to your report."))
        return redirect("incidents:kiosk_opened")
    incident = found.incident
    page = {
        "incident": incident,
        "form": form,
        "code": kept["code"],
        "duties": queries.open_duties(incident, at=now, care=False),
        "story": queries.story_for_reporter(incident),
    }
    return render(request, "incidents/kiosks/opened.html", page)


@everybody("POST")
def close(request: HttpRequest) -> HttpResponse:
    """Close the report on this screen: somebody else uses it after me."""
    request.session.pop(OPENED, None)
    messages.success(request, _("Your report is closed on this screen."))
    return redirect("incidents:kiosk_code")


def _open(request: HttpRequest, incident_id: UUID, *, code: str, at: datetime) -> None:
    """Let this browser read one report for a while, under a session of its own."""
    request.session.cycle_key()
    request.session[OPENED] = {"incident": str(incident_id), "until": (at + OPEN_FOR).isoformat(), "code": code}


def _wait(
    request: HttpRequest, template: str, page: dict[str, object], slow: throttling.TooManyAttemptsError
) -> HttpResponse:
    """Say how long to wait. Nothing that was typed is lost."""
    answer = render(request, template, page | {"seconds": slow.seconds}, status=TOO_MANY)
    answer["Retry-After"] = str(slow.seconds)
    return answer
