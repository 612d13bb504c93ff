"""What every answer carries: pages, errors, files and redirects alike."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from secrets import token_urlsafe

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from bolwerk.ui import errors
from bolwerk.ui.framing import apply_framing

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# OWASP ASVS 5.0 3.4.1-3.4.7 and 3.5; quality.md C 18. Nothing from elsewhere, nothing inline, nothing kept.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), fullscreen=(self), "
        "geolocation=(self), gyroscope=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), "
        "publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()"
    ),
}
HSTS = "max-age=63072000; includeSubDomains"  # seconds: two years, twice what ASVS 3.4.1 asks
FOR_EVER = "public, max-age=31536000, immutable"  # seconds: a year, for addresses with a fingerprint
FOR_AN_HOUR = "public, max-age=3600"
REPORTS_TO = "/csp/"


def content_policy(nonce: str) -> str:
    """The Content-Security-Policy: only our own files, and the scripts and styles in the page that carry its nonce."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data: blob:; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
        f"report-uri {REPORTS_TO}"
    )


def _is_static(request: HttpRequest, response: HttpResponseBase) -> bool:
    return request.path.startswith(settings.STATIC_URL) and response.status_code in {200, 304}


def _kept_how_long(request: HttpRequest, response: HttpResponseBase) -> str:
    """`no-store`, except for files that everybody may have."""
    if _is_static(request, response):
        return FOR_EVER if request.GET.get("v") else FOR_AN_HOUR
    given = response.headers.get("Cache-Control", "")
    return given if "public" in given else "no-store"


def security_headers(get_response: GetResponse) -> GetResponse:
    """Middleware, outermost but for the trace id: the header set, and a page for errors that come without one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonce = token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # templates give it to their one script
        response = errors.with_page(request, get_response(request))
        for name, value in HEADERS.items():
            response.headers[name] = value
        # A download of somebody's upload brings a stricter policy of its own.
        response.headers.setdefault("Content-Security-Policy", content_policy(nonce))
        response.headers["Cache-Control"] = _kept_how_long(request, response)
        apply_framing(response)
        if settings.BOLWERK_BASE_URL.startswith("https://"):
            response.headers["Strict-Transport-Security"] = HSTS
        return response

    return middleware


def same_origin_proof(get_response: GetResponse) -> GetResponse:
    """Middleware, before Django's CSRF check: read `Origin: null` of our own forms for what it is.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with every form post (Fetch standard, "append a
    request Origin header"), which Django refuses. `Sec-Fetch-Site: same-origin`, which no page can forge, tells our
    own forms from those of a sandboxed stranger. The CSRF token is asked for all the same.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
        if ours and request.headers.get("Origin") == "null":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return get_response(request)

    return middleware


COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
SMALLEST = 500  # bytes; below it compression only costs


@lru_cache(maxsize=64)
def _compressed(_address: str, _version: str, content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def compressed_static(get_response: GetResponse) -> GetResponse:
    """Middleware, before WhiteNoise: static text goes out gzipped. Nothing is collected or built beforehand.

    Pages themselves stay as they are: compressing a page that holds secrets beside what a visitor typed leaks them
    (BREACH). The exception, and why it is safe, stands in `ui.compression`.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        wanted = "gzip" in request.headers.get("Accept-Encoding", "") and request.method == "GET"
        fits = response.headers.get("Content-Type", "").startswith(COMPRESSIBLE)
        if not (isinstance(response, FileResponse) and _is_static(request, response) and fits):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not wanted or response.status_code != 200 or "Content-Encoding" in response.headers:
            return response
        content = response.getvalue()
        small = HttpResponse(content)
        if len(content) >= SMALLEST:
            small = HttpResponse(_compressed(request.path, response.headers.get("ETag", ""), content))
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(small.content))
        response.headers.pop("ETag", None)  # it names the bytes before compression
        small.headers = response.headers
        response.close()
        return small

    return middleware
