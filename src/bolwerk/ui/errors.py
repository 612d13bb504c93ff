"""A page in the look of the house for every refusal that comes without one, such as "method not allowed"."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Refusal:
    """What went wrong, and what one can do."""

    title: str | Promise
    what: str | Promise
    do: str | Promise


REFUSALS = {
    400: Refusal(
        _("We cannot read this request"),
        _("Something in the request is not as it should be. Nothing was stored."),
        _("Go back and try again. Does it keep happening? Tell the administrator what you did."),
    ),
    403: Refusal(
        _("This form was open for too long"),
        _("For your safety we did not take in what was sent. What you typed is still on the page before this one."),
        _("Go back, reload the page if needed, and send again."),
    ),
    405: Refusal(
        _("This does not work in this way"),
        _("The page exists, but it cannot be asked for like this. Nothing was changed."),
        _("Go back and use the button on the page."),
    ),
    413: Refusal(
        _("This is too large"),
        _("What was sent is larger than we take in. Nothing was stored."),
        _("Go back and send less, or a smaller file."),
    ),
    429: Refusal(
        _("A little too fast"),
        _("Too much came in within a short time. What you sent last was not taken in."),
        _("Wait a minute and try again. Do you need help now? Call 112."),
    ),
    503: Refusal(
        _("Bolwerk is away for a moment"),
        _("What you sent before is safe. What you sent just now may not have come in: look whether it stands there."),
        _("Try again in a few minutes. Do you need help now? Call 112."),
    ),
    507: Refusal(
        _("There is no room left to store anything"),
        _("What you sent just now was not stored: the disk is full or locked. What you sent before is safe."),
        _("Go back: what you typed is still there. Tell the administrator. Do you need help now? Call 112."),
    ),
}


def page_for(status: int) -> HttpResponse:
    """The page of a refusal. It asks nothing of the request or the database, so it works when they do not."""
    return HttpResponse(render_to_string("ui/refusal.html", {"refusal": REFUSALS[status]}), status=status)


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  its name
    """Django's handler400."""
    return page_for(400)


def form_refused(_request: HttpRequest, _exception: object = None, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django gives all three
    """Django's handler403 and CSRF_FAILURE_VIEW: the only 403 there is. Why is nobody's business but the log's."""
    return page_for(403)


def too_fast(_request: HttpRequest) -> HttpResponse:
    """The handler429 of the sign-in pages."""
    return page_for(429)


def with_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return `response`, with a page when it is a refusal without content and somebody is looking at a browser."""
    empty = isinstance(response, HttpResponse) and not response.content
    if response.status_code not in REFUSALS or not empty or "text/html" not in request.headers.get("Accept", ""):
        return response
    page = page_for(response.status_code)
    for name, value in response.headers.items():
        if name not in {"Content-Length", "Content-Type"}:
            page.headers[name] = value
    page.cookies = response.cookies
    return page
