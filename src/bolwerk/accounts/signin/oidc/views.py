"""The two addresses of single sign-on: away to the municipality's provider, and back."""

import time
from secrets import token_urlsafe

from allauth.account.adapter import get_adapter as account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from bolwerk.accounts.signin.oidc.client import Conversation, Municipality, Return

# OpenID Connect Core 3.1.2.1: show the sign-in also to whom the provider remembers, and tell when that was (auth_time).
ASK_ANEW = {"prompt": "login", "max_age": "0"}


def _municipality(request: HttpRequest) -> Municipality:
    """The provider, or 404 in an installation without one."""
    providers = get_adapter().list_providers(request)
    if not providers:
        raise Http404
    municipality: Municipality = providers[0]
    return municipality


def again(request: HttpRequest) -> HttpResponse:
    """Ask somebody who signed in a while ago to do it again, for something that asks for that."""
    _municipality(request)
    return render(request, "accounts/signin/again.html", {"next": request.GET.get("next", "")})


def away(request: HttpRequest) -> HttpResponse:
    """Take a fresh nonce along and go to the provider; with `again`, the provider must ask who it is anew.

    By a page that moves on and not by a redirect: the content policy lets a form lead to this house only.
    """
    provider = _municipality(request)
    nonce = token_urlsafe(32)
    asked = {"nonce": nonce} | ({"acr_values": settings.OIDC_ACR} if settings.OIDC_ACR else {})
    kept: dict[str, str | float] = {"nonce": nonce}
    if request.user.is_authenticated and request.POST.get("again"):
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
    provider = _municipality(request)
    if "state" not in request.GET:
        return redirect("account_login")
    view = Return.adapter_view(Conversation(request, provider.app.provider_id))
    answer: HttpResponse = view(request)
    return answer
