"""Cases as the circle reads them: the list, one case, planning, changing, taking back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access as circles
from bolwerk.circle.access import cases as access
from bolwerk.circle.access.runs import runs_for
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError
from bolwerk.circle.actions import cases as steps
from bolwerk.circle.actions.case_bundles import bring_case as brought
from bolwerk.circle.actions.case_drafts import begin_change
from bolwerk.circle.forms.cases import PlanCaseForm, TakeBackForm
from bolwerk.circle.forms.exchange import BundleFileForm as BroughtForm
from bolwerk.circle.queries import cases as answers
from bolwerk.circle.queries.follow_up import advice_with_answers, outcome_of
from bolwerk.circle.queries.runs import rows_of
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.bundles import BundleRefusedError
from bolwerk.circle.rules.cases import CaseState


@signed_in("GET", per_object=True)
def cases(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The cases of a circle, and what one is writing oneself."""
    circle = circles.circle_or_404(request, circle_id)
    today = timezone.localdate()
    me = circles.own_participant(request.user, circle, on=today)
    page = frame_of(circle, request.user) | {"me": me, "listed": answers.listed(circle, request.user, me, on=today)}
    return render(request, "circle/cases/list.html", page)


@signed_in("GET", per_object=True)
def case(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """One case."""
    found = access.case_or_404(request, circle_id, case_id)
    page = frame_of(found.circle, request.user)
    mine = access.is_own(found, request.user)
    page |= {"case": found, "shown": answers.shown(found), "mine": mine}
    if found.state == CaseState.DONE:
        page |= {"advice": advice_with_answers(found), "outcome": outcome_of(found)}
    of_case = runs_for(request.user, circle_id, on=timezone.localdate()).filter(case=found)
    page["runs"] = rows_of(list(of_case.select_related("case__member__municipality")))
    if found.state in {CaseState.SHARED, CaseState.PLANNED} and (page["leads"] or mine):
        start = {"session": found.session, "seen": found.version}
        page["plan"] = PlanCaseForm(initial=start, sessions=answers.sessions_to_come(found.circle))
    return render(request, "circle/cases/case.html", page)


@signed_in("POST", per_object=True)
def plan_case(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """Choose the session of a case: who brought it, or who leads the circle."""
    found = access.case_to_plan_or_404(request, circle_id, case_id)
    form = PlanCaseForm(request.POST, sessions=answers.sessions_to_come(found.circle))
    if not form.is_valid():
        messages.error(request, _("Choose a session of this circle that is still to come."))
        return redirect("circle:case", circle_id, case_id)
    session, seen = form.cleaned_data["session"], form.cleaned_data["seen"]
    try:
        steps.plan_case(case=found, session=session, seen=seen, by=request.user, at=timezone.now())
    except CircleError as error:
        messages.error(request, str(error.text))
    except ChangedMeanwhileError:
        messages.warning(request, _("Somebody changed this case a moment ago. This is how it stands now."))
    return redirect("circle:case", circle_id, case_id)


@signed_in("POST", per_object=True)
def change_case(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """Write on in a case that was shared; the circle reads the old text until the new one passed the check."""
    found = access.own_case_or_404(request, circle_id, case_id)
    me = access.own_seat_or_404(request, circle_id)
    try:
        draft = begin_change(case=found, author=me, by=request.user, at=timezone.now())
    except CircleError as error:
        messages.error(request, str(error.text))
        return redirect("circle:case", circle_id, case_id)
    return redirect("circle:write_case", circle_id, draft.pk)


@signed_in("GET", "POST", per_object=True)
def withdraw_case(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> HttpResponse:
    """Take a case back, and say why."""
    found = access.own_case_or_404(request, circle_id, case_id)
    form = TakeBackForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        because, seen = form.cleaned_data["because"], form.cleaned_data["seen"]
        try:
            steps.withdraw_case(case=found, because=because, seen=seen, by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        except ChangedMeanwhileError:
            messages.warning(request, _("Somebody changed this case a moment ago. This is how it stands now."))
            return redirect("circle:case", circle_id, case_id)
        else:
            messages.success(request, _("The case is taken back. Its words are destroyed."))
            return redirect("circle:cases", circle_id)
    page = frame_of(found.circle, request.user) | {"case": found, "form": form}
    return render(request, "circle/cases/withdraw.html", page)


@signed_in("GET", "POST", per_object=True)
def bring_case(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Bring a case that was written and checked at home."""
    me = access.own_seat_or_404(request, circle_id)
    form = BroughtForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = brought(author=me, data=form.cleaned_data["file"], by=request.user, at=timezone.now())
        except (BundleRefusedError, CircleError) as error:
            form.add_error("file", _("%(why)s Nothing was kept.") % {"why": error})
        else:
            return redirect("circle:share_case", circle_id, draft.pk)
    return render(request, "circle/cases/bring.html", frame_of(me.member.circle, request.user) | {"form": form})
