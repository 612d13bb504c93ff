"""Stylesheets of a page: as links, or within the page itself for a phone that comes here for the first time.

On a slow network each file more is a question more, and nothing is painted before the last stylesheet is there. A view
that people open in haste asks for `styled_at_once`: then the first answer holds all it takes to be read. A cookie
remembers that, so that the next answer is short again; by then the service worker of that page has fetched the files.
A browser that lost them asks for them by their links: slower, never wrong.
"""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bolwerk.ui.assets import fingerprint

HOUSE = ("ui/vendor/utrecht.css", "ui/theme/bolwerk.css", "ui/css/shell.css", "ui/css/parts.css")
COOKIE = "styles"
REMEMBERED = 365 * 24 * 3600  # seconds: as long as a browser may keep the files


class NotForWithinError(ValueError):
    """A stylesheet has something that means another thing, or an end, within a page."""


def _file(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return found


@cache
def sheet(path: str) -> str:
    """The text of a stylesheet of ours, fit to stand within a page. Raises NotForWithinError when it is not."""
    text = Path(_file(path)).read_text(encoding="utf-8")
    addresses_apart = text.replace('url("data:', "").replace("url(data:", "")
    if "</" in text or "url(" in addresses_apart or "@import" in text:
        raise NotForWithinError(path)
    return text


@cache
def version() -> str:
    """Changes when, and only when, a stylesheet of the house does."""
    return sha256("".join(fingerprint(_file(path)) for path in HOUSE).encode()).hexdigest()[:10]


def within(request: HttpRequest) -> bool:
    """Whether this page brings its stylesheets along."""
    return bool(getattr(request, "styles_within", False))


def style_element(paths: tuple[str, ...], *, nonce: str) -> SafeString:
    """These stylesheets within the page; the nonce is what our policy lets them in by."""
    text = mark_safe("".join(sheet(path) for path in paths))  # noqa: S308  our own files, looked through by `sheet`
    return format_html('<style nonce="{}">{}</style>', nonce, text)


def style_links(addresses: list[str]) -> SafeString:
    """Links to stylesheets."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((address,) for address in addresses))


def styled_at_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page come with its looks in one answer, the first time a browser opens it. Above `compressed_page`."""

    @wraps(view)
    def styled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = request.method == "GET" and request.COOKIES.get(COOKIE) != version()
        request.styles_within = first  # type: ignore[attr-defined]  # the tag `styles` reads it
        response = view(request, *args, **kwargs)
        if first and response.status_code == 200:
            response.set_cookie(
                COOKIE,
                version(),
                max_age=REMEMBERED,
                path=request.path,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response

    return styled
