"""Pages of the shell itself. To whom they open is said in `bolwerk.overview.shell_urls`: ui lies below accounts."""

import json
import logging
from calendar import Calendar
from secrets import token_urlsafe

from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from bolwerk.ui.actions import DraftTooLongError, TooManyViewsError, drop_view, keep_draft, save_view
from bolwerk.ui.drafts import NEVER_KEPT, owner_of
from bolwerk.ui.lists import address_with, keep_search
from bolwerk.ui.patterns import PATTERNS

log = logging.getLogger(__name__)
THEMES = frozenset({"light", "dark"})
REPORTS_A_MINUTE = 60  # of refused content, over everybody: enough to notice a fault, too few to fill a disk
LONGEST_REPORT = 10_000  # bytes
VIEW_LIMITS = {"list": 80, "name": 60, "query": 500}  # characters: the columns of SavedView
A_YEAR = 365 * 24 * 3600  # seconds a choice of look is remembered


def local_address(request: HttpRequest, *, otherwise: str = "/") -> str:
    """The address in the field `next` when it lies within this house, else `otherwise`."""
    given = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return given if safe else otherwise


def appearance(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie, and go back to where one was."""
    response = HttpResponseRedirect(local_address(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: sign out at once and show a page that gives nothing away. Going back then finds the door, closed."""
    logout(request)
    response = HttpResponseRedirect(reverse("ui:neutral"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def neutral(request: HttpRequest) -> HttpResponse:
    """A calendar of this month: what anybody could have on the screen."""
    today = timezone.localdate()
    weeks = Calendar().monthdatescalendar(today.year, today.month)
    return render(request, "ui/neutral.html", {"today": today, "weeks": weeks})


def more(request: HttpRequest) -> HttpResponse:
    """Everything in the navigation on one page, for phones."""
    return render(request, "ui/more.html")


def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session: whoever answers the warning is still there."""
    request.session.modified = True
    return HttpResponse(status=204)


def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows when there is no connection."""
    return render(request, "ui/offline.html")


def manifest(_request: HttpRequest) -> HttpResponse:
    """The web manifest: Bolwerk as an icon on a phone."""
    return JsonResponse(
        {
            "name": "Bolwerk",
            "short_name": "Bolwerk",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f3f0ea",
            "theme_color": "#0e474d",
            "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


def draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep what was typed in a form: quietly while somebody types, or by the button "Keep as draft"."""
    values = {name: texts for name, texts in request.POST.lists() if name not in NEVER_KEPT}
    try:
        keep_draft(owner=owner_of(request), form=form, values=values, at=timezone.now())
    except DraftTooLongError:
        if request.POST.get("quietly"):
            return HttpResponse(status=413)
        messages.error(request, _("This is too long to keep as a draft. Send it, or make it shorter."))
        return HttpResponseRedirect(local_address(request))
    if request.POST.get("quietly"):
        return HttpResponse(status=204)
    messages.success(request, _("Your draft is kept. Come back to this page and go on."))
    return HttpResponseRedirect(local_address(request))


def search(request: HttpRequest) -> HttpResponse:
    """Search in a list. The words stay in the session, since they may name a person; the address gets a key."""
    path, _mark, query = local_address(request).partition("?")
    kept = {name: value for name, value in QueryDict(query).items() if name not in {"found", "page"}}
    words = request.POST.get("words", "").strip()
    key = token_urlsafe(6) if words else ""
    if key:
        keep_search(request, key=key, words=words)
    return HttpResponseRedirect(address_with(path, {name: str(value) for name, value in kept.items()}, found=key))


def view_save(request: HttpRequest) -> HttpResponse:
    """Save the filters and order of a list under a name."""
    given = {name: request.POST.get(name, "").strip() for name in ("list", "name", "query")}
    if not given["name"] or any(len(given[name]) > longest for name, longest in VIEW_LIMITS.items()):
        messages.error(request, _("Give the view a name of at most 60 characters."))
        return HttpResponseRedirect(local_address(request))
    try:
        save_view(owner=owner_of(request), list_name=given["list"], name=given["name"], query=given["query"])
    except TooManyViewsError:
        messages.error(request, _("You have twenty views of this list. Delete one first."))
    else:
        messages.success(request, _("The view is saved."))
    return HttpResponseRedirect(local_address(request))


def view_drop(request: HttpRequest) -> HttpResponse:
    """Delete a saved view. Filters are quickly chosen again, so nothing is asked first."""
    drop_view(owner=owner_of(request), list_name=request.POST.get("list", ""), name=request.POST.get("name", ""))
    messages.success(request, _("The view is deleted."))
    return HttpResponseRedirect(local_address(request))


def policy_report(request: HttpRequest) -> HttpResponse:
    """Take in what a browser refused to load under our policy. Only the rule goes in the log, never an address."""
    now = timezone.now()
    key = f"policy-reports-{now:%H%M}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > REPORTS_A_MINUTE:
        return HttpResponse(status=429, headers={"Retry-After": str(60 - now.second)})
    try:
        report = json.loads(request.body[:LONGEST_REPORT] or b"{}").get("csp-report", {})
        rule = str(report.get("effective-directive") or report.get("violated-directive") or "")
    except (ValueError, AttributeError):
        return HttpResponse(status=400)
    log.warning("A browser refused something on a page: %s", "".join(c for c in rule[:60] if c.isalpha() or c in "- '"))
    return HttpResponse(status=204)


def patterns(request: HttpRequest) -> HttpResponse:
    """Every part of our pages, for builders and administrators who choose a look."""
    return render(request, "ui/patterns/index.html", {"patterns": PATTERNS})


def pattern(request: HttpRequest, name: str) -> HttpResponse:
    """One part in one state, with made-up content."""
    chosen = PATTERNS.get(name)
    if chosen is None:
        raise Http404
    shown = chosen.content(request, timezone.now())
    return render(request, f"ui/patterns/{chosen.template}.html", {"pattern": chosen, **shown})
