"""Rating the own care, and what was published of all ratings."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.forms.care_help import RatingForm
from bolwerk.incidents.queries import care as answers
from bolwerk.incidents.rules.care_rating import RatedAlreadyError

CONFLICT = 409


@signed_in("GET", "POST", per_object=True)
def rate(request: SignedInRequest, concerned_id: UUID) -> HttpResponse:
    """Answer three questions about the own care, once it is over."""
    found = access.own_concerned_or_404(request, concerned_id)
    form = RatingForm(request.POST or None, questions=answers.rating_questions())
    page = {"concerned": found, "form": form, "title": _("How was the care?"), "button": _("Send answers")}
    page["note"] = _(
        "Your answers are added to those of everybody else and kept without your name. Nobody sees them apart, not "
        "your manager either: what is shown is of the whole municipality, and only with enough answers."
    )
    if request.method == "POST" and form.is_valid():
        try:
            steps.rate_care(concerned=found, answers=form.answers(), at=timezone.now())
        except (RatedAlreadyError, actions.ChangedMeanwhileError):
            form.add_error(None, _("You answered before, or the care is not over yet."))
            return render(request, "incidents/care/own_step.html", page, status=CONFLICT)
        return redirect("incidents:own_care", found.pk)
    if found.rated:
        raise Http404
    return render(request, "incidents/care/own_step.html", page)


@signed_in("GET", roles=access.CARE_RATING_ROLES)
def results(request: SignedInRequest) -> HttpResponse:
    """Show what was published of the ratings: of the whole municipality, through the gate."""
    return render(request, "incidents/care/ratings.html", {"ratings": answers.ratings()})
