"""The labour inspectorate: saying that it must be told, and that it was."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.forms.care_help import UndoForm
from bolwerk.incidents.forms.inspectorate import HarmForm, NoticeForm
from bolwerk.incidents.queries.care import inspectorate_case, inspectorate_history, inspectorate_line
from bolwerk.incidents.rules.inspectorate import AlreadyReportedError, Harm

CONFLICT = 409


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def inspectorate(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Say that it must be told, or, once that was said, that it was told."""
    found = access.care_or_404(request, incident_id)
    case, today = inspectorate_case(found), timezone.localdate()
    again = case is not None and "harm" not in request.POST
    form = NoticeForm(request.POST or None, today=today) if again else HarmForm(request.POST or None)
    line = inspectorate_line()
    page = {
        "incident": found,
        "form": form,
        "title": _("Reported to the labour inspectorate") if again else _("Labour inspectorate"),
        "button": _("Save"),
        "note": f"{line.phone}. {line.source}",
        "history": inspectorate_history(found),
    }
    if request.method == "POST" and form.is_valid():
        try:
            if isinstance(form, NoticeForm) and case:
                steps.report_to_inspectorate(case=case, notice=form.notice(), by=request.user, at=timezone.now())
            else:
                harm = Harm(form.cleaned_data["harm"])
                steps.say_harm(incident=found, harm=harm, by=request.user, at=timezone.now())
        except AlreadyReportedError:
            form.add_error(None, _("This was reported to the labour inspectorate already."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", found.pk)
    return render(request, "incidents/care/step.html", page)


@signed_in("GET", "POST", roles=access.CARE_ROLES, per_object=True)
def undo(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Take back what was written down by mistake; what it said stays in the history."""
    found = access.care_or_404(request, incident_id)
    case = inspectorate_case(found)
    if case is None:
        raise Http404
    form = UndoForm(request.POST or None)
    page = {"incident": found, "form": form, "title": _("Written down by mistake"), "button": _("Take it back")}
    page["history"] = inspectorate_history(found)
    if case.reported_on:
        page["note"] = _("It was reported already: call the inspectorate as well, so that they know.")
    if request.method == "POST" and form.is_valid():
        try:
            steps.undo_harm(case=case, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        except actions.ChangedMeanwhileError:
            form.add_error(None, _("A colleague took this back already. Look at the care track again."))
            return render(request, "incidents/care/step.html", page, status=CONFLICT)
        return redirect("incidents:care", found.pk)
    return render(request, "incidents/care/step.html", page)
