"""The conversation with the municipality's provider (OpenID Connect Core 1.0; OIDC NL GOV profile).

allauth leads it: code flow, state, PKCE. What it leaves out stands here: the nonce, the signature of the token and a
short list of signing methods, the exact issuer and return address, and proof of the client by a key.
"""

import time
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from requests import RequestException

from bolwerk.accounts.signin.oidc.table import Claims

SIGNING_METHODS = [
    "RS256",
    "PS256",
    "ES256",
    "RS384",
    "PS384",
    "ES384",
    "RS512",
    "PS512",
    "ES512",
]  # no "none", no HMAC
CLOCK_DIFFERENCE = 60  # seconds that two clocks may differ
ASSERTION_SECONDS = 60
BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"  # RFC 7523
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def _is_safe(url: Any) -> bool:
    """https; on this machine itself also http, but never in production."""
    parts = urlsplit(url if isinstance(url, str) else "")
    on_this_machine = settings.BOLWERK_MODE != "production" and parts.scheme == "http" and parts.hostname in LOOPBACK
    return parts.scheme == "https" or on_this_machine


def _get(url: str, **headers: str) -> dict[str, Any]:
    """Read a JSON object. Raises OAuth2Error for anything else."""
    with get_adapter().get_requests_session() as session:
        response = session.get(url, headers=headers)
        response.raise_for_status()
        try:
            found = response.json()
        except ValueError as error:
            raise OAuth2Error("answer is not JSON") from error
    if not isinstance(found, dict):
        raise OAuth2Error("answer is not an object")
    return found


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """One sign-in: from the code in the return address to claims that can be trusted."""

    # Set by Return from what this browser took along.
    nonce = ""
    asked_anew_at = 0.0  # seconds since 1970; 0 when the provider may remember who it is

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description. Raises OAuth2Error when it is not of the issuer that we know."""
        if not hasattr(self, "_config"):
            issuer = self.get_provider().app.settings["server_url"]
            config = _get(self.get_provider().server_url)
            if config.get("issuer") != issuer:
                raise OAuth2Error("issuer differs")
            if not all(_is_safe(config.get(name)) for name in ENDPOINTS):
                raise OAuth2Error("endpoint without https")
            if "S256" not in config.get("code_challenge_methods_supported", ["S256"]):
                raise OAuth2Error("no PKCE with S256")
            self._config: dict[str, Any] = config
        return self._config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002  the signature is allauth's
        """The one return address, whatever host the request names. Each home has one of its own (RFC 9700, 4.4)."""
        code = app.settings.get("home")
        path = reverse("signin_home_callback", args=[code]) if code else reverse("signin_oidc_callback")
        return f"{settings.BOLWERK_BASE_URL}{path}"

    def check_sender(self, answer: QueryDict) -> None:
        """The answer in the return address comes from the provider that was asked (RFC 9207). Raises OAuth2Error."""
        said, config = answer.getlist("iss"), self.openid_config
        if not said and config.get("authorization_response_iss_parameter_supported") is not True:
            return
        if said != [config["issuer"]]:
            raise OAuth2Error("answer of another issuer")

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Change the code for tokens; a client with a key proves itself by that key and has no secret."""
        extra = {}
        if key := app.settings.get("client_key", "") if "home" in app.settings else settings.OIDC_CLIENT_KEY:
            extra = {"client_assertion_type": BY_ASSERTION, "client_assertion": self._assertion(app.client_id, key)}
        tokens: dict[str, Any] = client.get_access_token(
            request.GET["code"], pkce_code_verifier=pkce_code_verifier, extra_data=extra
        )
        return tokens

    def _assertion(self, client_id: str, pem: str) -> str:
        key: Any = load_pem_private_key(pem.encode(), password=None)
        now = int(time.time())
        claims = {"iss": client_id, "sub": client_id, "aud": self.access_token_url, "jti": token_urlsafe(16)}
        times = {"iat": now, "exp": now + ASSERTION_SECONDS}
        return jwt.encode(
            claims | times, key, algorithm="ES256" if isinstance(key, EllipticCurvePrivateKey) else "PS256"
        )

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Check the token and make the sign-in of it. What the provider tells is not kept: only who it is (sub)."""
        claims = self.claims_of(kwargs["response"].get("id_token"), client_id=app.client_id)
        if self.openid_config.get("userinfo_endpoint") and app.settings.get("fetch_userinfo", True):
            more = _get(self.openid_config["userinfo_endpoint"], Authorization=f"Bearer {token.token}")
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo of somebody else")  # OpenID Connect Core 5.3.2
            claims = more | claims
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.account.extra_data = {}
        login.claims = claims
        return login

    def claims_of(self, id_token: Any, *, client_id: str) -> Claims:
        """Verify an ID token (OpenID Connect Core 3.1.3.7). Raises OAuth2Error when anything is not as it should be."""
        try:
            header = jwt.get_unverified_header(id_token)
            keys = jwt.PyJWKSet.from_dict(_get(self.openid_config["jwks_uri"])).keys
            key = next(key for key in keys if key.key_id == header.get("kid"))
            claims: Claims = jwt.decode(
                id_token,
                key.key,
                algorithms=[method for method in SIGNING_METHODS if method == header.get("alg")],
                issuer=self.openid_config["issuer"],
                audience=client_id,
                leeway=CLOCK_DIFFERENCE,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except (jwt.PyJWTError, StopIteration, TypeError, ValueError) as error:
            raise OAuth2Error("token refused") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", "" if several else client_id) != client_id:
            raise OAuth2Error("token for another client")
        if not self.nonce or not compare_digest(str(claims["nonce"]).encode(), self.nonce.encode()):
            raise OAuth2Error("nonce differs")
        self._check_fresh(claims.get("auth_time"))
        return claims

    def _check_fresh(self, auth_time: Any) -> None:
        """When somebody had to sign in anew, the token must say that this happened after it was asked."""
        if not self.asked_anew_at:
            return
        if isinstance(auth_time, bool) or not isinstance(auth_time, int | float):
            raise OAuth2Error("no auth_time")  # required when max_age was asked (OpenID Connect Core 2)
        if auth_time < self.asked_anew_at - CLOCK_DIFFERENCE:
            raise OAuth2Error("not signed in anew")


class Municipality(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """The provider of the municipality, reached by our conversation."""

    oauth2_adapter_class = Conversation


class Return(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """The way back: gives the conversation what this browser took along."""

    def _get_state(self, request: HttpRequest, provider: Municipality) -> tuple[Any, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
            self.adapter.asked_anew_at = float(state.get("asked_at", 0))
            try:
                self.adapter.check_sender(request.GET)
            except (OAuth2Error, RequestException) as error:
                return None, render_authentication_error(request, provider, exception=error)
        return state, response
