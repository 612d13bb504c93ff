"""Small words that pages use everywhere: `{% load ui %}`."""

from functools import cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bolwerk.ui.addresses import address_of
from bolwerk.ui.assets import fingerprint
from bolwerk.ui.icons import check_icon
from bolwerk.ui.styles import style_element, style_links, within

register = template.Library()


class MissingAssetError(LookupError):
    """A page asks for a static file that does not exist."""


@register.simple_tag
@cache
def asset(path: str) -> str:
    """Address of a static file with the fingerprint of its content, so that browsers may keep it for ever.

    Looked up once: the files of a server change with its code, when it starts anew.
    `{% asset "ui/css/shell.css" %}`. Raises MissingAssetError for a file that is not there.
    """
    found = finders.find(path)
    if not isinstance(found, str):
        raise MissingAssetError(path)
    return f"{static(path)}?v={fingerprint(found)}"


@register.simple_tag(takes_context=True)
def styles(context: template.Context, *paths: str) -> SafeString:
    """Stylesheets of a page, in this order: as links, or within the page where its view asked for that.

    `{% styles 'ui/css/shell.css' 'ui/css/parts.css' %}`.
    """
    request = context.get("request")
    if isinstance(request, HttpRequest) and within(request):
        return style_element(paths, nonce=request.csp_nonce)  # type: ignore[attr-defined]  # of the middleware
    return style_links([asset(path) for path in paths])


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite. It is decoration: the word beside it says the same.

    `{% icon "flag" %}`. Raises UnknownIconError for a name that the sprite does not have.
    """
    return format_html(
        '<svg class="bw-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("ui/icons.svg"),
        check_icon(name),
    )


@register.simple_tag
def address(name: str) -> str:
    """Address of a page that needs nothing but its name, as `{% url %}` gives it, looked up once in a process.

    `{% address 'ui:more' %}`, for what stands on every page. Raises NoReverseMatch for a page that does not exist.
    """
    return address_of(name)


@register.simple_tag(takes_context=True)
def here(context: template.Context, address: str) -> SafeString | str:
    """Mark the link to the page on which one is: `<a href="{{ u }}"{% here u %}>`.

    Pages below count too, for the nearest door above them: on my own reports the worklist is not marked as well.
    """
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    if path == address:
        return SafeString(' aria-current="page"')
    if address == "/" or not path.startswith(address):
        return ""
    above = (door.address for door in context.get("doors") or ())
    nearest = max((one for one in above if path.startswith(one)), key=len, default="")
    return SafeString(' aria-current="true"') if len(address) >= len(nearest) else ""


@register.simple_tag(takes_context=True)
def session_seconds(context: template.Context) -> int:
    """Seconds until this session ends by itself; 0 when nobody is signed in."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not getattr(request, "session", None):
        return 0
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    rest = getattr(settings, "SESSION_IDLE_MINUTES", 0) * 60
    left = int(request.session.get_expiry_age())
    return min(rest, left) if rest else left


@register.simple_tag
def other_language() -> str:
    """Code of the language to switch to: there are two."""
    return "en" if (get_language() or "nl").startswith("nl") else "nl"
