"""What is pressed and sent in an intervision. A script gets a few words back, a browser without one the page again."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access.cases import case_or_404
from bolwerk.circle.access.runs import led_run_or_404, refuse, run_or_404
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError
from bolwerk.circle.actions import contributions as sending
from bolwerk.circle.actions import intervision as steps
from bolwerk.circle.queries.runs import Run, people_in
from bolwerk.circle.queries.tabs import frame_of

STEPS = {
    "beginnen": steps.start_run,
    "verder": steps.next_phase,
    "terug": steps.previous_phase,
    "pauze": steps.pause_run,
    "doorgaan": steps.resume_run,
    "afronden": steps.finish_run,
    "stoppen": steps.stop_run,
}
MORE = {"langer": 5}  # minutes
REFUSED, CONFLICT = 422, 409


def _number(request: SignedInRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def _answer(request: SignedInRequest, there: tuple[str, UUID, UUID], act: Callable[[], object]) -> HttpResponse:
    """Do it, and say how that went: to a script with a status, to a browser with a message on the page."""
    text, status = "", 200
    try:
        act()
    except CircleError as error:
        text, status = str(error.text), REFUSED
    except ChangedMeanwhileError:
        text, status = _("Somebody else pressed a moment before you. This is how it stands now."), CONFLICT
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"text": text}, status=status)
    if text:
        messages.warning(request, text)
    return redirect(*there)


@signed_in("POST", per_object=True)
def run_step(request: SignedInRequest, circle_id: UUID, run_id: UUID, step: str) -> HttpResponse:
    """Begin, go on, go back, pause, take longer, choose a case, finish, stop. Who presses second is told."""
    one = led_run_or_404(request, circle_id, run_id)
    seen, by, now = _number(request, "seen"), request.user, timezone.now()
    there = ("circle:run_screen", circle_id, run_id)
    if step in STEPS:
        return _answer(request, there, lambda: STEPS[step](run=one, seen=seen, by=by, at=now))
    if step in MORE:
        return _answer(
            request, there, lambda: steps.extend_phase(run=one, minutes=MORE[step], seen=seen, by=by, at=now)
        )
    if step == "kiezen":
        return _answer(request, there, _picking(request, one, seen, now))
    raise Http404


def _picking(request: SignedInRequest, one: Run, seen: int, now: datetime) -> Callable[[], object]:
    try:
        key = UUID(request.POST.get("case", ""))
    except ValueError:
        raise Http404 from None
    case = case_or_404(request, one.circle_id, key)
    return lambda: steps.pick_case(run=one, case=case, seen=seen, by=request.user, at=now)


@signed_in("POST", per_object=True)
def send_words(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """Send words. The key makes that they arrive once, however often a phone tries."""
    one = run_or_404(request, circle_id, run_id)
    me = access.own_participant(request.user, one.circle, on=timezone.localdate()) or refuse(request, run_id)
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
    words = sending.Words(key, _number(request, "phase"), request.POST.get("text", "").replace("\r\n", "\n"))
    by, now = request.user, timezone.now()
    named = [] if request.POST.get("sure") else people_in(words.text)
    if named:
        return _asked(request, one, words, named)
    return _answer(
        request, ("circle:run", circle_id, run_id), lambda: sending.send(run=one, words=words, me=me, by=by, at=now)
    )


def _asked(request: SignedInRequest, one: Run, words: sending.Words, named: list[str]) -> HttpResponse:
    """Nothing was sent: somebody seems to be named. Whoever wrote it changes it, or says that it is nobody."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"text": "", "names": named}, status=REFUSED)
    page = frame_of(one.circle, request.user) | {"run": one, "words": words, "named": named}
    return render(request, "circle/runs/asked.html", page, status=REFUSED)


@signed_in("POST", per_object=True)
def vote(request: SignedInRequest, circle_id: UUID, run_id: UUID) -> HttpResponse:
    """Choose one. No name is kept with it."""
    one, today = run_or_404(request, circle_id, run_id), timezone.localdate()
    me = access.own_participant(request.user, one.circle, on=today) or refuse(request, run_id)
    option, phase = request.POST.get("option", ""), _number(request, "phase")
    return _answer(
        request,
        ("circle:run", circle_id, run_id),
        lambda: sending.vote(run=one, option=option, phase=phase, me=me, on=today),
    )
