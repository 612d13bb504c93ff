"""Somebody lost phone, passkeys and recovery codes: an administrator lets them begin anew (ADR 46)."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts import actions
from bolwerk.accounts.access import SignedInRequest, everybody, person_or_404, signed_in, way_back_or_404
from bolwerk.accounts.forms.ways_back import WayBackForm
from bolwerk.accounts.rules.ways_back import Refusal, WayBackError
from bolwerk.accounts.signin import ways_back
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.accounts.views.people import ADMINISTRATORS


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def way_back(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Ask it for somebody; once it is asked: how far it is, and who can do what."""
    if answer := ask_again(request):
        return answer
    shown, at = person_or_404(person_id), timezone.now()
    form = WayBackForm(request.POST or None)
    why = ways_back.why_not(shown, by=request.user, at=at)
    if why is None and form.is_valid():
        try:
            ways_back.ask(person=shown, by=request.user, at=at, **form.cleaned_data)
        except WayBackError as error:
            why = error.why
        else:
            messages.success(request, _("It is asked. %(name)s gets a mail about it.") % {"name": shown.name})
            return redirect("person_way_back", shown.pk)
    actions.note_reading(person=shown, by=request.user.urn, at=at)
    context = {
        "person": shown,
        "form": form,
        "why": why if why != Refusal.RUNNING else None,
        "running": ways_back.running_of(shown),
        "hours": int(settings.WAY_BACK_WAIT.total_seconds() // 3600),
        "days": settings.WAY_BACK_ADDRESS.days,
        "others": ways_back.seconds_for(shown, by=request.user, at=at),
    }
    return render(request, "accounts/way_back.html", context)


@signed_in("POST", roles=ADMINISTRATORS)
def agree(request: SignedInRequest, person_id: UUID, way_back_id: UUID) -> HttpResponse:
    """The second pair of eyes: it happens now."""
    if answer := ask_again(request):
        return answer
    row = way_back_or_404(person_id, way_back_id)
    try:
        ways_back.agree(row=row, by=request.user, at=timezone.now())
    except ways_back.NotTheSecondError:
        messages.error(request, _("You asked this yourself, or it is about you. Another administrator must agree."))
    except ways_back.OverError:
        messages.error(request, _("This was done or stopped meanwhile."))
    else:
        messages.success(
            request, _("Done. %(name)s gets a mail with a link to begin anew.") % {"name": row.person.name}
        )
    return redirect("person_way_back", person_id)


@signed_in("POST", roles=ADMINISTRATORS)
def stop(request: SignedInRequest, person_id: UUID, way_back_id: UUID) -> HttpResponse:
    """It does not happen after all."""
    if answer := ask_again(request):
        return answer
    row = way_back_or_404(person_id, way_back_id)
    try:
        ways_back.stop(row=row, by=request.user.urn, at=timezone.now())
    except ways_back.OverError:
        messages.error(request, _("This was done or stopped meanwhile."))
    else:
        messages.success(
            request, _("Stopped. What %(name)s signs in with stays as it was.") % {"name": row.person.name}
        )
    return redirect("person", person_id)


@everybody("GET", "POST")
def stop_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The person stops it with the link in the mail. Looking stops nothing: scanners of mail look."""
    row = ways_back.row_to_stop(token)
    stopped = False
    if request.method == "POST" and row is not None:
        try:
            ways_back.stop(row=row, by=row.person.urn, at=timezone.now())
            stopped = True
        except ways_back.OverError:
            row = None
    return render(request, "accounts/way_back_stop.html", {"running": row, "stopped": stopped})
