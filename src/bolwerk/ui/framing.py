"""Pages that other sites may show in a frame: none, but those of which a view says so, and only to named sites."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.http.response import HttpResponseBase

MARK = "_framed_by"
NOBODY = "frame-ancestors 'none'"


def let_frame(response: HttpResponse, *, origins: Sequence[str]) -> HttpResponse:
    """Let these sites show this answer in a frame. Without any it stays as every page: in no frame at all."""
    setattr(response, MARK, tuple(origins))
    return response


def apply_framing(response: HttpResponseBase) -> None:
    """Say in the headers who may frame this answer; called last by the middleware that sets them."""
    origins = getattr(response, MARK, ())
    if not origins:
        return
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace(NOBODY, f"frame-ancestors {' '.join(origins)}")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    del response.headers["X-Frame-Options"]  # knows no list of sites; frame-ancestors goes before it (CSP 3, 6.4.2)
