"""Help and absence of somebody in the track, what they asked, and the list of accidents."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.forms.care_help import AbsenceForm, AnswerForm, HelpForm
from bolwerk.incidents.queries import care as answers
from bolwerk.incidents.rules.care_help import AnsweredAlreadyError
from bolwerk.ui.lists import list_page

CONFLICT = 409


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def arrange(request: SignedInRequest, incident_id: UUID, concerned_id: UUID) -> HttpResponse:
    """Write down that help was arranged."""
    concerned = access.concerned_or_404(request, incident_id, concerned_id)
    form = HelpForm(request.POST or None, today=timezone.localdate())
    page = {"incident": concerned.incident, "form": form, "button": _("Save")}
    page["title"] = _("Help for %(name)s") % {"name": concerned.called}
    page["note"] = _("Nothing medical: no complaint, diagnosis or treatment. Only that help was arranged, and when.")
    if request.method == "POST" and form.is_valid():
        try:
            steps.arrange_help(concerned=concerned, arranged=form.arranged(), by=request.user, at=timezone.now())
        except actions.ChangedMeanwhileError:
            form.add_error(None, _("This care track was erased: its term has passed."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", incident_id)
    return render(request, "incidents/care/step.html", page)


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def absence(request: SignedInRequest, incident_id: UUID, concerned_id: UUID) -> HttpResponse:
    """Write down that somebody is absent after what happened, or back again."""
    concerned = access.concerned_or_404(request, incident_id, concerned_id)
    running = answers.running_absence(concerned)
    form = AbsenceForm(request.POST or None, today=timezone.localdate(), running=running)
    page = {"incident": concerned.incident, "form": form, "button": _("Save")}
    page["title"] = _("Absence of %(name)s") % {"name": concerned.called}
    page["note"] = _(
        "Only the days. What is wrong is for the occupational doctor: do not ask it, do not write it down."
    )
    if request.method == "POST" and form.is_valid():
        try:
            steps.write_absence(concerned=concerned, absence=form.absence(), by=request.user, at=timezone.now())
        except actions.ChangedMeanwhileError:
            form.add_error(None, _("This care track was erased: its term has passed."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", incident_id)
    return render(request, "incidents/care/step.html", page)


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def answer(request: SignedInRequest, incident_id: UUID, wish_id: UUID) -> HttpResponse:
    """Answer what somebody asked for the own care."""
    wish = access.wish_or_404(request, incident_id, wish_id)
    form = AnswerForm(request.POST or None)
    page = {"incident": wish.concerned.incident, "form": form, "button": _("Send answer")}
    page["title"] = f"{wish.get_kind_display()}: {wish.concerned.called}"
    page["note"] = wish.words
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["answer"]
        try:
            steps.answer_wish(wish=wish, answer=said, by=request.user, at=timezone.now())
        except (AnsweredAlreadyError, actions.ChangedMeanwhileError):
            form.add_error(None, _("A colleague answered this already. Look at the care track again."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", incident_id)
    return render(request, "incidents/care/step.html", page)


@signed_in("GET", roles=access.CARE_ROLES)
def accident_list(request: SignedInRequest) -> HttpResponse:
    """List the accidents that the law wants listed, of the care that this person reads."""
    now = timezone.now()
    page = list_page(answers.accident_spec(at=now), request, answers.accidents(request.user, on=timezone.localdate()))
    used = [one.filter.name for one in page.choices if one.chosen]
    shown = [row.thing for row in page.rows]
    steps.record_accident_list(shown=shown, filters=",".join(used), by=request.user, at=now)
    return render(request, "incidents/care/accidents.html", {"page": page})
