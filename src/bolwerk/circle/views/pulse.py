"""What phones ask again and again, answered before a session is opened: the version, and the phase when it changed.

Whoever was let in by `run_state` (session, second factor, membership, all of it) has a pass in the memory of this
process for some seconds. On a pass one hears two numbers and, when the version changed, what stands on every phone
alike: phase, question, duty, clock, what can be chosen. Nothing of a person, of the text of a case, or of what was
written: that is asked for at the full door, right after. So a right that is taken away counts for content with the
next request, and for the phase of a group some seconds later (ADR 34).
"""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone, translation

from bolwerk.accounts.access import SignedInRequest
from bolwerk.circle.queries.pulse import Snapshot, changed_at, drawn, forget_snapshots, snapshot_of, went_on
from bolwerk.circle.queries.runs import Run, Stage, in_words

LASTS = 5.0  # seconds
NOT_YOUR_TURN = 202  # accepted, and not done yet; with a 4xx or 5xx each would be a line in the log
MOST = 5_000  # passes in one process
KEY = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PLACE = re.compile(rf"/leerkring/{KEY}/intervisie/(?P<run>{KEY})/stand/")
SENDING = re.compile(rf"/leerkring/{KEY}/intervisie/(?P<run>{KEY})/(?:schrijven|stemmen)/")
STEPPING = re.compile(rf"/leerkring/{KEY}/intervisie/(?P<run>{KEY})/(?!schrijven|stemmen|meedoen)[a-z]+/")
# Who send in the same moment in one process, so that sixty do not keep the phase from the others. SQLite has one writer
# at a time, and whoever waits for it asks again and again: waiting here costs nobody anything.
AT_ONCE = 2 if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else 4
HUSH = 0.7  # seconds after a change in which it goes round first: whoever sends then is let in right after
MARK = "mark-of-who-asks"  # stands in what is drawn for all, and gives way to the token of whoever asks


@dataclass(frozen=True)
class Pass:
    """That a session was let in to a run a moment ago, and as whom."""

    until: float
    seat: UUID | None
    language: str
    token: str


_passes: dict[tuple[str, str], Pass] = {}


def forget_passes() -> None:
    """Nobody has a pass any more: for tests."""
    _passes.clear()
    forget_snapshots()


def _key(request: HttpRequest, run_id: object) -> tuple[str, str] | None:
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return (hashlib.sha256(cookie.encode()).hexdigest(), str(run_id)) if cookie else None


def give_pass(request: SignedInRequest, run: Run, seat: UUID | None) -> None:
    """Somebody was let in: for some seconds the same session need not show who it is."""
    key, now = _key(request, run.pk), time.monotonic()
    if key is None:
        return
    if len(_passes) >= MOST:
        for old in [one for one, held in list(_passes.items()) if held.until < now]:
            _passes.pop(old, None)
    if len(_passes) < MOST:
        _passes[key] = Pass(now + LASTS, seat, translation.get_language() or "nl", get_token(request))


def pulse(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, before the session: answer whoever has a pass."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        sent = SENDING.fullmatch(request.path_info) if request.method == "POST" else None
        if sent:
            return _in_turn(request, get_response, run_id=sent["run"])
        pressed = STEPPING.fullmatch(request.path_info) if request.method == "POST" else None
        if pressed:
            return _pressed(request, get_response, run_id=pressed["run"])
        place = PLACE.fullmatch(request.path_info) if request.method == "GET" else None
        answer = _answer(request, place["run"]) if place else None
        return get_response(request) if answer is None else answer

    return middleware


class _LeadsFirst:
    """While whoever leads presses, nobody of this process begins to send."""

    def __init__(self) -> None:
        self.pressing, self._lock = 0, Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.pressing += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.pressing -= 1


_sending, _leads_first = BoundedSemaphore(AT_ONCE), _LeadsFirst()


def _pressed(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase], *, run_id: str
) -> HttpResponseBase:
    """Whoever leads goes first; then the next phone that asks has the run read anew, and nobody sends for a moment."""
    with _leads_first:
        answer = get_response(request)
        went_on(UUID(run_id), now=time.monotonic())
    return answer


def _in_turn(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase], *, run_id: str
) -> HttpResponseBase:
    """A few send at the same time. A script hears that it is not its turn and tries again; a browser without waits."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    goes_round = _leads_first.pressing or time.monotonic() - changed_at(UUID(run_id)) < HUSH
    if (by_script and goes_round) or not _sending.acquire(blocking=not by_script):
        answer = _json({"text": ""})
        answer.status_code = NOT_YOUR_TURN
        return answer
    try:
        return get_response(request)
    finally:
        _sending.release()


def _answer(request: HttpRequest, run_id: str) -> HttpResponse | None:
    now, key = time.monotonic(), _key(request, run_id)
    held = _passes.get(key) if key else None
    seen = request.GET.get("versie", "")
    if held is None or held.until < now or not seen.isdecimal():
        return None
    snapshot = snapshot_of(UUID(run_id), now=now)
    if snapshot is None:
        return None
    on_the_wall = request.GET.get("voor") == "scherm"
    numbers: dict[str, object] = {"version": snapshot.version, "sent": snapshot.sent}
    if seen == str(snapshot.version) and (not on_the_wall or request.GET.get("binnen") == str(snapshot.sent)):
        return _json(numbers)
    return None if on_the_wall else _json(numbers | _phase(snapshot, held))


def _json(values: dict[str, object]) -> JsonResponse:
    """With its length: the middleware that gives other answers theirs is never reached."""
    answer = JsonResponse(values)
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def _phase(snapshot: Snapshot, held: Pass) -> dict[str, object]:
    at = timezone.now()
    with translation.override(held.language):
        html, said = drawn(snapshot, snapshot.hat_of(held.seat), held.language, at=at, draw=_draw)
    left = snapshot.timer.seconds(at=at)
    return {"html": html.replace(MARK, held.token), "say": said, "left": left, "light": True}


def _draw(stage: Stage) -> tuple[str, str]:
    page = {"circle": stage.run.circle, "run": stage.run, "stage": stage, "csrf_token": MARK, "light": True}
    return render_to_string("circle/runs/phone.html", page), in_words(stage)
