"""An intervision: the list, preparing one, the phone, the shared screen, and the state that both ask for."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access.runs import is_present, run_or_404, runs_for
from bolwerk.circle.actions import CircleError
from bolwerk.circle.actions.contributions import join_run
from bolwerk.circle.actions.intervision import plan_run as prepare
from bolwerk.circle.forms.runs import RunForm
from bolwerk.circle.queries import runs as answers
from bolwerk.circle.queries.methods import methods
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.intervision import OVER
from bolwerk.circle.views.pulse import give_pass

PARTS = {"telefoon": "circle/runs/phone.html", "scherm": "circle/runs/screen.html"}


@signed_in("GET", per_object=True)
def runs(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The intervisions of a circle."""
    circle = access.circle_or_404(request, circle_id)
    found = runs_for(request.user, circle_id, on=timezone.localdate()).select_related("case__member__municipality")
    page = frame_of(circle, request.user) | {"rows": answers.rows_of(list(found))}
    return render(request, "circle/runs/list.html", page)


@signed_in("GET", "POST", per_object=True)
def plan_run(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Prepare an intervision."""
    circle = access.led_circle_or_404(request, circle_id)
    cases = answers.open_cases(circle, on=timezone.localdate())
    sessions = answers.sessions_to_come(circle)
    asked = {
        name: request.GET.get(word)
        for name, word in (("method", "methode"), ("case", "casus"), ("session", "bijeenkomst"))
    }
    form = RunForm(request.POST or None, methods=methods(), cases=cases, sessions=sessions, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare(circle=circle, plan=form.plan(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            return redirect("circle:run_screen", circle_id, made.pk)
    return render(request, "circle/runs/plan.html", frame_of(circle, request.user) | {"form": form})


@signed_in("GET", per_object=True)
def run(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """What a participant holds in the hand: one task at a time; afterwards, what it brought."""
    one = run_or_404(request, circle_id, run_id)
    stage = _stage(request, one)
    over = one.state in OVER
    page = frame_of(one.circle, request.user) | {"stage": stage, "run": one, "key": uuid4()}
    return render(request, "circle/runs/look_back.html" if over else "circle/runs/run.html", page)


@signed_in("GET", per_object=True)
def run_screen(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """The screen on the wall, with the buttons of who leads below it."""
    one = run_or_404(request, circle_id, run_id)
    page = frame_of(one.circle, request.user) | {"run": one, "stage": _stage(request, one)}
    return render(request, "circle/runs/wall.html", page)


@signed_in("GET", per_object=True)
def run_state(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """Two numbers while nothing changed, else all that this screen must show.

    A phone asks for a new state when the version changed, the screen on the wall also when something came in. Whoever
    may see the run is told the numbers for some seconds by `pulse`, without coming here.
    """
    part = request.GET.get("voor", "telefoon")
    one = run_or_404(request, circle_id, run_id)
    me = access.own_participant(request.user, one.circle, on=timezone.localdate())
    numbers: dict[str, object] = {"version": one.version, "sent": one.sent}
    if me is None or is_present(one, request.user):
        give_pass(request, one, me.pk if me else None)
    as_seen = request.GET.get("versie") == str(one.version)
    if as_seen and (part != "scherm" or request.GET.get("binnen") == str(one.sent)):
        return JsonResponse(numbers)
    stage = answers.stage_of(one, me, request.user, at=timezone.now(), on=timezone.localdate())
    page = frame_of(one.circle, request.user) if part == "scherm" else {"circle": one.circle}
    page |= {"run": one, "stage": stage, "csrf_token": get_token(request), "key": uuid4()}
    numbers["html"] = render_to_string(PARTS.get(part, PARTS["telefoon"]), page)
    return JsonResponse(numbers | {"say": answers.in_words(stage), "over": one.state in OVER})


@signed_in("POST", per_object=True)
def join(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """I am there."""
    one = run_or_404(request, circle_id, run_id)
    try:
        join_run(run=one, by=request.user, at=timezone.now())
    except CircleError as error:
        messages.error(request, str(error.text))
    return redirect("circle:run", circle_id, run_id)


def _stage(request: SignedInRequest, one: answers.Run) -> answers.Stage:
    today = timezone.localdate()
    me = access.own_participant(request.user, one.circle, on=today)
    return answers.stage_of(one, me, request.user, at=timezone.now(), on=today)
