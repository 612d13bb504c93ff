"""The first way to sign in of somebody who came with a personal link.

Which account a link opens is the room's to say: it must look, on a locked row, whether somebody has a way in already.
"""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from django.http import HttpRequest, HttpResponse

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import trail
from bolwerk.accounts.signin.adapter import AccountAdapter
from bolwerk.accounts.signin.factor_forms import AddPasskeyForm
from bolwerk.accounts.signin.factors import FactorAdapter

ASKED_OF = "bolwerk.first_passkey"  # for whom this browser was asked to make a passkey


class FirstPasskeyForm(AddPasskeyForm):
    """A passkey and nothing else: it gets a name by itself, and its device must check whose hand it is in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("name")

    def clean(self) -> dict[str, Any]:
        """Check it; a passkey that was asked for one account is not kept for another."""
        if context.request.session.get(ASKED_OF) != str(self.user.pk):
            raise FactorAdapter().validation_error("incorrect_code")
        cleaned: dict[str, Any] = super().clean()
        return cleaned


def ask_for_passkey(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the browser needs to make one that signs in by itself: kept on the device, and its owner is checked."""
    request.session[ASKED_OF] = str(person.pk)
    asked: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return asked


def keep_passkey(*, person: Person, credential: dict[str, Any], at: datetime) -> Authenticator:
    """Keep a passkey that the form found right. In the transaction of whoever asks."""
    name = FactorAdapter().generate_authenticator_name(person, Authenticator.Type.WEBAUTHN)
    kept: Authenticator = auth.WebAuthn.add(person, name, credential).instance
    trail.write("webauthn_added", person=person, at=at)
    return kept


def come_in_with_passkey(request: HttpRequest, passkey: Authenticator, *, to: str) -> HttpResponse:
    """Sign in with the passkey that was made a moment ago, and go on to a page of this house."""
    _leave(request)
    answer: HttpResponse = flows.perform_passwordless_login(request, passkey, Login(user=passkey.user, redirect_url=to))
    return answer


def come_in_with_password(request: HttpRequest, person: Person, *, to: str) -> HttpResponse:
    """Sign in with the password that was chosen a moment ago, and go on to a page of this house."""
    _leave(request)
    answer: HttpResponse = perform_password_login(request, {"email": person.email}, Login(user=person, redirect_url=to))
    return answer


def _leave(request: HttpRequest) -> None:
    """Whoever is signed in in this browser, perhaps somebody else, is not any more."""
    request.session.pop(ASKED_OF, None)
    if request.user.is_authenticated:
        AccountAdapter(request).logout(request)
