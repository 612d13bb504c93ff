"""Looking back on cases: what was done with advice, what it did, and what came of all of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access as circles
from bolwerk.circle.access.cases import own_case_or_404
from bolwerk.circle.actions import CircleError
from bolwerk.circle.actions import follow_up as steps
from bolwerk.circle.forms.follow_up import AdviceForm, OutcomeForm
from bolwerk.circle.queries import follow_up as answers
from bolwerk.circle.queries.tabs import frame_of


@signed_in("GET", "POST", per_object=True)
def follow_up(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """Say of each advice on my case whether it was used, and why."""
    case = own_case_or_404(request, circle_id, case_id)
    form = AdviceForm(request.POST or None, advice=answers.advice_with_answers(case), member=case.member)
    if request.method == "POST" and form.is_valid():
        try:
            steps.answer_advice(case=case, said=form.said(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("Thank you. Your circle reads what you did with its advice."))
            return redirect("circle:case", circle_id, case_id)
    page = frame_of(case.circle, request.user) | {"case": case, "form": form}
    return render(request, "circle/cases/follow_up.html", page)


@signed_in("GET", "POST", per_object=True)
def outcome(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """Say what came of my case."""
    case = own_case_or_404(request, circle_id, case_id)
    told = answers.outcome_of(case)
    start = {"outcome": told.outcome, "words": told.words} if told else {}
    form = OutcomeForm(request.POST or None, member=case.member, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            steps.tell_outcome(case=case, effect=form.effect(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("Thank you for telling. That is how the next municipality gets further."))
            return redirect("circle:case", circle_id, case_id)
    page = frame_of(case.circle, request.user) | {"case": case, "form": form}
    return render(request, "circle/cases/outcome.html", page)


@signed_in("GET", per_object=True)
def what_came_of_cases(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """What came of the cases of a circle."""
    circle = circles.circle_or_404(request, circle_id)
    came = answers.came_of_cases(circle, request.user, on=timezone.localdate())
    return render(request, "circle/cases/came_of.html", frame_of(circle, request.user) | {"came": came})
