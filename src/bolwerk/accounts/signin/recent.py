"""Whether somebody proved a moment ago who they are: asked before exports, changes of rights and the like."""

import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


def recently_authenticated(request: HttpRequest) -> bool:
    """True within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds after a password, a code, a passkey or single sign-on."""
    newest = max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)
    return time.time() - float(newest) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The page where somebody proves again who they are and comes back from, or None when that is not needed.

    With a password, a code or a passkey of this house; who has none of them here proves it at the municipality.

    A view that exports or changes rights begins with `if answer := ask_again(request): return answer`.
    """
    if recently_authenticated(request):
        return None
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    page = methods[-1]["url"] if methods else reverse("signin_again")
    return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
