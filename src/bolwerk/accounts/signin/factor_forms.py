"""The forms for second factors: codes that count once, under limits, and passkeys."""

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import codes, throttling, trail
from bolwerk.accounts.signin.factors import FactorAdapter
from bolwerk.accounts.signin.forms import must_wait, plain
from bolwerk.accounts.signin.models import Attempt

CODE_LENGTH = 8  # a recovery code; a code of an app has six digits


def _digits(code: str) -> str:
    return "".join(code.split())


def _begin(person: Person) -> Attempt:
    try:
        return throttling.begin(context.request, purpose="code", account=person.email, at=timezone.now())
    except throttling.TooManyAttemptsError as error:
        raise must_wait(error) from error


def _refuse(person: Person, method: str) -> ValidationError:
    by = person.urn if context.request.user.is_authenticated else trail.ANONYMOUS
    trail.write("failed", person=person, by=by, at=timezone.now(), method=method)
    error: ValidationError = FactorAdapter().validation_error("incorrect_code")
    return error


def _code_field(form: Any, label: Any, hint: Any) -> None:
    plain(form.fields["code"], label, hint)
    form.fields["code"].max_length = CODE_LENGTH * 2  # people type spaces
    form.fields["code"].widget.attrs.update(
        {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "16"}
    )


class CodeForm(base.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor at sign-in: a code from an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code"), _("Six digits from your app, or one of your recovery codes."))

    def clean_code(self) -> str:
        """Accept the code once."""
        code = _digits(self.cleaned_data["code"])
        attempt = _begin(self.user)
        used = codes.use_code(self.user, code) or codes.use_recovery_code(self.user, code)
        if used is None:
            raise _refuse(self.user, "code")
        throttling.was_right(attempt)
        used.user = self.user
        self.authenticator = used
        return code


class CodeAgainForm(CodeForm):
    """A code again, before something that matters or to show the second factor in this session."""

    def save(self) -> None:
        """Note that it was shown again."""
        base.post_authentication(context.request, self.authenticator, reauthenticated=True)


class FirstCodeForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app proves that it is set up. It is used by that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from the app"), _("Six digits. A new code comes every 30 seconds."))

    def clean_code(self) -> str:
        """Check it against the secret that was shown; the adapter closes its step once the app is kept."""
        code = _digits(self.cleaned_data["code"])
        attempt = _begin(self.user)
        step = codes.step_of(self.secret, code)
        if step is None:
            raise _refuse(self.user, "code")
        throttling.was_right(attempt)
        context.request.totp_step = step
        return code


class AddPasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A name and a passkey. Every passkey also signs in without a password when the device can check its owner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        plain(self.fields["name"], _("Name of this passkey"), _("So that you know it again, such as: work laptop."))
        self.fields["name"].max_length = 60


class NamePasskeyForm(passkeys.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["name"], _("Name of this passkey"))


class SignInPasskeyForm(passkeys.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Sign in with a passkey alone."""

    def clean_credential(self) -> Any:
        """Check it; what fails is written down without a person, because the browser could claim anyone."""
        try:
            return super().clean_credential()
        except ValidationError as error:
            trail.write("failed", person=None, at=timezone.now(), method="passkey")
            sentence = _("This passkey opens nothing here. Choose another way, or ask who let you in for a new link.")
            raise ValidationError(sentence, code="incorrect_code") from error
