"""Meetings about the norm: planned, prepared, held; and the proof of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import norms as steps
from bolwerk.incidents.forms.norm_meetings import ChangeMeetingForm, HeldForm, PlanMeetingForm, PreparationForm
from bolwerk.incidents.queries import norms as answers
from bolwerk.incidents.rules.norm_meetings import Exercise, Preparation
from bolwerk.incidents.rules.norms import NormError
from bolwerk.incidents.views.norms.writing import CONFLICT
from bolwerk.ui.lists import list_page


@signed_in("GET", roles=access.PROOF_ROLES)
def norm_meetings(request: SignedInRequest) -> HttpResponse:
    """Show of every team when it last spoke about the norm, and when it does so again."""
    today = timezone.localdate()
    seen = access.met_departments(request.user, on=today, proof=True)
    leads = frozenset(access.met_departments(request.user, on=today).order_by().values_list("pk", flat=True))
    page = list_page(answers.meetings_spec(leads=leads, on=today), request, answers.proofs(seen))
    return render(request, "incidents/norms/meetings.html", {"page": page})


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def plan_norm_meeting(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Plan a meeting of a team."""
    department = access.met_department_or_404(request, department_id)
    form = PlanMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["planned_on"]
        try:
            meeting = steps.plan_meeting(department=department, planned_on=day, by=request.user, at=timezone.now())
        except NormError as error:
            form.show(error)
        else:
            return redirect("incidents:norm_meeting", meeting.pk)
    page = {"form": form, "department": department, "meetings": answers.meetings_of(department)}
    return render(request, "incidents/norms/plan_meeting.html", page)


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def norm_meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting: what to prepare, the exercises, what came out. Post: what is prepared."""
    meeting = access.meeting_or_404(request, meeting_id)
    form = PreparationForm(request.POST or None, initial={"done": meeting.prepared})
    if request.method == "POST" and form.is_valid():
        done = [Preparation(code) for code in form.cleaned_data["done"]]
        steps.prepare_meeting(meeting=meeting, done=done, by=request.user, at=timezone.now())
        return redirect("incidents:norm_meeting", meeting.pk)
    exercises = answers.exercises_of(meeting)
    page = {
        "meeting": meeting,
        "form": form,
        "exercises": [(one, answers.shown(one)) for one in exercises],
        "changes": answers.changes_of(meeting),
        "open": next((one for one in exercises if one.closed_at is None), None),
        "kinds": list(Exercise),
        "today": timezone.localdate(),
    }
    return render(request, "incidents/norms/meeting.html", page)


CHANGES = {"verzetten": False, "afzeggen": True}  # the word in the address, and whether it cancels


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def change_norm_meeting(request: SignedInRequest, meeting_id: UUID, change: str) -> HttpResponse:
    """Hold a meeting on another day, or not at all; the team hears of it."""
    meeting = access.meeting_or_404(request, meeting_id)
    if change not in CHANGES or meeting.over_at:
        raise Http404
    cancels = CHANGES[change]
    form = ChangeMeetingForm(request.POST or None, initial={"seen": meeting.version}, cancels=cancels)
    page = {"form": form, "meeting": meeting, "cancels": cancels}
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        told = {"why": data["why"], "by": request.user, "at": now, "seen": data["seen"]}
        try:
            if cancels:
                steps.cancel_meeting(meeting=meeting, **told)
            else:
                steps.move_meeting(meeting=meeting, to=data["planned_on"], **told)
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=meeting.version)
            return render(request, "incidents/norms/change_meeting.html", page, status=CONFLICT)
        else:
            return redirect("incidents:norm_meeting", meeting.pk)
    return render(request, "incidents/norms/change_meeting.html", page)


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def hold_norm_meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Write down what came out of a meeting."""
    meeting = access.meeting_or_404(request, meeting_id)
    form = HeldForm(request.POST or None, initial={"seen": meeting.version})
    page = {"form": form, "meeting": meeting}
    if request.method == "POST" and form.is_valid():
        held, seen = form.held(), form.cleaned_data["seen"]
        try:
            steps.hold_meeting(meeting=meeting, held=held, by=request.user, at=timezone.now(), seen=seen)
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=meeting.version)
            return render(request, "incidents/norms/hold_meeting.html", page, status=CONFLICT)
        else:
            return redirect("incidents:norm_meeting", meeting.pk)
    return render(request, "incidents/norms/hold_meeting.html", page)
