"""Sessions in the database, closed: what somebody searched for or has half filled in lies nowhere to be read."""

import json
from base64 import b64decode, b64encode
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.padding import padded, unpadded
from bolwerk.crypto.ring import CannotOpenError, Place, open_, seal


class SessionStore(DatabaseStore):
    """Django's store, with the content of a session closed for its own row.

    A session that does not open (moved, touched, or closed with a key that is gone) is an empty one: sign in again.
    """

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
