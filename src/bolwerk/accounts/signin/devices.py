"""Devices on which an account signed in before, known by a signed cookie (OWASP: device cookies).

The cookie opens nothing. It only says that wrong attempts elsewhere are not this person's.
"""

from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

AGE = 365 * 24 * 60 * 60  # seconds a device is remembered
ACCOUNTS_PER_DEVICE = 5  # a shared desk
SALT = "bolwerk.signin.device"


def _name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def _mark(account: str) -> str:
    return salted_hmac(SALT, account.lower(), algorithm="sha256").hexdigest()


def _entries(request: HttpRequest) -> list[list[str]]:
    try:
        found = signing.loads(request.COOKIES.get(_name(), ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []
    return [entry for entry in found if isinstance(entry, list) and len(entry) == 2]


def known_device(request: HttpRequest, account: str) -> str:
    """The random name of this device when `account` signed in on it before, else an empty text."""
    mark = _mark(account)
    return next((nonce for owner, nonce in _entries(request) if constant_time_compare(owner, mark)), "")


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Remember that `account` signed in here."""
    others = [entry for entry in _entries(request) if not constant_time_compare(entry[0], _mark(account))]
    entries = [[_mark(account), known_device(request, account) or token_urlsafe(16)], *others][:ACCOUNTS_PER_DEVICE]
    response.set_cookie(
        _name(),
        signing.dumps(entries, salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
