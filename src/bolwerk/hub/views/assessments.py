"""Assessments: writing one down, and saying whether it holds."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, deny, signed_in
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import AssessmentForm, OutcomeForm
from bolwerk.hub.rules.assessments import (
    ALLOWED_OUTCOMES,
    Outcome,
    OutcomeNotAllowedError,
    OwnAssessmentError,
    ReasonMissingError,
)
from bolwerk.hub.views import CONFLICT
from bolwerk.ui.drafts import draft_initial, forget_draft

DRAFT = "hub-assessment"


@signed_in("GET", "POST", roles=access.ANALYSTS)
def assess(request: SignedInRequest, code: str) -> HttpResponse:
    """Write down that an assessment was done. It starts from the version before, and never changes that one."""
    now, today = timezone.now(), timezone.localdate()
    stand = queries.stands(on=today).get(code) or deny(request)
    draft = f"{DRAFT}-{code.lower()}"
    start = queries.text_of(stand.newest) | draft_initial(request, draft, AssessmentForm)
    form = AssessmentForm(request.POST or None, initial=start, today=today)
    if request.method == "POST" and form.is_valid():
        written = actions.write_assessment(source=code, text=form.text(), by=request.user, at=now)
        forget_draft(request, draft)
        return redirect("hub:assessment", written.pk)
    return render(request, "hub/assess.html", {"stand": stand, "form": form, "draft": draft})


@signed_in("GET", roles=access.OVERSEERS, per_object=True)
def assessment(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Show one assessment: what it says, who decided, and what the privacy officer said of it."""
    today = timezone.localdate()
    found = access.assessment_or_404(request, assessment_id)
    actions.record_reading(what=actions.What.ASSESSMENT, subject=found.urn, by=request.user, at=timezone.now())
    standing = found.standing(on=today)
    page = {
        "assessment": found,
        "standing": standing,
        "text": queries.sources().get(found.source),
        "may_decide": bool(access.DECIDERS & request.roles) and standing in ALLOWED_OUTCOMES,
        "history": queries.history_of_assessment(found),
        "readers": queries.overseers(on=today),
    }
    return render(request, "hub/assessment.html", page)


@signed_in("GET", "POST", roles=access.DECIDERS, per_object=True)
def decide(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Say whether an assessment holds."""
    now, today = timezone.now(), timezone.localdate()
    found = access.assessment_or_404(request, assessment_id)
    outcomes = ALLOWED_OUTCOMES.get(found.standing(on=today), ())
    form = OutcomeForm(request.POST or None, outcomes=outcomes)
    page = {"assessment": found, "form": form, "text": queries.sources().get(found.source), "outcomes": outcomes}
    if request.method == "POST" and form.is_valid():
        said = {"outcome": Outcome(form.cleaned_data["outcome"]), "reason": form.cleaned_data["reason"]}
        try:
            actions.decide(assessment=found, by=request.user, at=now, on=today, **said)
        except ReasonMissingError:
            form.add_error("reason", _("Give a reason: others must be able to see why."))
        except OwnAssessmentError:
            form.add_error("outcome", _("You wrote this assessment yourself. Somebody else must confirm it."))
        except OutcomeNotAllowedError:
            form.add_error(None, _("A colleague was first. Look at how the assessment stands now."))
            return render(request, "hub/decide.html", page, status=CONFLICT)
        else:
            return redirect("hub:assessment", found.pk)
    return render(request, "hub/decide.html", page)
