"""Ends a session that rested or lasted too long, before any view sees the request."""

from collections.abc import Callable

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import sessions, trail


def session_clock(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: end it softly. Whoever comes back signs in and lands where they were; drafts stay on the device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            at = timezone.now()
            over = sessions.keep(request, at=at)
            if over:
                trail.write("session_ended", person=person, at=at, why=over)
                logout(request, show_message=False)
                messages.info(request, _("You were signed out because you were away for a while. Sign in to go on."))
        return get_response(request)

    return middleware
