"""The response track of one incident: what is established, who it is about, and the measures."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.forms.response import FindingsForm, HearingForm
from bolwerk.incidents.queries import norms
from bolwerk.incidents.queries import response as answers

HANDLERS = frozenset(access.HANDLER_ROLES)
CONFLICT = 409


@signed_in("GET", roles=access.RESPONSE_ROLES, per_object=True)
def track(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show where the reaction to the person stands, what is missing, and who has to do what."""
    now, today = timezone.now(), timezone.localdate()
    found = access.response_or_404(request, incident_id)
    steps.record_track_reading(incident=found, by=request.user, at=now)
    hats = access.hats_of(request.user, found, on=today)
    shown = answers.track_of(found, person=request.user, hats=hats, at=now, on=today)
    page = {
        "incident": found,
        "tabs": queries.tabs_of(found, hats=access.care_hats_of(request.user, found, on=today)),
        "track": shown,
        "person": answers.person_of(found) if shown.handles else None,
        "readers": answers.readers_of_response(found, shown, on=today),
    }
    return render(request, "incidents/response/track.html", page)


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def findings(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Write down what is established."""
    found = access.incident_to_handle(request, incident_id)
    known = answers.response_of(found)
    start: dict[str, object] = {"seen": known.version if known else 0}
    if known:
        names = ("severity", "facts", "facts_on", "norm", "norm_urn", "warned_on", "not_warned_because")
        start |= {name: getattr(known, name) for name in names}
        start["warned"] = "yes" if known.warned_on else "no" if known.not_warned_because else ""
    today = timezone.localdate()
    rules = norms.rule_choices(found.department, on=today)
    linked = norms.rule_named(known.norm_urn) if known else None
    form = FindingsForm(request.POST or None, initial=start, today=today, rules=rules, linked=linked)
    page = {"incident": found, "form": form, "title": _("What is established"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        try:
            steps.establish(
                incident=found,
                findings=form.findings(),
                by=request.user,
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=known.version if known else 0)
            return render(request, "incidents/response/step.html", page, status=CONFLICT)
        return redirect("incidents:response", found.pk)
    return render(request, "incidents/response/step.html", page)


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def hearing(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Write down that the person was heard, or why not yet."""
    found = access.incident_to_handle(request, incident_id)
    known = answers.response_of(found)
    start: dict[str, object] = {"seen": known.version if known else 0}
    if known:
        start |= {name: getattr(known, name) for name in ("heard_on", "heard_words", "not_heard_because")}
        start["heard"] = "yes" if known.heard_on else "no" if known.not_heard_because else ""
    form = HearingForm(request.POST or None, initial=start, today=timezone.localdate())
    page = {"incident": found, "form": form, "title": _("Hear the person"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        data = {"hearing": form.hearing(), "seen": form.cleaned_data["seen"]}
        try:
            steps.write_hearing(incident=found, by=request.user, at=timezone.now(), **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=known.version if known else 0)
            return render(request, "incidents/response/step.html", page, status=CONFLICT)
        return redirect("incidents:response", found.pk)
    return render(request, "incidents/response/step.html", page)
