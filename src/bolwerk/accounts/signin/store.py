"""Sessions in the database, closed: what somebody searched for or has half filled in lies nowhere to be read.

The browser holds a secret; the database knows its hash alone. Whoever reads the table cannot take a session over. For
the rest of the application the hash is the session's key, as Django calls it.
"""

import json
from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.padding import padded, unpadded
from bolwerk.crypto.ring import CannotOpenError, Place, open_, seal

SECRET_LENGTH = 32  # of 36 signs each: 165 bits
FIRST = "session_of_cookie"
HASH_BYTES = 20  # 40 hexadecimal digits, which is what the tables of sessions have room for


def key_of(secret: str) -> str:
    """Under which key the session lies whose cookie this is. The secret is random, so a plain hash is enough."""
    return blake2b(secret.encode(), digest_size=HASH_BYTES).hexdigest()


class SessionStore(DatabaseStore):
    """Django's store, with the content of a session closed for its own row, found by the secret in the cookie.

    A session that does not open (moved, touched, or closed with a key that is gone) is an empty one: sign in again.
    """

    secret = ""  # known for a session of this request only

    @classmethod
    def of(cls, secret: str | None) -> "SessionStore":
        """The session whose cookie this is; a fresh one without a cookie."""
        store = cls(key_of(secret) if secret else None)
        store.secret = secret or ""
        return store

    def _get_new_session_key(self) -> str:
        """A fresh secret, and the key that goes with it."""
        while True:
            self.secret = get_random_string(SECRET_LENGTH, VALID_KEY_CHARS)
            if not self.exists(key := key_of(self.secret)):
                return key

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The content as text that only the key ring opens, and only under this session's own key."""
        return b64encode(seal(current_ring(), padded(json.dumps(session_dict).encode()), self._place())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The content again; nothing when it does not open."""
        try:
            found: dict[str, Any] = json.loads(
                unpadded(open_(current_ring(), b64decode(session_data, validate=True), self._place()))
            )
        except (CannotOpenError, ValueError):
            return {}
        return found

    def _place(self) -> Place:
        return Place("django_session", "session_data", str(self.session_key))


class SecretSessionMiddleware(SessionMiddleware):
    """Django's, with the secret of a session in the cookie instead of its key."""

    def process_request(self, request: HttpRequest) -> None:
        """Find the session of the cookie, and remember it: a library may load it anew by its key alone."""
        request.session = SessionStore.of(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        setattr(request, FIRST, request.session)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Set the cookie where Django would, to the secret."""
        answer: HttpResponse = super().process_response(request, response)
        name, key = settings.SESSION_COOKIE_NAME, request.session.session_key
        if key and name in answer.cookies and answer.cookies[name].value == key:
            known = (cast("SessionStore", session).secret for session in (request.session, getattr(request, FIRST)))
            answer.cookies[name] = next(secret for secret in known if key_of(secret) == key)  # its attributes stay
        return answer
