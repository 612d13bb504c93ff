"""A real OpenID Connect provider over HTTP on this machine, strict as the OIDC NL GOV profile asks.

Authlib does the protocol: code flow only, PKCE with S256 required, nonce required and used once, exact return address,
client secret or a signed assertion of the client. It keeps nothing after the test. A test may make it lie on purpose.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urlencode

import flask
import jwt
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Error, grants
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from cryptography.hazmat.primitives.asymmetric import rsa
from werkzeug.serving import WSGIRequestHandler, make_server

Claims = dict[str, Any]
CLIENT_ID, SECRET = "bolwerk", "geheim-van-de-test"
CODE_SECONDS = 60
CLIENT_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]


def _honest(claims: Claims) -> Claims:
    return claims


class SilentHandler(WSGIRequestHandler):
    """Says nothing about requests: they would drown the tests."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  the signature is werkzeug's
        """Nothing."""


@dataclass
class Client(ClientMixin):  # type: ignore[misc]  # Authlib has no types
    """The installation, as the provider knows it."""

    redirect_uri: str
    client_id: str = CLIENT_ID

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return ""  # always ask for it

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in CLIENT_METHODS

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Provider:
    """A provider with its people: what each name (sub) is told about them."""

    people: dict[str, Claims]
    redirect_uri: str = ""
    client_key: Any = None  # a public key: then the client must prove itself with its private one
    issuer: str = ""
    lie: Callable[[Claims], Claims] = _honest  # changes an ID token before it is signed
    lie_in_userinfo: Callable[[Claims], Claims] = _honest
    description: Claims = field(default_factory=dict)  # replaces parts of what it says about itself
    answers_as: str = ""  # whom it says to be in the return address (RFC 9207); empty: it says nothing
    requests: list[Claims] = field(default_factory=list)  # what it was asked at the authorization endpoint
    tokens_asked: list[Claims] = field(default_factory=list)
    codes: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    nonces: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.key = self.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.algorithm = "RS256"

    @property
    def signed_off(self) -> str:
        """What it adds to the return address about itself."""
        return "&" + urlencode({"iss": self.answers_as}) if self.answers_as else ""

    def id_token(self, sub: str, nonce: str, signed_in_at: int | None) -> str:
        """Sign what this provider says about somebody; when that person signed in, if that was asked."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "sub": sub, "nonce": nonce}
        claims |= {"auth_time": signed_in_at} if signed_in_at is not None else {}
        claims = self.lie(claims | {k: v for k, v in self.people[sub].items() if k in {"amr", "acr"}})
        key: Any = None if self.algorithm == "none" else self.signing_key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})


class StrictChallenge(CodeChallenge):  # type: ignore[misc]  # oauthlib has no types
    """PKCE with S256, from every client."""

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


def _grant(provider: Provider) -> type:
    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # oauthlib has no types
        TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = [
            "client_secret_basic",
            "client_secret_post",
            "private_key_jwt",
        ]

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            provider.nonces.add(data["nonce"])
            provider.codes[code] = SimpleNamespace(
                code=code,
                sub=request.user.sub,
                nonce=data["nonce"],
                redirect_uri=data["redirect_uri"],
                code_challenge=data["code_challenge"],
                code_challenge_method=data["code_challenge_method"],
                until=time.time() + CODE_SECONDS,
                signed_in_at=int(time.time()) if "max_age" in data else None,
                get_redirect_uri=lambda: data["redirect_uri"],
                get_scope=lambda: data["scope"],
            )

        def query_authorization_code(self, code: str, client: Client) -> Any:
            found = provider.codes.get(code)
            return found if found and found.until > time.time() else None

        def delete_authorization_code(self, authorization_code: Any) -> None:
            provider.codes.pop(authorization_code.code, None)

        def authenticate_user(self, authorization_code: Any) -> Any:
            return SimpleNamespace(sub=authorization_code.sub)

    return CodeGrant


def _connect(provider: Provider) -> Any:
    class Connect(OpenIDCode):  # type: ignore[misc]  # oauthlib has no types
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return nonce in provider.nonces

        def encode_id_token(self, token: Claims, request: Any) -> str:
            code = request.authorization_code
            return provider.id_token(request.user.sub, code.nonce, code.signed_in_at)

    return Connect(require_nonce=True)


def _by_assertion(provider: Provider) -> Callable[[Any, Any], Any]:
    def check(query_client: Callable[[str], Any], request: Any) -> Any:
        form = request.form
        if provider.client_key is None or "client_assertion" not in form:
            return None
        jwt.decode(
            form["client_assertion"],
            provider.client_key,
            algorithms=["PS256", "ES256"],
            audience=f"{provider.issuer}/token",
        )
        return query_client(CLIENT_ID)

    return check


def _page(provider: Provider) -> str:
    buttons = "".join(f'<p><button name="sub" value="{sub}">{sub}</button></p>' for sub in provider.people)
    head = '<!doctype html><html lang="nl"><title>Werkaccount</title><h1>Wie ben je?</h1>'
    return f'{head}<form method="post">{buttons}</form>'


def make_app(provider: Provider) -> flask.Flask:
    """The provider as a web application."""
    app = flask.Flask(__name__)
    server = AuthorizationServer()
    server.init_app(
        app,
        query_client=lambda client_id: Client(provider.redirect_uri) if client_id == CLIENT_ID else None,
        save_token=lambda token, request: provider.tokens.update({token["access_token"]: request.user.sub}),
    )
    server.register_client_auth_method("private_key_jwt", _by_assertion(provider))
    server.register_grant(_grant(provider), [_connect(provider), StrictChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def describe() -> Any:
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        about: Claims = {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/keys"}
        about |= {f"{name}_endpoint": f"{provider.issuer}/{path}" for name, path in places.items()}
        about["token_endpoint_auth_methods_supported"] = ["client_secret_basic", "private_key_jwt"]
        return about | {"code_challenge_methods_supported": ["S256"]} | provider.description

    @app.get("/keys")
    def keys() -> Any:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    @app.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Any:
        try:
            grant = server.get_consent_grant(end_user=None)
        except OAuth2Error as error:
            return f"{error.error}: {error.description}", 400
        if flask.request.method == "GET":
            provider.requests.append(dict(flask.request.args))
            return _page(provider)
        answer = server.create_authorization_response(
            grant_user=SimpleNamespace(sub=flask.request.form["sub"]), grant=grant
        )
        answer.headers["Location"] += provider.signed_off
        return answer

    @app.post("/token")
    def token() -> Any:
        provider.tokens_asked.append(dict(flask.request.form))
        return server.create_token_response()

    @app.get("/userinfo")
    def userinfo() -> Any:
        sub = provider.tokens[flask.request.headers["Authorization"].removeprefix("Bearer ")]
        return provider.lie_in_userinfo(provider.people[sub] | {"sub": sub})

    return app


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """Serve it on a free port of this machine for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, make_app(provider), threaded=True, request_handler=SilentHandler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
