"""The header set of every answer: pages, errors, files and redirects alike."""

from collections.abc import Callable
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: nothing from elsewhere, nothing inline, nothing kept (quality.md C 18)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        nonce = token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # templates give it to their one script
        response = get_response(request)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; "
            "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
        )
        return response

    return middleware
