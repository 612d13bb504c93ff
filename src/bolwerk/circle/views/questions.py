"""Questions and offers of a circle: asking, answering, solving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access.questions import question_or_404
from bolwerk.circle.actions import questions as actions
from bolwerk.circle.forms.questions import AnswerForm, QuestionForm
from bolwerk.circle.queries import questions as answers
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.questions import QuestionError


@signed_in("GET", per_object=True)
def questions(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """What is asked and offered in a circle."""
    circle = access.circle_or_404(request, circle_id)
    asking = answers.asked_in(circle, at=timezone.now())
    page = frame_of(circle, request.user) | {"asking": asking, "forum": answers.forum()}
    return render(request, "circle/questions/list.html", page)


@signed_in("GET", "POST", per_object=True)
def ask(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Ask or offer something, perhaps about a card."""
    circle = access.circle_or_404(request, circle_id)
    card = answers.card_named(request.GET.get("card", ""))
    form = QuestionForm(request.POST or None, municipalities=answers.municipalities_in(circle))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(circle=circle, asked=form.asked(card), by=request.user, at=timezone.now())
        except QuestionError as error:
            form.show(error)
        else:
            messages.success(request, _("Your circle sees it now."))
            return redirect("circle:question", made.pk)
    return render(request, "circle/questions/ask.html", frame_of(circle, request.user) | {"form": form})


@signed_in("GET", "POST", per_object=True)
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One question with its answers; answer it."""
    found = question_or_404(request, question_id)
    form, now = AnswerForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(question=found, words=form.cleaned_data["words"], by=request.user, at=now)
        except QuestionError as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("Thank you: that helps."))
            return redirect("circle:question", found.pk)
    rows = list(answers.answers_to(found))
    seats = answers.seats_of(found.circle, [found.by_id, *(row.by_id for row in rows)])
    page = frame_of(found.circle, request.user) | {
        "question": found,
        "from_where": seats.get(found.by_id, ""),
        "answers": [(row, seats.get(row.by_id, "")) for row in rows],
        "stands": found.ends_at > now,
        "mine": found.by_id == request.user.pk,
        "form": form,
    }
    return render(request, "circle/questions/question.html", page)


@signed_in("POST", per_object=True)
def solve(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Say that it is solved."""
    found = question_or_404(request, question_id)
    try:
        actions.solve(question=found, by=request.user, at=timezone.now())
    except QuestionError as error:
        messages.warning(request, str(error.text))
    return redirect("circle:question", found.pk)
