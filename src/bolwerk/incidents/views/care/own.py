"""Pages of whoever gets care: what was agreed, steering it, and who looked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.actions.care.people import Step
from bolwerk.incidents.forms.care_help import OwnStepForm, WishForm
from bolwerk.incidents.queries import care as answers
from bolwerk.incidents.rules import Hat
from bolwerk.incidents.rules.care import CareEvent, CareMoveNotAllowedError
from bolwerk.incidents.rules.care_help import WishKind
from bolwerk.incidents.rules.care_rating import may_rate

CONFLICT = 409


@signed_in("GET", per_object=True)
def own_care(request: SignedInRequest, concerned_id: UUID) -> HttpResponse:
    """Show one's own care: each moment, what was agreed, what was asked."""
    found, now = access.own_concerned_or_404(request, concerned_id), timezone.now()
    steps.record_own_care(incident=found.incident, by=request.user, at=now)
    (shown,) = answers.own_care(found.incident, request.user, at=now)
    page = {
        "shown": shown,
        "may_rate": may_rate(shown.state, rated=shown.concerned.rated),
        "incident": found.incident,
        "readers": answers.readers_of_care(found.incident, on=timezone.localdate()),
    }
    return render(request, "incidents/care/own.html", page)


@signed_in("GET", "POST", per_object=True)
def ask(request: SignedInRequest, concerned_id: UUID) -> HttpResponse:
    """Ask for help, another moment or somebody else."""
    found = access.own_concerned_or_404(request, concerned_id)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, timezone.now()
        kind, words = WishKind(told["kind"]), told["words"]
        try:
            steps.ask_for_care(concerned=found, kind=kind, words=words, by=request.user, at=at)
        except actions.ChangedMeanwhileError:
            raise Http404 from None
        return redirect("incidents:own_care", found.pk)
    page = {"concerned": found, "form": form, "title": _("Ask something about your care"), "button": _("Send")}
    page["note"] = _("The care team and the manager of the department read this. They answer within a working day.")
    return render(request, "incidents/care/own_step.html", page)


@signed_in("GET", "POST", per_object=True)
def move_own(request: SignedInRequest, concerned_id: UUID, move: str) -> HttpResponse:
    """Want no more care, or want it after all."""
    found = access.own_concerned_or_404(request, concerned_id)
    event = next((event for event, word in answers.STEPS.items() if word == move), None)
    if event is None:
        raise Http404
    wants_reason = event is CareEvent.DECLINE
    form = OwnStepForm(request.POST or None, initial={"seen": found.version}, with_reason=wants_reason)
    title = _("I want no more care") if wants_reason else _("I would like care after all")
    page = {"concerned": found, "form": form, "title": title, "button": title}
    if wants_reason:
        page["note"] = _("The talks that are still to come stop. You can always come back on this.")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = Step(event, frozenset({Hat.CONCERNED}), data["seen"], data.get("reason", ""))
        try:
            steps.move_care(concerned=found, step=chosen, by=request.user, at=timezone.now())
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "incidents/care/own_step.html", page, status=CONFLICT)
        except CareMoveNotAllowedError:
            form.add_error(None, _("This step is not possible now. Look at your care again."))
        else:
            return redirect("incidents:own_care", found.pk)
    return render(request, "incidents/care/own_step.html", page)


@signed_in("GET", per_object=True)
def care_looks(request: SignedInRequest, concerned_id: UUID) -> HttpResponse:
    """Show who looked at the care track, in which role and when."""
    found = access.own_concerned_or_404(request, concerned_id)
    looks = answers.care_looks(found.incident, person=request.user)
    steps.record_care_looks(incident=found.incident, shown=len(looks), by=request.user, at=timezone.now())
    return render(request, "incidents/care/who_looked.html", {"concerned": found, "looks": looks})
