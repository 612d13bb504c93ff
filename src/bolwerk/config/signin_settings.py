"""Settings of sign-in. What a municipality may decide comes from the environment; the rest carries its source."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bolwerk.config import environment

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds a reset link works (ASVS 5.0 6.4.1 asks for a short time)

# Sessions. NIST SP 800-63B-4, AAL2: 30 minutes of rest and 12 hours in all at most; ASVS 5.0 7.3.1 and 7.3.2.
SESSION_IDLE_MINUTES = environment.whole("BOLWERK_SESSION_IDLE_MINUTES")
SESSION_ABSOLUTE_HOURS = environment.whole("BOLWERK_SESSION_ABSOLUTE_HOURS")
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "bolwerk.accounts.signin.store"  # their content lies closed in the database

# Whoever reads what others wrote shows a second factor. The demo and the tests may do without; production may not.
SECOND_FACTOR_REQUIRED = (
    environment.read("BOLWERK_MODE") == "production" or environment.read("BOLWERK_SECOND_FACTOR") == "required"
)
# Letting somebody begin anew who lost every second step (ADR 46). NIST SP 800-63B-4, 4.2 and 4.6, and ASVS 5.0 6.4.4
# and 6.3.7 ask for proof and for a notice, and name no hours: these are ours.
WAY_BACK_WAIT = timedelta(hours=environment.whole("BOLWERK_WAY_BACK_HOURS"))
WAY_BACK_ADDRESS = timedelta(days=environment.whole("BOLWERK_WAY_BACK_ADDRESS_DAYS"))

TRUSTED_PROXIES = [part.strip() for part in environment.read("BOLWERK_TRUSTED_PROXIES").split(",") if part.strip()]

# allauth does the work; its adapters are ours. Its own rate limits are off: they lock out a shared office address.
ACCOUNT_ADAPTER = "bolwerk.accounts.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  an address of a class, no password
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds in which somebody need not prove again who they are
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "bolwerk.accounts.signin.forms.SignInForm",
    "reset_password": "bolwerk.accounts.signin.forms.AskResetForm",
    "reset_password_from_key": "bolwerk.accounts.signin.forms.NewPasswordForm",
    "change_password": "bolwerk.accounts.signin.forms.ChangePasswordForm",
    "reauthenticate": "bolwerk.accounts.signin.forms.ConfirmPasswordForm",
}

MFA_ADAPTER = "bolwerk.accounts.signin.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds before and after (RFC 6238, 5.2 and 6)
MFA_TOTP_ISSUER = "Bolwerk"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "bolwerk.accounts.signin.factor_forms.CodeForm",
    "reauthenticate": "bolwerk.accounts.signin.factor_forms.CodeAgainForm",
    "activate_totp": "bolwerk.accounts.signin.factor_forms.FirstCodeForm",
    "add_webauthn": "bolwerk.accounts.signin.factor_forms.AddPasskeyForm",
    "login_webauthn": "bolwerk.accounts.signin.factor_forms.SignInPasskeyForm",
    "edit_webauthn": "bolwerk.accounts.signin.factor_forms.NamePasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # the session clock keeps the last moment, once a minute

SOCIALACCOUNT_ADAPTER = "bolwerk.accounts.signin.oidc.adapter.SingleSignOnAdapter"


def _file(name: str) -> Path | None:
    return Path(environment.read(name)) if environment.read(name) else None


def _secret(name: str) -> str:
    file = _file(name)
    return environment.read_secret(file) if file else ""


OIDC_ROLE_TABLE = _file("BOLWERK_OIDC_ROLE_TABLE")
OIDC_HOMES = _file("BOLWERK_OIDC_HOMES")
# What the room that invites guests tells sign-in, by address: for which municipalities somebody comes (person, on=),
# whom a personal link was made for (digest, at=), and what it does when somebody came in the first time (person=, at=).
GUEST_COMES_FOR = "bolwerk.circle.queries.homes.comes_for"
GUEST_INVITED = "bolwerk.circle.queries.homes.invited"
GUEST_BEGAN = "bolwerk.circle.actions.ways_in.began_at_home"
OIDC_CLIENT_KEY = _secret("BOLWERK_OIDC_CLIENT_KEY_FILE")
OIDC_ACR = environment.read("BOLWERK_OIDC_ACR")


def municipality(*, issuer: str, client_id: str, secret: str) -> dict[str, Any]:
    """The one provider of single sign-on, as allauth wants it; none without an issuer."""
    app = {
        "provider_id": "gemeente",
        "name": environment.read("BOLWERK_OIDC_NAME"),
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app] if issuer else []}}


SOCIALACCOUNT_PROVIDERS = municipality(
    issuer=environment.read("BOLWERK_OIDC_ISSUER"),
    client_id=environment.read("BOLWERK_OIDC_CLIENT_ID"),
    secret=_secret("BOLWERK_OIDC_CLIENT_SECRET_FILE"),
)
