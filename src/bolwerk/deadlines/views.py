"""Pages of tasks: three lists, one task, and the address of a personal calendar."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import Answer, SignedInRequest, everybody, signed_in
from bolwerk.deadlines import access, actions, queries
from bolwerk.deadlines.forms import ClosingDayForm
from bolwerk.ui.dates import day_in_words
from bolwerk.ui.exports import csv_response
from bolwerk.ui.lists import Rows, list_page


def _list(request: SignedInRequest, tasks: Rows, words: dict[str, str], at: datetime) -> Answer:
    page = list_page(queries.tasks_spec(at=at), request, tasks.select_related("owner_person", "owner_department"))
    if page.wants_csv:
        actions.record_export(by=request.user, rows=page.count, at=at)
        return csv_response(page)
    tabs = [
        (reverse("deadlines:mine"), _("Mine")),
        (reverse("deadlines:team"), _("My team's")),
        (reverse("deadlines:overdue"), _("Overdue")),
    ]
    return render(request, "deadlines/tasks.html", {"page": page, "tabs": tabs, **words})


@signed_in("GET")
def mine(request: SignedInRequest) -> Answer:
    """List what I have to do, first due first."""
    now = timezone.now()
    words = {"title": _("My tasks"), "empty": _("What you have to do appears here, with how long you still have.")}
    return _list(request, access.tasks_owned_by(request.user, at=now).open(), words, now)


@signed_in("GET")
def team(request: SignedInRequest) -> Answer:
    """List what colleagues do under a role of mine, and what came to me because it is late."""
    now = timezone.now()
    empty = _("Tasks that colleagues do under one of your roles appear here, and tasks of others that are too late.")
    words = {"title": _("Tasks of my team"), "empty": empty}
    return _list(request, access.tasks_of_my_team(request.user, at=now).open(), words, now)


@signed_in("GET")
def overdue(request: SignedInRequest) -> Answer:
    """List everything that I see and that is too late."""
    now = timezone.now()
    words = {"title": _("Overdue tasks"), "empty": _("Nothing is too late.")}
    return _list(request, access.tasks_visible_to(request.user, at=now).overdue(now), words, now)


@signed_in("GET", per_object=True)
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Lead to where a task is done; a task that is ticked off by hand, or that has no such page, shows here."""
    now = timezone.now()
    found = access.task_for(request.user, task_id, at=now)
    work = queries.address_of_work(found, request.user, on=timezone.localdate())
    if work and not found.by_hand:
        return redirect(work)
    page = {
        "task": found,
        "work": work,
        "left": queries.time_left(found, at=now, calendar=queries.shown_calendar()),
        "late": found.due_at < now,
        "owner": queries.owner_in_words(found),
        "may_end": access.may_tick_off(request.user, found, at=now),
    }
    return render(request, "deadlines/task.html", page)


@signed_in("POST", per_object=True)
def done(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Tick off a task by hand."""
    now = timezone.now()
    found = access.task_to_do(request.user, task_id, at=now)
    actions.complete(subject=found.subject, key=found.key, by=request.user.urn, at=now)
    messages.success(request, _("Done: %(task)s") % {"task": found})
    return redirect("deadlines:mine")


@signed_in("GET", "POST", roles=access.CLOSERS)
def closing_days(request: SignedInRequest) -> HttpResponse:
    """The days on which this municipality is closed besides weekends and holidays, and adding one with its source."""
    today = timezone.localdate()
    form = ClosingDayForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        added = actions.add_closing_day(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Closed on %(day)s.") % {"day": day_in_words(added.day)})
        return redirect("deadlines:closing_days")
    days = queries.closing_days(since=today)
    return render(request, "deadlines/closing_days.html", {"form": form, "days": days, "today": today})


@signed_in("POST", roles=access.CLOSERS)
def remove_closing_day(request: SignedInRequest, day: str) -> HttpResponse:
    """Take back a closing day that is still to come."""
    try:
        found = access.closing_day_or_404(date.fromisoformat(day))
        actions.remove_closing_day(closing_day=found, by=request.user, at=timezone.now())
    except (ValueError, actions.DayPassedError):
        raise Http404 from None
    messages.success(request, _("On %(day)s people work again.") % {"day": day_in_words(found.day)})
    return redirect("deadlines:closing_days")


@signed_in("GET", "POST")
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show whether I have a calendar address; make one, and show it this once."""
    address = ""
    if request.method == "POST":
        secret = actions.make_feed(person=request.user, at=timezone.now())
        address = settings.BOLWERK_BASE_URL + reverse("deadlines:feed", args=[secret])
    return render(request, "deadlines/calendar.html", {"feed": queries.feed_of(request.user), "address": address})


@signed_in("POST")
def revoke_calendar(request: SignedInRequest) -> HttpResponse:
    """Let my calendar address stop working."""
    if actions.revoke_feed(person=request.user, at=timezone.now()):
        messages.success(request, _("Your calendar address no longer works."))
    return redirect("deadlines:calendar")


@everybody("GET")
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program the tasks of whoever this secret address belongs to."""
    now = timezone.now()
    person = access.person_of_feed(secret)
    actions.note_reading(person=person, at=now)
    answer = HttpResponse(queries.calendar_of(person, at=now), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
