"""Asking for a phrase or a code: under the limits of signing in, and every refusal a sentence in the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.access import SignedInRequest
from bolwerk.accounts.signin import throttling
from bolwerk.vault.actions import BusyError, ChangedMeanwhileError, NoVaultError, WeakPhraseError, WrongPhraseError
from bolwerk.vault.forms import SecretForm
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.rules.codes import MistypedError
from bolwerk.vault.session import vault_in

T = TypeVar("T")
REFUSED, CONFLICT, TOO_MANY, BUSY = 200, 409, 429, 503
PHRASE, CODE = "phrase", "code"  # what the field of the secret is called
PURPOSE = "vault"  # wrong phrases and codes count together, apart from those of signing in


@contextmanager
def _counted(request: SignedInRequest, at: datetime) -> Iterator[None]:
    """Count an attempt at a secret before it is looked at. What was right, or was never looked at, counts no more."""
    attempt = throttling.begin(request, purpose=PURPOSE, account=request.user.email, at=at)
    try:
        yield
    except (WrongPhraseError, MistypedError):
        raise
    except Exception:
        attempt.delete()
        raise
    throttling.was_right(attempt)


def attempt(request: SignedInRequest, form: SecretForm, work: Callable[[], T]) -> T | None:
    """Do `work` that proves a secret. None means that it was refused: the form says why, and `form.status` how."""

    def counted() -> T:
        with _counted(request, timezone.now()):
            return work()

    return told(form, counted)


def told(form: SecretForm, work: Callable[[], T]) -> T | None:
    """Do `work` that proves no secret of old, such as choosing a first phrase. None and the form as with `attempt`."""
    field = CODE if CODE in form.fields else PHRASE
    try:
        return work()
    except throttling.TooManyAttemptsError as wait:
        _refuse(form, None, _wait(wait.seconds), TOO_MANY)
    except WrongPhraseError:
        _refuse(form, field, _wrong(field))
    except MistypedError:
        _refuse(form, CODE, _("There is a typing error in the code. Compare it with your page, group by group."))
    except WeakPhraseError as weak:
        _refuse(form, "new_phrase", str(weak.fault.label))
    except BusyError:
        busy = _("Bolwerk is busy opening other vaults. Nothing was changed. Try again in a minute.")
        _refuse(form, None, busy, BUSY)
    except (ChangedMeanwhileError, NoVaultError):
        _refuse(form, None, _("Your vault was changed in another window. Start again from “My vault”."), CONFLICT)
    return None


def _refuse(form: SecretForm, field: str | None, sentence: str, status: int = REFUSED) -> None:
    form.add_error(field, sentence)
    form.status = status


def _wrong(field: str) -> str:
    if field == CODE:
        return _("This is not the recovery code of your vault. Each code works once: take the newest page.")
    return _("This is not the phrase of your vault. Look at the spaces, the capitals and the order of the words.")


def _wait(seconds: int) -> str:
    sentence = ngettext(
        "Too many attempts. Wait %(count)d second and try again.",
        "Too many attempts. Wait %(count)d seconds and try again.",
        seconds,
    )
    return sentence % {"count": seconds}


def open_vault_of(request: SignedInRequest) -> OpenVault | None:
    """The vault that is open in this session. A view that gets None answers with `ask_for_phrase`."""
    return vault_in(request, at=timezone.now())


def ask_for_phrase(request: SignedInRequest) -> HttpResponse:
    """Send somebody to the page that asks for the phrase, and back to this page afterwards."""
    return redirect(f"{reverse('vault:open')}?{urlencode({'next': request.path})}")
