"""A vault that stays open while somebody works: half of what opens it is in the session, half in a cookie.

The private half is encrypted with a random key (XChaCha20-Poly1305). The server keeps the token, in the session; the
browser keeps the key, in a cookie. A stolen database or backup lacks the keys, a stolen cookie lacks the token. After
VAULT_OPEN_MINUTES in which nobody uses it, with signing out, and when phrase or code change, it is closed.
"""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from bolwerk.crypto.ring import bound_to
from bolwerk.vault.models import PersonalKey
from bolwerk.vault.opened import OpenVault, opened
from bolwerk.vault.rules.ring import CannotOpenError, Place

IN_SESSION = "bolwerk.vault"
DOMAIN = b"session"


def cookie_name() -> str:
    """The cookie that holds the key: bound to this host where the connection is safe, as that of the session."""
    return "__Host-vault" if settings.SESSION_COOKIE_SECURE else "vault"


def keep_open(request: HttpRequest, response: HttpResponseBase, *, vault: OpenVault, at: datetime) -> None:
    """Let the vault stay open for this session. `response` takes the key to the browser."""
    key = random(Aead.KEY_SIZE)
    token = bytes(Aead(key).encrypt(vault.pair.private, _bound(vault.key)))
    request.session[IN_SESSION] = {"token": b64encode(token).decode(), "until": _until(at).isoformat()}
    response.set_cookie(
        cookie_name(),
        b64encode(key).decode(),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def vault_in(request: HttpRequest, *, at: datetime) -> OpenVault | None:
    """The vault that is open in this session, which then stays open for as long again; None when none is."""
    kept = request.session.get(IN_SESSION)
    if not kept:
        return None
    vault = _opened(request, kept) if at < datetime.fromisoformat(kept["until"]) else None
    if vault is None:
        del request.session[IN_SESSION]
        return None
    request.session[IN_SESSION] = {**kept, "until": _until(at).isoformat()}
    return vault


def open_until(request: HttpRequest, *, at: datetime) -> datetime | None:
    """Until when the vault stays open if nobody uses it; None when it is closed."""
    kept = request.session.get(IN_SESSION)
    until = datetime.fromisoformat(kept["until"]) if kept else at
    return until if until > at and cookie_name() in request.COOKIES else None


def shut(request: HttpRequest, response: HttpResponseBase) -> None:
    """Close the vault in this session."""
    request.session.pop(IN_SESSION, None)
    response.delete_cookie(cookie_name(), samesite="Strict")


def _until(at: datetime) -> datetime:
    return at + timedelta(minutes=settings.VAULT_OPEN_MINUTES)


def _bound(key: PersonalKey) -> bytes:
    """This vault, as it was: with another phrase or code, what was kept before does not open."""
    return bound_to(DOMAIN, Place("sessions_session", IN_SESSION, f"{key.pk}:{key.version}"))


def _opened(request: HttpRequest, kept: dict[str, Any]) -> OpenVault | None:
    key = PersonalKey.objects.select_related("person").filter(person=request.user.pk).first()
    if key is None:
        return None
    try:
        secret = b64decode(request.COOKIES.get(cookie_name(), ""), validate=True)
        return opened(key, Aead(secret).decrypt(b64decode(kept["token"]), _bound(key)))
    except (CryptoError, CannotOpenError, ValueError):
        return None
