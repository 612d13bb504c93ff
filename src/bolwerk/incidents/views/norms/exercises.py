"""Exercises: the screen on the wall, and the phones. A phone has no account, and nobody knows whose it is."""

import secrets
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.accounts.signin import throttling
from bolwerk.incidents import access
from bolwerk.incidents.access import OpenExercise
from bolwerk.incidents.actions import norms as steps
from bolwerk.incidents.forms.norm_meetings import AnswersForm, BehavioursForm, CodeForm, ExerciseForm
from bolwerk.incidents.queries import norms as answers
from bolwerk.incidents.rules.norm_meetings import OPEN_FOR, Exercise
from bolwerk.incidents.rules.norms import NormError

COOKIE = "exercise"  # a random number that only this phone has: it lets a phone answer once
TOO_MANY, GONE = 429, 404


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def open_norm_exercise(request: SignedInRequest, meeting_id: UUID, exercise: str) -> HttpResponse:
    """Choose the lines of an exercise and put it on the screen."""
    meeting = access.meeting_or_404(request, meeting_id)
    if exercise not in Exercise.values:
        raise Http404
    kind = Exercise(exercise)
    lines = answers.lines_to_start_with(meeting, kind, on=timezone.localdate())
    writes = kind is Exercise.COLLECT  # the phones write the lines
    form = ExerciseForm(
        request.POST if request.method == "POST" else None, initial={"items": "\n".join(lines)}, writes=writes
    )
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data.get("items", "").splitlines(), timezone.now()
        try:
            opened = steps.open_exercise(meeting=meeting, exercise=kind, lines=typed, by=request.user, at=now)
        except NormError as error:
            form.show(error)
        else:
            return redirect("incidents:norm_screen", meeting.pk, opened.pk)
    return render(request, "incidents/norms/open_exercise.html", {"form": form, "meeting": meeting, "kind": kind})


@signed_in("GET", "POST", roles=access.MEETING_ROLES, per_object=True)
def norm_screen(request: SignedInRequest, meeting_id: UUID, exercise_id: UUID) -> HttpResponse:
    """The screen: the code and how many answered; when it is closed, what may be said. Post: close it."""
    exercise = access.exercise_or_404(request, meeting_id, exercise_id)
    if request.method == "POST":
        steps.close_exercise(exercise=exercise, by=request.user, at=timezone.now())
        return redirect("incidents:norm_screen", meeting_id, exercise_id)
    page: dict[str, object] = {"exercise": exercise, "meeting": exercise.meeting, "items": answers.shown(exercise)}
    page["behaviours"] = answers.behaviours(exercise)
    if exercise.closed_at is None:
        address = request.build_absolute_uri(reverse("incidents:answer_exercise", args=[exercise.code]))
        join = request.build_absolute_uri(reverse("incidents:join_exercise"))
        page |= {"code": answers.qr(address), "join": join, "answered": answers.answered(exercise)}
    return render(request, "incidents/norms/screen.html", page)


@everybody("GET", "POST")
def join_exercise(request: HttpRequest) -> HttpResponse:
    """Type the code that is on the screen."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        found, answer = _found(request, code)
        if found:
            return redirect("incidents:answer_exercise", code)
        if answer:
            return answer
        form.add_error("code", _("No exercise is open with this code. Look at the screen again."))
    return render(request, "incidents/norms/join.html", {"form": form})


@everybody("GET", "POST")
def answer_exercise(request: HttpRequest, code: str) -> HttpResponse:
    """Answer on a phone: once, without a name."""
    found, answer = _found(request, code)
    if found is None:
        return answer or render(request, "incidents/norms/gone.html", status=GONE)
    kind, token = Exercise(found.exercise), request.COOKIES.get(COOKIE) or secrets.token_urlsafe(16)
    writes = kind is Exercise.COLLECT
    asked = AnswersForm(request.POST or None, exercise=kind, items=found.items.all())
    form = BehavioursForm(request.POST or None) if writes else asked
    page: dict[str, object] = {"form": form, "kind": kind}
    if request.method == "POST" and form.is_valid():
        try:
            if isinstance(form, BehavioursForm):
                steps.send_behaviours(exercise=found, token=token, lines=form.lines(), at=timezone.now())
            else:
                steps.answer_exercise(exercise=found, token=token, answers=form.answers(), at=timezone.now())
        except NormError as error:
            form.show(error)
        else:
            page["done"] = True
    response = render(request, "incidents/norms/answer.html", page)
    response.set_cookie(
        COOKIE,
        token,
        max_age=OPEN_FOR,
        path=reverse("incidents:join_exercise"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _found(request: HttpRequest, code: str) -> tuple[OpenExercise | None, HttpResponse | None]:
    """The open exercise with this code, or what to answer when somebody guesses too often."""
    now = timezone.now()
    try:
        attempt = throttling.begin(request, purpose="exercise", account=code.strip().upper(), at=now)
    except throttling.TooManyAttemptsError as wait:
        page = {"seconds": wait.seconds}
        response = render(request, "incidents/norms/gone.html", page, status=TOO_MANY)
        response["Retry-After"] = str(wait.seconds)
        return None, response
    found = access.open_exercise(code, at=now)
    if found:
        throttling.was_right(attempt)
    return found, None
