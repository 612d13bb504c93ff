"""Sessions: when they end, which ones somebody has, and ending them."""

from contextlib import suppress
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import rules, trail
from bolwerk.audit.actions import together

SIGNED_IN_AT = "bolwerk.signed_in_at"
SEEN_AT = "bolwerk.seen_at"
WRITE_EVERY = timedelta(minutes=1)  # the last moment is kept this precisely, so that most requests write nothing


def start(request: HttpRequest, *, at: datetime) -> None:
    """Start the clocks of a session."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = at.isoformat()


def keep(request: HttpRequest, *, at: datetime) -> str:
    """Note that the session is in use, or say why it is over: "idle", "absolute", or an empty text.

    A session without clocks was not opened by sign-in: it gets them now.
    """
    if SIGNED_IN_AT not in request.session:
        start(request, at=at)
    seen_at = datetime.fromisoformat(request.session[SEEN_AT])
    over = rules.ended_because(
        age=at - datetime.fromisoformat(request.session[SIGNED_IN_AT]),
        rest=at - seen_at,
        idle=timedelta(minutes=settings.SESSION_IDLE_MINUTES),
        absolute=timedelta(hours=settings.SESSION_ABSOLUTE_HOURS),
    )
    if not over and at - seen_at >= WRITE_EVERY:
        request.session[SEEN_AT] = at.isoformat()
        with suppress(UpdateError):  # ended meanwhile: Django finds that out when it saves what we did not
            _keep_moment(session=request.session, at=at)
            request.session.modified = False
    return over


@together
def _keep_moment(*, session: SessionBase, at: datetime) -> None:
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)
    session.save()


def sessions_of(person: Person) -> list[UserSession]:
    """The sessions that are open for `person`, newest use first."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda session: session.last_seen_at, reverse=True)


def end_session(*, session: UserSession, by: str, at: datetime) -> None:
    """End one session: it is gone with the next request."""
    person = session.user
    session.end()
    trail.write("session_ended", person=person, by=by, at=at)


def end_sessions_of(*, person: Person, by: str, at: datetime, but: str = "") -> int:
    """End all sessions of `person`, except the one with the key `but`; return how many ended."""
    sessions = [session for session in sessions_of(person) if session.session_key != but]
    for session in sessions:
        end_session(session=session, by=by, at=at)
    return len(sessions)
