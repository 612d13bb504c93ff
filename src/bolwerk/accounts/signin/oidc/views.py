"""The addresses of single sign-on: away to a municipality's provider, and back; and which one, where there are many."""

import hashlib
import time
from secrets import token_urlsafe

from allauth.account.adapter import get_adapter as account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from bolwerk.accounts.signin.oidc.client import Conversation, Municipality, Return
from bolwerk.accounts.signin.oidc.homes import PREFIX, find_homes, home_behind, home_with, offered

# OpenID Connect Core 3.1.2.1: show the sign-in also to whom the provider remembers, and tell when that was (auth_time).
ASK_ANEW = {"prompt": "login", "max_age": "0"}
LONGEST_NAME = 80  # signs of a search


def _municipality(request: HttpRequest) -> Municipality:
    """The provider, or 404 in an installation without one."""
    providers = get_adapter().list_providers(request)
    if not providers:
        raise Http404
    municipality: Municipality = providers[0]
    return municipality


def _home(request: HttpRequest, code: str) -> Municipality:
    """The provider of a home municipality, or 404."""
    home = home_with(code)
    if home is None:
        raise Http404
    found: Municipality = get_adapter().get_provider(request, home.provider_id)
    return found


def _own(request: HttpRequest) -> Municipality:
    """The provider by which somebody who is signed in came in the first time; that of the house for everybody else."""
    accounts = SocialAccount.objects.filter(user=request.user.pk, provider__startswith=PREFIX)
    home = next((found for one in accounts if (found := home_behind(one.provider))), None)
    return _home(request, home.code) if home else _municipality(request)


def homes(request: HttpRequest) -> HttpResponse:
    """Which municipality somebody works for: a list to choose from, or to search."""
    if not offered():
        raise Http404
    words = request.GET.get("zoek", "")[:LONGEST_NAME]
    found, only_alike = find_homes(words)
    page = {"homes": found, "words": words, "only_alike": only_alike, "next": request.GET.get("next", "")}
    return render(request, "accounts/signin/homes.html", page)


def again(request: HttpRequest) -> HttpResponse:
    """Ask somebody who signed in a while ago to do it again, for something that asks for that."""
    _own(request)
    return render(request, "accounts/signin/again.html", {"next": request.GET.get("next", "")})


def away(request: HttpRequest) -> HttpResponse:
    """Go to the provider of the house; with `again`, to the one by which somebody came in."""
    anew = request.user.is_authenticated and bool(request.POST.get("again"))
    return _leave(request, _own(request) if anew else _municipality(request), anew=anew)


def home_away(request: HttpRequest, code: str) -> HttpResponse:
    """Go to the provider of a home municipality; with a personal link, as whom it was made for."""
    return _leave(request, _home(request, code), anew=False)


def _leave(request: HttpRequest, provider: Municipality, *, anew: bool) -> HttpResponse:
    """Take a fresh nonce along and go to the provider; with `anew`, it must ask who it is another time.

    By a page that moves on and not by a redirect: the content policy lets a form lead to this house only.
    """
    nonce, level = token_urlsafe(32), provider.app.settings.get("acr", settings.OIDC_ACR)
    asked = {"nonce": nonce} | ({"acr_values": level} if level else {})
    kept: dict[str, str | float] = {"nonce": nonce}
    if link := request.POST.get("invitation", ""):
        kept["invited"] = hashlib.sha256(link.encode()).hexdigest()  # as a room keeps it: the link itself lies nowhere
    if anew:
        asked |= ASK_ANEW
        kept |= {"again": str(request.user.pk), "asked_at": time.time()}
    wanted = request.POST.get("next", "")
    try:
        answer = provider.redirect(
            request,
            process="login",
            next_url=wanted if account_adapter(request).is_safe_url(wanted) else None,
            auth_params=asked,
            **kept,
        )
    except (OAuth2Error, RequestException) as error:
        failed: HttpResponse = render_authentication_error(request, provider, exception=error)
        return failed
    if answer.status_code != 302:
        return HttpResponse(answer.content, status=answer.status_code)
    return render(request, "accounts/signin/away.html", {"address": answer["Location"]})


def back(request: HttpRequest) -> HttpResponse:
    """Come back with a code. A visit without one, by hand or by the back button, goes to the door."""
    return _back(request, _municipality(request))


def home_back(request: HttpRequest, code: str) -> HttpResponse:
    """Come back from a home municipality, at its own return address: an answer of another one fits nowhere."""
    return _back(request, _home(request, code))


def _back(request: HttpRequest, provider: Municipality) -> HttpResponse:
    if "state" not in request.GET:
        return redirect("account_login")
    view = Return.adapter_view(Conversation(request, provider.app.provider_id))
    answer: HttpResponse = view(request)
    return answer
