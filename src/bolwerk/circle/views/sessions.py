"""Sessions of a circle: the list, planning, one session, the poll, running it, and what it brings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access.exchange import ISSUERS
from bolwerk.circle.access.runs import runs_for
from bolwerk.circle.access.sessions import Seen, day_or_404, led_session_or_404, seen_session_or_404, session_or_404
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError
from bolwerk.circle.actions import sessions as steps
from bolwerk.circle.forms.sessions import CancelForm, PlanForm, PollForm
from bolwerk.circle.queries import circles as people
from bolwerk.circle.queries import photos as looks
from bolwerk.circle.queries import sessions as answers
from bolwerk.circle.queries.follow_up import to_ask_back
from bolwerk.circle.queries.runs import OneSession, Run, rows_of
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.sessions import SessionState, as_lines

MOVES = {"beginnen": steps.start_session, "afsluiten": steps.end_session}
WAYS = {"verder": 1, "terug": -1}


@signed_in("GET", per_object=True)
def sessions(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Every session of a circle."""
    circle = access.circle_or_404(request, circle_id)
    page = frame_of(circle, request.user) | {"sessions": answers.sessions_of(circle)}
    return render(request, "circle/sessions/list.html", page)


@signed_in("GET", "POST", per_object=True)
def plan_session(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Plan a session, beginning with a script."""
    circle = access.led_circle_or_404(request, circle_id)
    scripts = answers.agendas()
    chosen = next((one for one in scripts if one.code == request.GET.get("draaiboek")), scripts[0])
    hosts = people.members_of(circle, on=timezone.localdate())
    form = PlanForm(request.POST or None, hosts=hosts, initial={"blocks": as_lines(chosen.parts)})
    if request.method == "POST" and form.is_valid():
        try:
            made = steps.plan_session(circle=circle, plan=form.plan(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            return redirect("circle:session", circle.pk, made.pk)
    page = frame_of(circle, request.user) | {"form": form, "scripts": scripts, "chosen": chosen}
    return render(request, "circle/sessions/plan.html", page)


@signed_in("GET", "POST", per_object=True)
def session(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """One session. Post: which days suit."""
    seen = seen_session_or_404(request, circle_id, session_id)
    one, me, leads = seen.session, seen.me, seen.leads
    days = answers.poll_of(one, me.pk if me else None) if one.starts_at is None else []
    form = PollForm(request.POST or None, days=days) if me and days else None
    if request.method == "POST" and form and form.is_valid():
        return _polled(request, one, form)
    page = frame_of(one.circle, request.user, leads=leads) | {
        "session": one,
        "me": me,
        "form": form,
        "days": days,
        "nobody": not any(day.yes + day.maybe + day.no for day in days),
        "blocks": seen.blocks,
        "sends": leads and bool(ISSUERS & request.roles),
        "runs": rows_of(_runs(request, one)),
    }
    return render(request, "circle/sessions/session.html", page | _with_it(request, seen))


def _polled(request: SignedInRequest, one: OneSession, form: PollForm) -> HttpResponse:
    me = access.own_participant(request.user, one.circle, on=timezone.localdate())
    if me:
        steps.answer_poll(session=one, participant=me, answers=form.answers(), by=request.user, at=timezone.now())
        messages.success(request, _("Thank you. You can change your answer until a day is chosen."))
    return redirect("circle:session", one.circle_id, one.pk)


def _with_it(request: SignedInRequest, seen: Seen) -> dict[str, Any]:
    """What is asked back and prepared until a session is over, and what it brings from the moment it begins."""
    one, today = seen.session, timezone.localdate()
    if one.state == SessionState.CANCELLED:
        return {}
    told, beside = answers.told(seen, request.user), looks.beside(one, request.user, on=today)
    page = {
        "was_there": answers.was_there(seen, request.user),
        "brought": told.brought,
        "has_rated": seen.has_rated,
        "photos": beside.photos,
        "to_prepare": beside.to_prepare,
    }
    if one.state != SessionState.ENDED:
        page["asked_back"] = told.asked_back
        page["cases_asked_back"] = to_ask_back(one, request.user, leads=seen.leads, on=today)
    return page


@signed_in("POST", per_object=True)
def choose_day(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Choose one of the proposed days."""
    one = led_session_or_404(request, circle_id, session_id)
    day = day_or_404(request, one, request.POST.get("day", ""))
    try:
        steps.choose_day(session=one, day=day, by=request.user, at=timezone.now())
    except CircleError as error:
        messages.error(request, str(error.text))
    return redirect("circle:session", circle_id, session_id)


@signed_in("GET", per_object=True)
def session_calendar(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """The session as a calendar file."""
    one = session_or_404(request, circle_id, session_id)
    if one.starts_at is None:
        raise Http404
    answer = HttpResponse(answers.calendar_file(one, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="leerkring.ics"'
    return answer


@signed_in("GET", per_object=True)
def session_screen(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """The shared screen: what happens now, how long it may take, what comes next."""
    one = session_or_404(request, circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "stage": answers.stage_of(one, at=timezone.now())}
    page["runs"] = [row for row in rows_of(_runs(request, one)) if not row.run.ended_at]
    return render(request, "circle/sessions/screen.html", page)


@signed_in("GET", per_object=True)
def session_version(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """A number that changes with every step: what screens and phones ask for, again and again."""
    return HttpResponse(str(session_or_404(request, circle_id, session_id).version), content_type="text/plain")


@signed_in("POST", per_object=True)
def move_session(request: SignedInRequest, circle_id: UUID, session_id: UUID, move: str) -> HttpResponse:
    """Start, go to the next or the previous block, or end. Who presses second is told."""
    one = led_session_or_404(request, circle_id, session_id)
    seen = int(request.POST.get("seen", "0")) if request.POST.get("seen", "0").isdecimal() else 0
    if move not in (*MOVES, *WAYS):
        raise Http404
    by, now = request.user, timezone.now()
    try:
        if move in WAYS:
            position = max(one.current + WAYS[move], 0)
            steps.go_to_block(session=one, position=position, seen=seen, by=by, at=now)
        else:
            MOVES[move](session=one, seen=seen, by=by, at=now)
    except CircleError as error:
        messages.error(request, str(error.text))
    except ChangedMeanwhileError:
        messages.warning(request, _("Somebody else pressed a moment before you. This is how it stands now."))
    there = "circle:session_screen" if move in ("beginnen", *WAYS) else "circle:session"
    return redirect(there, circle_id, session_id)


def _runs(request: SignedInRequest, one: OneSession) -> list[Run]:
    """The intervisions of a session, as far as they exist for this person."""
    mine = runs_for(request.user, one.circle_id, on=timezone.localdate()).filter(session=one)
    return list(mine.select_related("case__member__municipality"))


@signed_in("GET", "POST", per_object=True)
def cancel_session(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Say that a session does not take place, and why. Everybody hears that there is news."""
    one = led_session_or_404(request, circle_id, session_id)
    form = CancelForm(request.POST or None, initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        why, seen = form.cleaned_data["why"], form.cleaned_data["seen"]
        try:
            steps.cancel_session(session=one, why=why, seen=seen, by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        except ChangedMeanwhileError:
            messages.warning(request, _("Somebody else pressed a moment before you. This is how it stands now."))
            return redirect("circle:session", circle_id, session_id)
        else:
            messages.success(request, _("The session is cancelled. Everybody gets a mail that there is news."))
            return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form}
    return render(request, "circle/sessions/cancel.html", page)
