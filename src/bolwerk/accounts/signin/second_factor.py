"""The second factor: who must show one, whether this session did, and where somebody goes who did not yet."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import SECOND_FACTOR_ROLES

if TYPE_CHECKING:
    from bolwerk.accounts.access import SignedInRequest  # access asks this module, not the other way round

SESSION_KEY = "bolwerk.second_factor"  # the person who showed it: a session that changes hands takes nothing along
SET_UP_EVENTS = frozenset({"totp_activated", "webauthn_added"})  # setting one up is showing it
TO_SET_UP = frozenset({"signin_second_factor", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
TO_SHOW = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


def mark_shown(request: HttpRequest, person: Person) -> None:
    """Remember that `person` showed a second factor in this session, here or at the municipality's own sign-in."""
    request.session[SESSION_KEY] = str(person.pk)


def forget(request: HttpRequest) -> None:
    """Forget what was shown: a new sign-in begins from nothing."""
    request.session.pop(SESSION_KEY, None)


def shown(request: HttpRequest, person: Person | None = None) -> bool:
    """Whether a second factor was shown in this session by the person who has it."""
    who = person or request.user
    if request.session.get(SESSION_KEY) == str(who.pk):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, who))


def factors_of(person: Person) -> set[str]:
    """The kinds of second factor that somebody has: "totp", "webauthn"."""
    rows = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(rows.values_list("type", flat=True))


def ask(request: "SignedInRequest") -> HttpResponse | None:
    """Where somebody must go before this page opens; None when the page may open.

    Asked on every request and not only at sign-in: no later address gets around it, and a role that is given today
    asks for it with the next click.
    """
    if not settings.SECOND_FACTOR_REQUIRED or not request.roles & SECOND_FACTOR_ROLES or shown(request):
        return None
    route = request.resolver_match.view_name if request.resolver_match else ""
    factors = factors_of(request.user)
    if route in (TO_SHOW if factors else TO_SET_UP):
        return None
    page = "signin_second_factor"
    if factors:
        page = "mfa_reauthenticate" if "totp" in factors else "mfa_reauthenticate_webauthn"
    back = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """Between the password and the house: whoever set up a second factor shows it at every sign-in."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if self.login.user is not None and shown(request, self.login.user):
            return False  # the municipality's own sign-in vouched for it, see oidc
        return bool(super()._should_handle(request))
