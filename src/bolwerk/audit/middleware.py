"""Gives every request a trace id (W3C Trace Context), so that lines of one request can be found together."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

from django.http import HttpRequest, HttpResponse

_trace_id: ContextVar[str] = ContextVar("trace_id", default="")
TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")


def current_trace_id() -> str:
    """The trace id of the request being answered: 32 hex digits, or empty outside a request."""
    return _trace_id.get()


@contextmanager
def traced(trace_id: str = "") -> Iterator[str]:
    """Everything inside is one action, with this trace id or a fresh one: a request, a turn of the clock, a command."""
    token = _trace_id.set(trace_id or token_hex(16))
    try:
        yield _trace_id.get()
    finally:
        _trace_id.reset(token)


def trace(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: take the caller's trace id when it is well-formed, else make one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = TRACEPARENT.match(request.headers.get("traceparent", ""))
        with traced(given.group(1) if given else ""):
            return get_response(request)

    return middleware
