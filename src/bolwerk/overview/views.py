"""Pages of the bridge."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.deadlines.queries import first_tasks
from bolwerk.overview import queries


@signed_in("GET")
def my_day(request: SignedInRequest) -> HttpResponse:
    """Mijn dag: what is mine today."""
    now, today = timezone.now(), timezone.localdate()
    page = {
        "today": today,
        "first_name": request.user.name.split(" ")[0],
        "tasks": first_tasks(request.user, at=now),
        "sends": bool(settings.ROOM_SENT),  # a host of circles takes nothing in
        "sent": queries.sent_by(request.user),
        "card": queries.card_of(today),
    }
    return render(request, "overview/my_day.html", page)


@everybody("GET")
def help_now(request: HttpRequest) -> HttpResponse:
    """Who helps now: open to everybody, because nobody in danger should have to sign in first."""
    return render(request, "overview/help_now.html", {"help": queries.help_now()})
