"""Django's test client sets the key of a session as its cookie; ours holds the secret whose hash that key is."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test.client import ClientMixin

from bolwerk.accounts.signin.store import SessionStore

Patch = Callable[[type, str, object], None]


def with_secrets(patch: Patch = setattr) -> None:
    """Let the test client keep the secret of a session, as a browser does."""
    plain = ClientMixin._set_login_cookies  # type: ignore[attr-defined]  # Django's own, without a public hook

    def set_login_cookies(client: Any, request: HttpRequest) -> None:
        plain(client, request)
        client.cookies[settings.SESSION_COOKIE_NAME] = request.session.secret  # type: ignore[attr-defined]  # our store

    def session(client: Any) -> SessionStore:
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie:
            return SessionStore.of(cookie.value)
        fresh = SessionStore()
        fresh.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = fresh.secret
        return fresh

    patch(ClientMixin, "_set_login_cookies", set_login_cookies)
    patch(ClientMixin, "session", property(session))
