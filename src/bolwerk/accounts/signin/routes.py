"""The addresses of sign-in, each with the people it opens to. What allauth offers beyond this list does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from bolwerk.accounts.access import everybody, signed_in
from bolwerk.accounts.signin import views
from bolwerk.accounts.signin.oidc import views as oidc

TOO_MANY_REQUESTS = 429  # RFC 6585
# What a browser forgets at sign-out: pages and drafts. The cookies of the session are deleted one by one, so that the
# device stays known (see devices).
FORGET = '"cache", "storage"'
# When reports wait closed on a device they stay (ADR 29); its page has cleared everything else before.
FORGET_BUT_CLOSED = '"cache"'


@dataclass(frozen=True)
class Route:
    """One address (a regular expression when it begins with ^), its name, view, guard and methods."""

    path: str
    name: str
    view: Callable[..., Any]
    guard: Callable[..., Any]
    methods: tuple[str, ...] = ("GET", "POST")


ROUTES = (
    Route("inloggen/", "account_login", views.login, everybody),
    Route("inloggen/tweede-stap/", "mfa_authenticate", factors.authenticate, everybody),
    Route("inloggen/passkey/", "mfa_login_webauthn", passkeys.login_webauthn, everybody),
    Route("inloggen/gemeente/", "signin_oidc", oidc.away, everybody, ("POST",)),
    Route("inloggen/gemeente/terug/", "signin_oidc_callback", oidc.back, everybody, ("GET",)),
    Route("inloggen/thuis/", "signin_homes", oidc.homes, everybody, ("GET",)),
    Route("inloggen/thuis/<slug:code>/", "signin_home", oidc.home_away, everybody, ("POST",)),
    Route("inloggen/thuis/<slug:code>/terug/", "signin_home_callback", oidc.home_back, everybody, ("GET",)),
    Route("uitloggen/", "account_logout", account.logout, everybody, ("POST",)),
    Route("wachtwoord/vergeten/", "account_reset_password", account.password_reset, everybody),
    Route("wachtwoord/onderweg/", "account_reset_password_done", account.password_reset_done, everybody, ("GET",)),
    Route(
        r"^wachtwoord/kiezen/(?P<uidb36>[0-9a-f]{32})-(?P<key>[0-9a-zA-Z-]+)/$",
        "account_reset_password_from_key",
        account.password_reset_from_key,
        everybody,
    ),
    Route(
        "wachtwoord/gekozen/",
        "account_reset_password_from_key_done",
        account.password_reset_from_key_done,
        everybody,
        ("GET",),
    ),
    Route("bevestigen/wachtwoord/", "account_reauthenticate", account.reauthenticate, signed_in),
    Route("bevestigen/code/", "mfa_reauthenticate", factors.reauthenticate, signed_in),
    Route("bevestigen/passkey/", "mfa_reauthenticate_webauthn", passkeys.reauthenticate_webauthn, signed_in),
    Route("bevestigen/gemeente/", "signin_again", oidc.again, signed_in, ("GET",)),
    Route("mijn/tweede-stap/", "signin_second_factor", views.about_second_factor, signed_in, ("GET",)),
    Route("mijn/beveiliging/", "mfa_index", factors.index, signed_in, ("GET",)),
    Route("mijn/beveiliging/wachtwoord/", "account_change_password", views.change_password, signed_in),
    Route("mijn/beveiliging/app/", "mfa_activate_totp", totp.activate_totp, signed_in),
    Route("mijn/beveiliging/app/weg/", "mfa_deactivate_totp", totp.deactivate_totp, signed_in),
    Route("mijn/beveiliging/passkeys/", "mfa_list_webauthn", passkeys.list_webauthn, signed_in, ("GET",)),
    Route("mijn/beveiliging/passkeys/toevoegen/", "mfa_add_webauthn", passkeys.add_webauthn, signed_in),
    Route("mijn/beveiliging/passkeys/<int:pk>/naam/", "mfa_edit_webauthn", passkeys.edit_webauthn, signed_in),
    Route("mijn/beveiliging/passkeys/<int:pk>/weg/", "mfa_remove_webauthn", passkeys.remove_webauthn, signed_in),
    Route("mijn/beveiliging/herstelcodes/", "mfa_view_recovery_codes", codes.view_recovery_codes, signed_in, ("GET",)),
    Route(
        "mijn/beveiliging/herstelcodes/nieuw/", "mfa_generate_recovery_codes", codes.generate_recovery_codes, signed_in
    ),
    Route("mijn/sessies/", "signin_sessions", views.my_sessions, signed_in),
)


def _answered(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Give an answer what allauth leaves out: 429 with Retry-After when somebody must wait, and nothing kept after."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        retry_after = getattr(request, "retry_after", None)
        if retry_after is not None:
            response.status_code = TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(retry_after)
        if request.resolver_match and request.resolver_match.view_name == "account_logout":
            response.headers["Clear-Site-Data"] = FORGET_BUT_CLOSED if request.POST.get("keep") == "closed" else FORGET
        return response

    return answered


def declared(route: Route) -> URLPattern:
    """The route as Django wants it, its access declared."""
    make = re_path if route.path.startswith("^") else path
    pattern: URLPattern = make(
        route.path, route.guard(*route.methods)(never_cache(_answered(route.view))), name=route.name
    )
    return pattern


urlpatterns = [declared(route) for route in ROUTES]
