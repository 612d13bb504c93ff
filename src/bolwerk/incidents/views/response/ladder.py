"""The ladder as an editable table, and the terms of this track."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents.access import SETTING_ROLES
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.forms import TermForm
from bolwerk.incidents.forms.response import LadderForm
from bolwerk.incidents.queries import response as answers
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.objections import Period


@signed_in("GET", roles=SETTING_ROLES)
def ladder(request: SignedInRequest) -> HttpResponse:
    """Show every step with who decides it, its term and needs, and where that comes from; and the terms of the law."""
    page = {"rungs": answers.ladder().values(), "periods": answers.periods_in_force().values()}
    return render(request, "incidents/response/ladder.html", page)


@signed_in("GET", "POST", roles=SETTING_ROLES)
def ladder_step(request: SignedInRequest, step: str) -> HttpResponse:
    """Change one step or one term, or go back to the default."""
    if step in Period.values:
        return _period(request, Period(step))
    if step not in Step.values:
        raise Http404
    rung = answers.ladder()[Step(step)]
    start = {
        "decider": rung.decider,
        "within_days": rung.within.amount if rung.within else None,
        "most_months": rung.most_months,
        "needs": list(rung.needs),
        "source": rung.source if rung.own else "",
    }
    form = LadderForm(request.POST or None, initial=start)
    back = request.method == "POST" and "default" in request.POST
    if back or (request.method == "POST" and form.is_valid()):
        chosen = None if back else form.rung(rung.step)
        steps.set_ladder_step(step=rung.step, rung=chosen, by=request.user, at=timezone.now())
        return redirect("incidents:ladder")
    page = {
        "form": form,
        "title": rung.step.label,
        "about": rung.about,
        "own": rung.own,
        "source": rung.source,
        "current": rung,
    }
    return render(request, "incidents/response/ladder_step.html", page)


def _period(request: SignedInRequest, period: Period) -> HttpResponse:
    current = answers.periods_in_force()[period]
    start = {"amount": current.term.amount, "unit": current.term.unit.value}
    form = TermForm(request.POST or None, initial=start)
    back = request.method == "POST" and "default" in request.POST
    if back or (request.method == "POST" and form.is_valid()):
        chosen = None if back else form.term()
        steps.set_period(period=period, term=chosen, by=request.user, at=timezone.now())
        return redirect("incidents:ladder")
    page = {
        "form": form,
        "title": period.label,
        "about": current.in_words,
        "own": current.own,
        "source": current.source,
        "current": current,
    }
    return render(request, "incidents/response/ladder_step.html", page)
